"""Whatever happens in a room, in whatever order: every client that listens sees the same, and the record adds up."""

from itertools import count

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from parley.live.commands import Media
from parley.live.door import change_house
from parley.live.effects import Broadcast, Close, Effect, RecordDeparture, RecordEnd, RecordMessage, RecordRemoval, Send
from parley.live.house_rules import HouseRules
from parley.live.reasons import Refused
from tests.live.mirror import Mirror
from tests.live.stage import NAMES, Stage, chat_message

PEOPLE = st.sampled_from(sorted(NAMES))
TEXTS = st.sampled_from(["Hello!", "", "\0", "x" * 4001])


class Rooms(RuleBasedStateMachine):
    """A room of three publishers at most, with four people who come, go, speak and get lost."""

    def __init__(self) -> None:
        super().__init__()
        self.stage = Stage(publishers=3)
        self.room = self.stage.room
        self.mirrors: dict[int, Mirror] = {}
        self.retired: dict[int, Mirror] = {}
        self.stays: set[int] = set()
        self.waiting: list[Effect] = []
        self.numbers = count(1)
        self.spoke: set[int] = set()

    def perform(self, effects: list[Effect]) -> None:
        for effect in effects:
            match effect:
                case Send(to=to, payload=payload):
                    self.deliver(to, payload)
                case Broadcast(payload=payload, but=but):
                    for who in list(self.mirrors):
                        if who != but:
                            self.deliver(who, payload)
                case Close(who=who):
                    self.hang_up(who)
                case RecordDeparture(participant=who):
                    assert who in self.stays
                    self.stays.remove(who)
                case record:
                    self.waiting.append(record)

    def deliver(self, who: int, payload: bytes) -> None:
        if who in self.mirrors:
            self.mirrors[who].hear(msgspec.json.decode(payload))

    def hang_up(self, who: int) -> None:
        if who in self.mirrors:
            self.retired[who] = self.mirrors.pop(who)

    @rule(who=PEOPLE, resumes=st.booleans(), page=st.sampled_from(["p1", "p2"]), camera=st.booleans())
    def enter(self, who: int, *, resumes: bool, page: str, camera: bool) -> None:
        known = self.retired.get(who)
        role = "host" if who == min(NAMES) else "attendee"
        media = Media(camera=camera)
        resumed = known if resumes and known else Mirror()
        if self.refuses(who):
            with pytest.raises(Refused):
                self.stage.enter(who, role, person=who)
            return
        effects = self.stage.enter(who, role, after=resumed.last, instance=page, media=media, person=who)
        self.stays.add(who)
        self.mirrors[who] = resumed
        self.perform(effects)

    def refuses(self, who: int) -> bool:
        return self.room.ended or (who not in self.room.occupants and len(self.room.occupants) == 3)

    @rule(who=PEOPLE)
    def lose(self, who: int) -> None:
        self.hang_up(who)
        self.perform(self.room.lost(who, at=self.stage.now))

    @rule(who=PEOPLE, camera=st.booleans(), screen=st.booleans())
    def publish(self, who: int, *, camera: bool, screen: bool) -> None:
        self.perform(self.stage.say(who, type="media", microphone=True, camera=camera, screen=screen))

    @rule(who=PEOPLE, raised=st.booleans())
    def raise_hand(self, who: int, *, raised: bool) -> None:
        self.perform(self.stage.say(who, type="hand", raised=raised))

    @rule(who=PEOPLE, text=TEXTS, to=st.none() | PEOPLE.map(str))
    def say(self, who: int, text: str, to: str | None) -> None:
        self.perform(self.stage.say(who, type="say", text=text, key="k", to=to))

    @rule(who=PEOPLE, whom=st.none() | PEOPLE.map(str))
    def spotlight(self, who: int, whom: str | None) -> None:
        self.perform(self.stage.say(who, type="spotlight", who=whom))

    @rule(who=PEOPLE)
    def react(self, who: int) -> None:
        self.perform(self.stage.say(who, type="react", reaction="like"))

    @rule(who=PEOPLE)
    def mute_all(self, who: int) -> None:
        self.perform(self.stage.say(who, type="mute-all"))

    @rule(may_unmute=st.booleans(), locked=st.booleans())
    def change_house(self, *, may_unmute: bool, locked: bool) -> None:
        self.perform(change_house(self.room, HouseRules(may_unmute=may_unmute, locked=locked), by="11"))

    @rule(who=PEOPLE, other=PEOPLE, kind=st.sampled_from(["mute", "remove", "ask-unmute"]))
    def do_to(self, who: int, other: int, kind: str) -> None:
        self.perform(self.stage.say(who, type=kind, who=str(other)))

    @rule(who=PEOPLE, other=PEOPLE)
    def signal(self, who: int, other: int) -> None:
        self.perform(self.stage.say(who, type="signal", to=str(other), data={"candidate": None}))

    @rule(who=PEOPLE)
    def leave(self, who: int) -> None:
        self.perform(self.stage.say(who, type="leave"))

    @rule(person=PEOPLE)
    def suspend(self, person: int) -> None:
        self.perform(self.room.suspended(person, at=self.stage.now))

    @rule(who=PEOPLE, role=st.sampled_from(["cohost", "attendee"]))
    def change_role(self, who: int, role: str) -> None:
        self.perform(self.room.change_role(who, role))

    @rule(seconds=st.sampled_from([1, 4, 8, 25]))
    def wait(self, seconds: float) -> None:
        self.perform(self.stage.later(seconds).tick())

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def write(self, data: st.DataObject) -> None:
        record = data.draw(st.sampled_from(self.waiting))
        self.waiting.remove(record)
        match record:
            case RecordMessage(participant=who, to=to):
                self.perform(self.room.said(who, chat_message(next(self.numbers), who=who, to=to)))
            case RecordRemoval(participant=who, by=by):
                self.stays.discard(who)
                self.perform(self.room.removed(who, by=str(by)))

    @rule()
    def end(self) -> None:
        effects = self.stage.say(min(NAMES), type="end")
        if any(isinstance(effect, RecordEnd) for effect in effects):
            self.stays.clear()
            self.perform(self.room.end(by=str(min(NAMES))))

    @invariant()
    def everybody_sees_the_same(self) -> None:
        shown = {person.text: msgspec.to_builtins(person.view()) for person in self.room.occupants.values()}
        for mirror in self.mirrors.values():
            assert mirror.people == shown
            assert mirror.last == self.room.replay.last
            assert mirror.spotlight == (str(self.room.spotlight) if self.room.spotlight else None)

    @invariant()
    def what_is_said_to_one_is_heard_by_those_two_alone(self) -> None:
        for who, mirror in self.mirrors.items():
            private = [message for message in mirror.said.values() if message["to"]]
            assert all(str(who) in (message["who"], message["to"]) for message in private)

    @invariant()
    def who_may_not_speak_is_silent(self) -> None:
        speaking = [one for one in self.room.occupants.values() if one.media.microphone]
        assert all(one.may_speak(self.room.house) or one.seat.leads or one.id in self.spoke for one in speaking)
        self.spoke = {one.id for one in speaking}

    @invariant()
    def those_who_are_heard_are_those_who_are_connected(self) -> None:
        assert set(self.room.last_seen) == {who for who, person in self.room.occupants.items() if not person.away}
        assert set(self.mirrors) == set(self.room.last_seen)

    @invariant()
    def no_more_publish_than_may(self) -> None:
        assert len(self.room.occupants) <= 3

    @invariant()
    def whoever_has_a_place_has_a_stay_and_nobody_else(self) -> None:
        assert set(self.room.occupants) == self.stays


Rooms.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
test_rooms = Rooms.TestCase
