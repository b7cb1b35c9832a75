"""A room on this server: its connections, its record writer, and carrying out what it wants done."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime
from functools import partial
from typing import Any, Protocol

import msgspec

from parley.ground.clock import Clock
from parley.ground.faults import Conflict, Forbidden, Invalid
from parley.live.client_connection import ClientConnection
from parley.live.commands import Command, Hello, Leave
from parley.live.door import admits, change_house, knock
from parley.live.effects import (
    Broadcast,
    Close,
    ComeIn,
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
from parley.live.house_rules import HouseRules
from parley.live.reasons import Error, Reason, Refused
from parley.live.record_writer import RecordWriter
from parley.live.room import Room
from parley.live.seat import ATTENDEE, Seat
from parley.sessions import Departure, Message


class IceServers(Protocol):
    """Returns STUN and TURN servers, with credentials for one who comes in now."""

    def __call__(self, *, who: str, now: datetime) -> tuple[IceServer, ...]: ...


class _Waiter(msgspec.Struct, frozen=True):
    """Somebody before the door, with what they will come in with."""

    seat: Seat
    hello: Hello
    connection: ClientConnection


class RoomRunner:
    """Joins the pure room to the world: effects become frames and records, outcomes go back into the room."""

    def __init__(self, room: Room, writer: RecordWriter, *, clock: Clock, ice_servers: IceServers) -> None:
        self.room = room
        self.writer = writer
        self.empty_since: datetime | None = None
        self._clock = clock
        self._ice_servers = ice_servers
        self._connections: dict[int, ClientConnection] = {}
        self._waiting: dict[int, _Waiter] = {}
        self._coming: set[asyncio.Task[None]] = set()

    async def enter(self, seat: Seat, hello: Hello, connection: ClientConnection) -> None:
        """Give somebody their place, or let them wait for it. Raises Refused."""
        if admits(self.room, seat):
            await self._enter(seat, hello, connection)
            return
        effects = knock(self.room, seat, at=self._clock())
        older = self._waiting.pop(seat.participant, None)
        if older is not None:
            older.connection.refuse(Error(reason=Reason.SEAT_TAKEN))
        self._waiting[seat.participant] = _Waiter(seat=seat, hello=hello, connection=connection)
        self.perform(effects)

    async def _enter(self, seat: Seat, hello: Hello, connection: ClientConnection) -> None:
        """Write the arrival down, then give the place. Raises Refused."""
        ticket = self.room.reserve(seat)
        try:
            await self.writer.write(RecordArrival(seat=seat.id, participant=seat.participant, role=seat.role))
        except Exception as fault:
            self.room.release(ticket)
            raise Refused(_reason(fault)) from fault
        try:
            now = self._clock()
            servers = self._ice_servers(who=str(seat.participant), now=now)
            effects = self.room.enter(ticket, hello, ice_servers=servers, at=now)
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
        elif self._waits(who, connection):
            self.room.waiting.heard(who, at=self._clock())
            if isinstance(command, Leave):
                self.perform([*self.room.waiting.lost(who), Close(who, Reason.LEFT)])

    def lost(self, who: int, connection: ClientConnection, *, certain: bool) -> None:
        """The connection is gone; `certain` when that was seen as it happened."""
        if self._waits(who, connection):
            del self._waiting[who]
            self.perform(self.room.waiting.lost(who))
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

    def let_in(self, participant: int) -> None:
        """A host let somebody in who waits."""
        self.perform(self.room.waiting.let_in(lambda seat: seat.participant == participant))

    def turn_away(self, participant: int) -> None:
        """A host sent somebody away who waits."""
        refusal = Error(reason=Reason.REFUSED)
        self.perform(self.room.waiting.turn_away(lambda seat: seat.participant == participant, refusal))

    def change_house(self, house: HouseRules, *, by: int) -> None:
        """Hosts changed the rules of the room."""
        self.perform(change_house(self.room, house, by=str(by)))

    def change_role(self, participant: int, *, role: str) -> None:
        """Somebody outside gave a participant another role."""
        self.perform(self.room.change_role(participant, role))

    def ended(self, *, by: int | None) -> None:
        """A user, or somebody outside, ended the session."""
        self.perform(self.room.end(by=self._participant_of(by)))

    async def stop(self, *, at_most: float) -> None:
        """Write down that everybody is gone, and close their connections; first let those come in who are coming."""
        if self._coming:
            await asyncio.wait(self._coming, timeout=at_most)
        self.perform(self.room.stop(at=self._clock()))
        for connection in (*self._connections.values(), *(waiter.connection for waiter in self._waiting.values())):
            connection.close(Reason.RESTART)
        await self.writer.stop(at_most=at_most)

    def perform(self, effects: list[Effect]) -> None:
        """Carry out what the room wants done."""
        for effect in effects:
            match effect:
                case Send(to=to, payload=payload):
                    self._tell(to, payload)
                case Broadcast(payload=payload, but=but):
                    for who, connection in self._connections.items():
                        if who != but:
                            connection.push(payload)
                case Close(who=who, reason=reason):
                    self._close(who, reason)
                case ComeIn(who=who):
                    self._begin(self._come_in(self._waiting.pop(who)))
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

    async def _come_in(self, waiter: _Waiter) -> None:
        """Give somebody their place who waited for it; who cannot have it is told why."""
        who, connection = waiter.seat.participant, waiter.connection
        try:
            await self._enter(waiter.seat, waiter.hello, connection)
        except Refused as refusal:
            connection.refuse(refusal.error)
        else:
            if connection.closing:
                self.lost(who, connection, certain=False)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._coming.add(task)
        task.add_done_callback(self._coming.discard)

    def _waits(self, who: int, connection: ClientConnection) -> bool:
        return who in self._waiting and self._waiting[who].connection is connection

    def _tell(self, who: int, payload: bytes) -> None:
        """Tell somebody who is here, or waits."""
        if who in self._connections:
            self._connections[who].push(payload)
        elif who in self._waiting:
            self._waiting[who].connection.push(payload)

    def _close(self, who: int, reason: Reason) -> None:
        if who in self._connections:
            self._connections.pop(who).close(reason)
        elif who in self._waiting:
            self._waiting.pop(who).connection.close(reason)

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
    if isinstance(fault, Forbidden):
        return Reason.NOT_ALLOWED
    return Reason.ENDED if isinstance(fault, Conflict) else Reason.UNAVAILABLE
