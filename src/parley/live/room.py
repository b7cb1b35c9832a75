"""A room: who is in it and what becomes of them. Pure: it is told what happened and returns what is to be done."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import count

from msgspec.structs import replace

from parley.live.commands import Hello, Media
from parley.live.effects import Broadcast, Close, Effect, KeepAway, KeepDeparture, Send
from parley.live.events import (
    Away,
    Back,
    Ended,
    IceServer,
    Joined,
    Left,
    Numbered,
    Pulse,
    Removed,
    RoleChanged,
    RoomShown,
    Said,
    Spoken,
    Welcome,
    encode,
)
from parley.live.past import Past
from parley.live.person import Person
from parley.live.reasons import Error, Reason, Refused
from parley.live.rules import MESSAGES_SHOWN, Rules
from parley.live.seat import Seat
from parley.sessions import Departure


class Room:
    """The people of one session while it runs, on one server.

    `remembered` are people who were there when the server stopped: they are away, and their stay in the record is
    closed already.
    """

    def __init__(
        self,
        about: RoomShown,
        *,
        epoch: int,
        rules: Rules,
        messages: Iterable[Spoken] = (),
        remembered: Iterable[Person] = (),
    ) -> None:
        self.about = about
        self.rules = rules
        self.past = Past(epoch)
        self.people = {person.id: person for person in remembered}
        self.heard: dict[int, datetime] = {}
        """When each of those who are connected gave their last sign of life."""

        self.ended = False
        self._off_record = set(self.people)
        self._beaten: dict[int, datetime] = {}
        self._expected: dict[int, Seat] = {}
        self._tickets = count(1)
        self._messages = deque(messages, maxlen=MESSAGES_SHOWN)

    @property
    def idle(self) -> bool:
        """Whether nobody is here, and nobody is coming."""
        return not self.people and not self._expected

    # Coming

    def expect(self, seat: Seat) -> int:
        """Keep room for somebody while their arrival is written down, and return a ticket for `enter` or `miss`.

        Raises Refused when as many as may publish have a place already.
        """
        if self.ended:
            raise Refused(Reason.ENDED)
        places = {person.seat.participant for person in self.people.values() if person.seat.publishes}
        places.update(other.participant for other in self._expected.values() if other.publishes)
        if seat.publishes and seat.participant not in places and len(places) >= self.rules.publishers:
            raise Refused(Reason.FULL, limit=self.rules.publishers)
        ticket = next(self._tickets)
        self._expected[ticket] = seat
        return ticket

    def miss(self, ticket: int) -> None:
        """Give up the room that was kept: they do not come."""
        self._expected.pop(ticket, None)

    def enter(
        self, ticket: int, hello: Hello, *, ice_servers: tuple[IceServer, ...] = (), at: datetime
    ) -> list[Effect]:
        """Give somebody their place, now that their arrival is written down; or back, when they have one.

        Raises Refused when something happened meanwhile (they were suspended or removed): hello again tells what.
        """
        seat = self._expected.pop(ticket, None)
        if seat is None:
            raise Refused(Reason.UNAVAILABLE)
        who = seat.participant
        known = self.people.get(who)
        person = Person(
            seat=seat,
            joined_at=known.joined_at if known else at,
            hand=known.hand if known else None,
            instance=hello.instance,
            media=hello.media if seat.publishes else Media(),
        )
        self.people[who] = person
        self.heard[who] = self._beaten[who] = at
        self._off_record.discard(who)
        shown = person.shown()
        news = self.tell(Back(who=person.text, person=shown) if known else Joined(person=shown), but=who)
        missed = self.past.since(hello.after)
        welcome = Welcome(
            id=self.past.last,
            you=person.text,
            resumed=missed is not None,
            room=self.about,
            people=[each.shown() for each in self.people.values()],
            messages=list(self._messages) if missed is None else [],
            ice_servers=ice_servers,
            limits=self.rules.limits(),
        )
        return [Send(who, encode(welcome)), *(Send(who, payload) for payload in missed or ()), news]

    # Going

    def lost(self, who: int, *, at: datetime) -> list[Effect]:
        """Somebody's connection is lost, and they were there until `at`: their place is kept for a while."""
        person = self.people.get(who)
        if person is None or person.away:
            return []
        self.heard.pop(who, None)
        self.people[who] = replace(person, away_since=at)
        away = self.tell(Away(who=person.text))
        if any(seat.participant == who for seat in self._expected.values()):
            return [away]  # they are back in a moment, and that is being written down
        return [away, KeepAway(participant=who, since=at)]

    def leave(self, who: int, *, at: datetime) -> list[Effect]:
        """Somebody gives up their place."""
        return [*self._depart(who, at=at, how=Departure.LEFT), Close(who, Reason.LEFT), *self._go(who, Departure.LEFT)]

    def tick(self, *, at: datetime) -> list[Effect]:
        """Time has passed: beat, and see whose place is no longer kept and who fell silent."""
        effects: list[Effect] = []
        pulse = encode(Pulse(at=at))
        for who, person in list(self.people.items()):
            if person.away_since is not None:
                if at - person.away_since >= self.rules.seat:
                    effects += self._expire(who, since=person.away_since)
            elif at - self.heard[who] > self.rules.silence:
                effects += self._give_up(who)
            elif at - self._beaten[who] >= self.rules.beat:
                self._beaten[who] = at
                effects.append(Send(who, pulse))
        return effects

    def suspended(self, user: int, *, at: datetime) -> list[Effect]:
        """A user may not use Parley any more: out at once, from every seat."""
        self._bar(lambda seat: seat.user == user)
        effects: list[Effect] = []
        for who in [who for who, person in self.people.items() if person.seat.user == user]:
            effects += self._say_goodbye(who, Error(reason=Reason.SUSPENDED))
            effects += self._depart(who, at=self._last_sure(who, at=at), how=Departure.LOST)
            effects += self._go(who, Departure.REMOVED)
        return effects

    def removed(self, who: int, *, by: str | None) -> list[Effect]:
        """Somebody's seats are taken away, and that is on the record."""
        self._bar(lambda seat: seat.participant == who)
        person = self.people.get(who)
        if person is None:
            return []
        goodbye: list[Effect] = []
        if not person.away:
            goodbye = [Send(who, encode(Removed(by=by))), Close(who, Reason.REMOVED)]
        return [*goodbye, *self._go(who, Departure.REMOVED)]

    def end(self, *, by: str | None) -> list[Effect]:
        """The session is over, and that is on the record; nobody comes in any more."""
        if self.ended:
            return []
        self.ended = True
        self._expected.clear()
        everybody = [Close(who, Reason.ENDED) for who in self.heard]
        news = self.tell(Ended(by=by))
        self.people.clear()
        self.heard.clear()
        return [news, *everybody]

    def stop(self, *, at: datetime) -> list[Effect]:
        """The server stops: everybody was there until now, or until their connection was lost."""
        return [
            effect
            for who in list(self.people)
            for effect in self._depart(who, at=self._last_sure(who, at=at), how=Departure.LOST)
        ]

    # Changing

    def recast(self, who: int, role: str) -> list[Effect]:
        """Somebody's seats have another role, and that is on the record: what they may do, they may from now on."""
        self._expected = {
            ticket: replace(seat, role=role) if seat.participant == who else seat
            for ticket, seat in self._expected.items()
        }
        person = self.people.get(who)
        if person is None or person.seat.role == role:
            return []
        self.people[who] = replace(person, seat=replace(person.seat, role=role))
        return [self.tell(RoleChanged(who=person.text, role=role))]

    # Telling

    def tell(self, event: Numbered, *, but: int | None = None) -> Broadcast:
        """Number an event for everybody."""
        return Broadcast(self.past.add(event), but)

    def said(self, who: int, message: Spoken) -> list[Effect]:
        """A message is on the record; when it was there before, only its author hears so."""
        if any(message.id == known.id for known in self._messages):
            return [Send(who, encode(Said(message=message)))]
        self._messages.append(message)
        return [self.tell(Said(message=message))]

    # What the steps above are made of

    def _bar(self, barred: Callable[[Seat], bool]) -> None:
        self._expected = {ticket: seat for ticket, seat in self._expected.items() if not barred(seat)}

    def _last_sure(self, who: int, *, at: datetime) -> datetime:
        return self.people[who].away_since or at

    def _expire(self, who: int, *, since: datetime) -> Iterator[Effect]:
        yield from self._depart(who, at=since, how=Departure.LOST)
        yield from self._go(who, Departure.LOST)

    def _give_up(self, who: int) -> Iterator[Effect]:
        yield from self._say_goodbye(who, Error(reason=Reason.SILENT))
        yield from self.lost(who, at=self.heard[who])

    def _say_goodbye(self, who: int, error: Error) -> Iterator[Effect]:
        if not self.people[who].away:
            yield Send(who, encode(error))
            yield Close(who, error.reason)

    def _depart(self, who: int, *, at: datetime, how: Departure) -> Iterator[Effect]:
        if who not in self._off_record:
            yield KeepDeparture(participant=who, at=at, how=how)

    def _go(self, who: int, how: Departure) -> Iterator[Effect]:
        """Free a place; whoever it was need not be told."""
        person = self.people.pop(who)
        self.heard.pop(who, None)
        self._beaten.pop(who, None)
        self._off_record.discard(who)
        yield self.tell(Left(who=person.text, reason=how), but=who)
