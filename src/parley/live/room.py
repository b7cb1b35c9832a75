"""A room: who is in it and what becomes of them. Pure: it is told what happened and returns what is to be done."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import count

from msgspec.structs import replace

from parley.live.chat_log import ChatLog
from parley.live.commands import Hello
from parley.live.effects import Broadcast, Close, Effect, RecordAway, RecordDeparture, Send
from parley.live.events import (
    Away,
    Back,
    ChatMessage,
    Ended,
    HeartbeatSent,
    IceServer,
    Joined,
    Left,
    Numbered,
    Removed,
    RoleChanged,
    RoomView,
    Said,
    Welcome,
    encode,
)
from parley.live.house_rules import HouseRules
from parley.live.occupant import Occupant
from parley.live.reasons import Error, Reason, Refused
from parley.live.replay_buffer import ReplayBuffer
from parley.live.rules import Rules
from parley.live.seat import Seat
from parley.live.token_bucket import TokenBucket
from parley.live.waiting_room import WaitingRoom
from parley.sessions import Departure


class Room:
    """The people of one session while it runs, on one server.

    `remembered` are occupants who were there when the server stopped: they are away, and their stay in the record is
    closed already.
    """

    def __init__(
        self,
        about: RoomView,
        *,
        epoch: int,
        rules: Rules,
        messages: Iterable[ChatMessage] = (),
        remembered: Iterable[Occupant] = (),
        house: HouseRules | None = None,
    ) -> None:
        self.about = about
        self.rules = rules
        self.replay = ReplayBuffer(epoch)
        self.occupants = {occupant.id: occupant for occupant in remembered}
        self.last_seen: dict[int, datetime] = {}
        """When each of those who are connected gave their last sign of life."""

        self.spotlight: int | None = None
        """Whom everybody sees large."""

        self.reactions: dict[int, TokenBucket] = {}
        """How often each may still react."""

        self.house = house or HouseRules()
        self.waiting = WaitingRoom(lambda: [who for who in self.last_seen if self.occupants[who].seat.leads])
        self.ended = False
        self._off_record = set(self.occupants)
        self._heartbeat_sent_at: dict[int, datetime] = {}
        self._reserved: dict[int, Seat] = {}
        self._tickets = count(1)
        self._chat = ChatLog(messages)

    @property
    def idle(self) -> bool:
        """Whether nobody is here, nobody is coming, and nobody waits."""
        return not self.occupants and not self._reserved and not self.waiting.knocks

    @property
    def places(self) -> set[int]:
        """Who has a place, or is about to, among those who may publish."""
        here = {occupant.id for occupant in self.occupants.values() if occupant.seat.publishes}
        return here | {seat.participant for seat in self._reserved.values() if seat.publishes}

    # Coming

    def reserve(self, seat: Seat) -> int:
        """Keep room for somebody while their arrival is written down, and return a ticket for `enter` or `release`.

        Raises Refused when as many as may publish have a place already.
        """
        if self.ended:
            raise Refused(Reason.ENDED)
        places = self.places
        if seat.publishes and seat.participant not in places and len(places) >= self.rules.publishers:
            raise Refused(Reason.FULL, limit=self.rules.publishers)
        ticket = next(self._tickets)
        self._reserved[ticket] = seat
        return ticket

    def release(self, ticket: int) -> None:
        """Give up the room that was kept: they do not come."""
        self._reserved.pop(ticket, None)

    def enter(
        self, ticket: int, hello: Hello, *, ice_servers: tuple[IceServer, ...] = (), at: datetime
    ) -> list[Effect]:
        """Give somebody their place, now that their arrival is written down; or back, when they have one.

        Raises Refused when something happened meanwhile (they were suspended or removed): hello again tells what.
        """
        seat = self._reserved.pop(ticket, None)
        if seat is None:
            raise Refused(Reason.UNAVAILABLE)
        who = seat.participant
        known = self.occupants.get(who)
        occupant = self.occupants[who] = Occupant.coming(seat, hello, known=known, house=self.house, at=at)
        self.last_seen[who] = self._heartbeat_sent_at[who] = at
        self._off_record.discard(who)
        shown = occupant.view()
        news = self.broadcast(Back(who=occupant.text, person=shown) if known else Joined(person=shown), but=who)
        missed = self.replay.since(hello.after)
        welcome = Welcome(
            id=self.replay.last,
            you=occupant.text,
            resumed=missed is not None,
            room=self.about,
            people=[each.view() for each in self.occupants.values()],
            messages=self._chat.all_for(occupant.text) if missed is None else self._chat.private_for(occupant.text),
            ice_servers=ice_servers,
            limits=self.rules.limits(),
            spotlight=None if self.spotlight is None else str(self.spotlight),
            house=self.house,
            waiting=self.waiting.view() if seat.leads else [],
        )
        return [Send(who, encode(welcome)), *(Send(who, payload) for payload in missed or ()), news]

    # Going

    def lost(self, who: int, *, at: datetime) -> list[Effect]:
        """Somebody's connection is lost, and they were there until `at`: their place is kept for a while."""
        occupant = self.occupants.get(who)
        if occupant is None or occupant.away:
            return []
        self.last_seen.pop(who, None)
        self.occupants[who] = replace(occupant, away_since=at)
        away = self.broadcast(Away(who=occupant.text))
        if any(seat.participant == who for seat in self._reserved.values()):
            return [away]  # they are back in a moment, and that is being written down
        return [away, RecordAway(participant=who, since=at)]

    def leave(self, who: int, *, at: datetime) -> list[Effect]:
        """Somebody gives up their place."""
        return [*self._depart(who, at=at, how=Departure.LEFT), Close(who, Reason.LEFT), *self._go(who, Departure.LEFT)]

    def tick(self, *, at: datetime) -> list[Effect]:
        """Time has passed: beat, and see whose place is no longer kept and who fell silent."""
        effects = self.waiting.tick(rules=self.rules, locked=self.house.locked, at=at)
        heartbeat = encode(HeartbeatSent(at=at))
        for who, occupant in list(self.occupants.items()):
            if occupant.away_since is not None:
                if at - occupant.away_since >= self.rules.seat_timeout:
                    effects += self._expire(who, since=occupant.away_since)
            elif at - self.last_seen[who] > self.rules.silence_timeout:
                effects += self._give_up(who)
            elif at - self._heartbeat_sent_at[who] >= self.rules.heartbeat_interval:
                self._heartbeat_sent_at[who] = at
                effects.append(Send(who, heartbeat))
        return effects

    def suspended(self, person: int, *, at: datetime) -> list[Effect]:
        """A user may not use Parley any more: out at once, from every seat."""
        self._bar(lambda seat: seat.person == person)
        effects = self.waiting.turn_away(lambda seat: seat.person == person, Error(reason=Reason.SUSPENDED))
        for who in [who for who, occupant in self.occupants.items() if occupant.seat.person == person]:
            effects += self._say_goodbye(who, Error(reason=Reason.SUSPENDED))
            effects += self._depart(who, at=self._last_sure(who, at=at), how=Departure.LOST)
            effects += self._go(who, Departure.REMOVED)
        return effects

    def removed(self, who: int, *, by: str | None) -> list[Effect]:
        """Somebody's seats are taken away, and that is on the record."""
        self._bar(lambda seat: seat.participant == who)
        occupant = self.occupants.get(who)
        if occupant is None:
            return self.waiting.turn_away(lambda seat: seat.participant == who, Error(reason=Reason.REFUSED))
        goodbye: list[Effect] = []
        if not occupant.away:
            goodbye = [Send(who, encode(Removed(by=by))), Close(who, Reason.REMOVED)]
        return [*goodbye, *self._go(who, Departure.REMOVED)]

    def end(self, *, by: str | None) -> list[Effect]:
        """The session is over, and that is on the record; nobody comes in any more."""
        if self.ended:
            return []
        self.ended = True
        self._reserved.clear()
        everybody = [Close(who, Reason.ENDED) for who in self.last_seen]
        news = self.broadcast(Ended(by=by))
        self.occupants.clear()
        self.last_seen.clear()
        return [news, *everybody, *self.waiting.turn_away(lambda _seat: True, Error(reason=Reason.ENDED))]

    def stop(self, *, at: datetime) -> list[Effect]:
        """The server stops: everybody was there until now, or until their connection was lost."""
        return [
            effect
            for who in list(self.occupants)
            for effect in self._depart(who, at=self._last_sure(who, at=at), how=Departure.LOST)
        ]

    # Changing

    def change_role(self, who: int, role: str) -> list[Effect]:
        """Somebody's seats have another role, and that is on the record: what they may do, they may from now on."""
        self._reserved = {
            ticket: replace(seat, role=role) if seat.participant == who else seat
            for ticket, seat in self._reserved.items()
        }
        self.waiting.change_role(who, role)
        occupant = self.occupants.get(who)
        if occupant is None or occupant.seat.role == role:
            return self.waiting.let_in(lambda seat: seat.leads)
        self.occupants[who] = replace(occupant, seat=replace(occupant.seat, role=role))
        return [self.broadcast(RoleChanged(who=occupant.text, role=role)), *self.waiting.shown_to(who)]

    # Telling

    def broadcast(self, event: Numbered, *, but: int | None = None) -> Broadcast:
        """Number an event for everybody."""
        return Broadcast(self.replay.add(event), but)

    def said(self, who: int, message: ChatMessage) -> list[Effect]:
        """A message is on the record; when it was there before, only its author hears so.

        What was said to one alone is no event of the room: it has no number, and nobody else hears that there was one.
        """
        if not self._chat.add(message):
            return [Send(who, encode(Said(message=message)))]
        if message.to is None:
            return [self.broadcast(Said(message=message))]
        payload = encode(Said(message=message))
        return [Send(each, payload) for each in (int(message.to), who)]

    # What the steps above are made of

    def _bar(self, barred: Callable[[Seat], bool]) -> None:
        self._reserved = {ticket: seat for ticket, seat in self._reserved.items() if not barred(seat)}

    def _last_sure(self, who: int, *, at: datetime) -> datetime:
        return self.occupants[who].away_since or at

    def _expire(self, who: int, *, since: datetime) -> Iterator[Effect]:
        yield from self._depart(who, at=since, how=Departure.LOST)
        yield from self._go(who, Departure.LOST)

    def _give_up(self, who: int) -> Iterator[Effect]:
        yield from self._say_goodbye(who, Error(reason=Reason.SILENT))
        yield from self.lost(who, at=self.last_seen[who])

    def _say_goodbye(self, who: int, error: Error) -> Iterator[Effect]:
        if not self.occupants[who].away:
            yield Send(who, encode(error))
            yield Close(who, error.reason)

    def _depart(self, who: int, *, at: datetime, how: Departure) -> Iterator[Effect]:
        if who not in self._off_record:
            yield RecordDeparture(participant=who, at=at, how=how)

    def _go(self, who: int, how: Departure) -> Iterator[Effect]:
        """Free a place; whoever it was need not be told."""
        occupant = self.occupants.pop(who)
        self.last_seen.pop(who, None)
        self._heartbeat_sent_at.pop(who, None)
        self._off_record.discard(who)
        self.reactions.pop(who, None)
        if self.spotlight == who:
            self.spotlight = None
        yield self.broadcast(Left(who=occupant.text, reason=how), but=who)
