"""A room on this server: its lines, its scribe, and carrying out what it wants done."""

import asyncio
from datetime import datetime
from functools import partial

from parley.ground.clock import Clock
from parley.ground.faults import Conflict, Invalid
from parley.live.commands import Command, Hello
from parley.live.effects import (
    Broadcast,
    Close,
    Effect,
    KeepArrival,
    KeepDeparture,
    KeepEnd,
    KeepMessage,
    KeepRemoval,
    Record,
    Send,
)
from parley.live.events import IceServer, Spoken
from parley.live.hear import hear, refused
from parley.live.line import Line
from parley.live.reasons import Error, Reason, Refused
from parley.live.room import Room
from parley.live.scribe import Scribe
from parley.live.seat import Seat
from parley.sessions import Departure, Message


class House:
    """Joins the pure room to the world: effects become frames and records, outcomes go back into the room."""

    def __init__(self, room: Room, scribe: Scribe, *, clock: Clock) -> None:
        self.room = room
        self.scribe = scribe
        self.empty_since: datetime | None = None
        self._clock = clock
        self._lines: dict[int, Line] = {}

    async def enter(self, seat: Seat, hello: Hello, line: Line, *, ice_servers: tuple[IceServer, ...]) -> None:
        """Write the arrival down, then give the place. Raises Refused."""
        ticket = self.room.expect(seat)
        try:
            await self.scribe.keep(KeepArrival(seat=seat.id, participant=seat.participant, role=seat.role))
        except Exception as fault:
            self.room.miss(ticket)
            raise Refused(_reason(fault)) from fault
        try:
            effects = self.room.enter(ticket, hello, ice_servers=ice_servers, at=self._clock())
        except Refused:
            self.perform([KeepDeparture(participant=seat.participant, at=self._clock(), how=Departure.LOST)])
            raise
        older = self._lines.pop(seat.participant, None)
        if older is not None:
            older.refuse(Error(reason=Reason.SEAT_TAKEN))
        self._lines[seat.participant] = line
        self.perform(effects)

    def hear(self, who: int, line: Line, command: Command) -> None:
        """Take what somebody says on their line; a line that lost its place is not heard."""
        if self._lines.get(who) is line:
            self.perform(hear(self.room, who, command, at=self._clock()))

    def lost(self, who: int, line: Line, *, certain: bool) -> None:
        """The line is gone; `certain` when that was seen as it happened."""
        if self._lines.get(who) is not line:
            return
        del self._lines[who]
        now = self._clock()
        self.perform(self.room.lost(who, at=now if certain else self.room.heard.get(who, now)))

    def tick(self, *, at: datetime) -> None:
        """Let time pass in the room."""
        self.perform(self.room.tick(at=at))
        if self.room.idle:
            self.empty_since = self.empty_since or at
        else:
            self.empty_since = None

    def suspended(self, user: int) -> None:
        """A user may not use Parley any more."""
        self.perform(self.room.suspended(user, at=self._clock()))

    def removed(self, participant: int, *, by: int | None) -> None:
        """A user, or somebody outside, took a participant's seats away."""
        self.perform(self.room.removed(participant, by=self._participant_of(by)))

    def recast(self, participant: int, *, role: str) -> None:
        """Somebody outside gave a participant another role."""
        self.perform(self.room.recast(participant, role))

    def ended(self, *, by: int | None) -> None:
        """A user, or somebody outside, ended the session."""
        self.perform(self.room.end(by=self._participant_of(by)))

    async def stop(self, *, at_most: float) -> None:
        """Write down that everybody is gone, and close their lines."""
        self.perform(self.room.stop(at=self._clock()))
        for line in self._lines.values():
            line.close(Reason.RESTART)
        await self.scribe.stop(at_most=at_most)

    def perform(self, effects: list[Effect]) -> None:
        """Carry out what the room wants done."""
        for effect in effects:
            match effect:
                case Send(to=to, payload=payload):
                    if to in self._lines:
                        self._lines[to].push(payload)
                case Broadcast(payload=payload, but=but):
                    for who, line in self._lines.items():
                        if who != but:
                            line.push(payload)
                case Close(who=who, reason=reason):
                    if who in self._lines:
                        self._lines.pop(who).close(reason)
                case record:
                    self.scribe.keep(record).add_done_callback(partial(self._settled, record))

    def _settled(self, record: Record, future: asyncio.Future[Message | None]) -> None:
        """Tell the room what became of a record."""
        if future.cancelled():
            return
        fault = future.exception()
        if fault is not None:
            self.perform(refused(self.room, record, reason=_reason(fault)))
            return
        match record, future.result():
            case KeepMessage(participant=who), Message() as message:
                self.perform(self.room.said(who, spoken(message)))
            case KeepRemoval(participant=who, by=by), _:
                self.perform(self.room.removed(who, by=str(by)))
            case KeepEnd(by=by), _:
                self.perform(self.room.end(by=str(by)))

    def _participant_of(self, user: int | None) -> str | None:
        """Return who a user is in this room, if they are there."""
        if user is None:
            return None
        return next((person.text for person in self.room.people.values() if person.seat.user == user), None)


def spoken(message: Message) -> Spoken:
    """Return a message of the record as the protocol shows it."""
    return Spoken(
        id=str(message.id),
        who=str(message.participant),
        name=message.name,
        text=message.text,
        sent_at=message.sent_at,
        key=message.key,
    )


def _reason(fault: BaseException) -> Reason:
    if isinstance(fault, Refused):
        return fault.error.reason
    if isinstance(fault, Invalid):
        return Reason.BAD_TEXT  # nothing but text can be wrong, and saying it again does not mend it
    return Reason.ENDED if isinstance(fault, Conflict) else Reason.UNAVAILABLE
