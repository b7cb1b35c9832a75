"""A room on this server: its connections, its record writer, and carrying out what it wants done."""

import asyncio
from datetime import datetime
from functools import partial

from parley.ground.clock import Clock
from parley.ground.faults import Conflict, Invalid
from parley.live.client_connection import ClientConnection
from parley.live.commands import Command, Hello
from parley.live.effects import (
    Broadcast,
    Close,
    Effect,
    Record,
    RecordArrival,
    RecordDeparture,
    RecordEnd,
    RecordMessage,
    RecordRemoval,
    Send,
)
from parley.live.events import ChatMessage, IceServer
from parley.live.handle import handle, refused
from parley.live.reasons import Error, Reason, Refused
from parley.live.record_writer import RecordWriter
from parley.live.room import Room
from parley.live.seat import ATTENDEE, Seat
from parley.sessions import Departure, Message


class RoomRunner:
    """Joins the pure room to the world: effects become frames and records, outcomes go back into the room."""

    def __init__(self, room: Room, writer: RecordWriter, *, clock: Clock) -> None:
        self.room = room
        self.writer = writer
        self.empty_since: datetime | None = None
        self._clock = clock
        self._connections: dict[int, ClientConnection] = {}

    async def enter(
        self, seat: Seat, hello: Hello, connection: ClientConnection, *, ice_servers: tuple[IceServer, ...]
    ) -> None:
        """Write the arrival down, then give the place. Raises Refused."""
        ticket = self.room.reserve(seat)
        try:
            await self.writer.write(RecordArrival(seat=seat.id, participant=seat.participant, role=seat.role))
        except Exception as fault:
            self.room.release(ticket)
            raise Refused(_reason(fault)) from fault
        try:
            effects = self.room.enter(ticket, hello, ice_servers=ice_servers, at=self._clock())
        except Refused:
            self.perform([RecordDeparture(participant=seat.participant, at=self._clock(), how=Departure.LOST)])
            raise
        older = self._connections.pop(seat.participant, None)
        if older is not None:
            older.refuse(Error(reason=Reason.SEAT_TAKEN))
        self._connections[seat.participant] = connection
        self.perform(effects)

    def handle(self, who: int, connection: ClientConnection, command: Command) -> None:
        """Take what somebody says over their connection; one that lost its place is not listened to."""
        if self._connections.get(who) is connection:
            self.perform(handle(self.room, who, command, at=self._clock()))

    def lost(self, who: int, connection: ClientConnection, *, certain: bool) -> None:
        """The connection is gone; `certain` when that was seen as it happened."""
        if self._connections.get(who) is not connection:
            return
        del self._connections[who]
        now = self._clock()
        self.perform(self.room.lost(who, at=now if certain else self.room.last_seen.get(who, now)))

    def tick(self, *, at: datetime) -> None:
        """Let time pass in the room."""
        self.perform(self.room.tick(at=at))
        if self.room.idle:
            self.empty_since = self.empty_since or at
        else:
            self.empty_since = None

    def suspended(self, person: int) -> None:
        """A user may not use Parley any more."""
        self.perform(self.room.suspended(person, at=self._clock()))

    def demoted(self, person: int) -> None:
        """A user may hold no meetings any more: here they are an attendee like others."""
        leading = [who for who, occupant in self.room.occupants.items() if occupant.seat.person == person]
        for participant in leading:
            self.change_role(participant, role=ATTENDEE)

    def removed(self, participant: int, *, by: int | None) -> None:
        """A user, or somebody outside, took a participant's seats away."""
        self.perform(self.room.removed(participant, by=self._participant_of(by)))

    def change_role(self, participant: int, *, role: str) -> None:
        """Somebody outside gave a participant another role."""
        self.perform(self.room.change_role(participant, role))

    def ended(self, *, by: int | None) -> None:
        """A user, or somebody outside, ended the session."""
        self.perform(self.room.end(by=self._participant_of(by)))

    async def stop(self, *, at_most: float) -> None:
        """Write down that everybody is gone, and close their connections."""
        self.perform(self.room.stop(at=self._clock()))
        for connection in self._connections.values():
            connection.close(Reason.RESTART)
        await self.writer.stop(at_most=at_most)

    def perform(self, effects: list[Effect]) -> None:
        """Carry out what the room wants done."""
        for effect in effects:
            match effect:
                case Send(to=to, payload=payload):
                    if to in self._connections:
                        self._connections[to].push(payload)
                case Broadcast(payload=payload, but=but):
                    for who, connection in self._connections.items():
                        if who != but:
                            connection.push(payload)
                case Close(who=who, reason=reason):
                    if who in self._connections:
                        self._connections.pop(who).close(reason)
                case record:
                    self.writer.write(record).add_done_callback(partial(self._settled, record))

    def _settled(self, record: Record, future: asyncio.Future[Message | None]) -> None:
        """Tell the room what became of a record."""
        if future.cancelled():
            return
        fault = future.exception()
        if fault is not None:
            self.perform(refused(self.room, record, reason=_reason(fault)))
            return
        match record, future.result():
            case RecordMessage(participant=who), Message() as message:
                self.perform(self.room.said(who, chat_message(message)))
            case RecordRemoval(participant=who, by=by), _:
                self.perform(self.room.removed(who, by=str(by)))
            case RecordEnd(by=by), _:
                self.perform(self.room.end(by=str(by)))

    def _participant_of(self, person: int | None) -> str | None:
        """Return who a user is in this room, if they are there."""
        if person is None:
            return None
        return next(
            (occupant.text for occupant in self.room.occupants.values() if occupant.seat.person == person), None
        )


def chat_message(message: Message) -> ChatMessage:
    """Return a message of the record as the protocol shows it."""
    return ChatMessage(
        id=str(message.id),
        who=str(message.participant),
        name=message.name,
        text=message.text,
        sent_at=message.sent_at,
        key=message.key,
        to=None if message.visible_to is None else str(message.visible_to),
    )


def _reason(fault: BaseException) -> Reason:
    if isinstance(fault, Refused):
        return fault.error.reason
    if isinstance(fault, Invalid):
        return Reason.BAD_TEXT  # nothing but text can be wrong, and saying it again does not mend it
    return Reason.ENDED if isinstance(fault, Conflict) else Reason.UNAVAILABLE
