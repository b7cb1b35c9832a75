"""The door of a room: who comes in by themselves, who waits, and what hosts do about it."""

from typing import Any

import pytest
from msgspec.structs import replace

from parley.live.door import admits, change_house, knock
from parley.live.effects import (
    Close,
    ComeIn,
    Effect,
    RecordAdmission,
    RecordHouse,
    RecordRefusal,
    RecordRole,
)
from parley.live.handle import refused
from parley.live.house_rules import HouseChange, HouseRules
from parley.live.reasons import Error, Reason, Refused
from parley.live.rules import MOST_WAITING
from parley.people import Lobby
from tests.live.stage import ADA, BEN, CLEO, DAN, NINE, Stage, seat, to, wanted

LOCKED = HouseRules(locked=True)
GUESTS = HouseRules(lobby=Lobby.GUESTS)
EVERYONE = HouseRules(lobby=Lobby.EVERYONE)


@pytest.fixture
def stage() -> Stage:
    """Ada hosts a room in which guests wait, and Ben is in it."""
    stage = Stage()
    stage.enter(ADA, "host")
    stage.enter(BEN)
    change_house(stage.room, GUESTS, by=str(ADA))
    return stage


def waits(stage: Stage, who: int) -> list[Effect]:
    return knock(stage.room, seat(who), at=stage.now)


@pytest.mark.parametrize(
    ("house", "comes_in"),
    [
        (HouseRules(), {"host", "cohost", "user", "guest"}),
        (GUESTS, {"host", "cohost", "user"}),
        (EVERYONE, {"host", "cohost"}),
        (LOCKED, {"host", "cohost"}),
    ],
)
def test_who_comes_in_by_themselves(house: HouseRules, comes_in: set[str]) -> None:
    room = Stage().room
    room.house = house
    seats = {"host": seat(DAN, "host"), "cohost": seat(DAN, "cohost"), "user": seat(DAN, person=4), "guest": seat(DAN)}
    assert {who for who, its in seats.items() if admits(room, its)} == comes_in
    assert all(admits(room, replace(its, admitted_at=NINE)) for its in seats.values())


def test_who_has_a_place_comes_back_to_a_locked_room(stage: Stage) -> None:
    change_house(stage.room, LOCKED, by=str(ADA))
    stage.room.lost(BEN, at=stage.now)
    assert admits(stage.room, seat(BEN))
    assert not admits(stage.room, seat(CLEO))


def test_who_waits_is_seen_by_hosts_only(stage: Stage) -> None:
    effects = waits(stage, CLEO)
    assert to(CLEO, effects) == [{"type": "waiting", "hosts": True, "locked": False}]
    [lobby] = to(ADA, effects)
    assert [(one["id"], one["name"], one["user"]) for one in lobby["people"]] == [(str(CLEO), "Cleo", False)]
    assert to(BEN, effects) == []
    assert not stage.room.idle


def test_a_host_who_comes_or_becomes_one_sees_who_waits(stage: Stage) -> None:
    waits(stage, CLEO)
    [welcome, *_] = to(DAN, stage.enter(DAN, "cohost"))
    assert [one["name"] for one in welcome["waiting"]] == ["Cleo"]
    assert welcome["house"] == {"lobby": "guests", "locked": False, "may_unmute": True}
    [welcome, *_] = to(44_44, stage.enter(44_44))
    assert welcome["waiting"] == []
    lobby = to(BEN, stage.room.change_role(BEN, "cohost"))[-1]
    assert (lobby["type"], [one["name"] for one in lobby["people"]]) == ("lobby", ["Cleo"])
    assert to(BEN, stage.room.change_role(BEN, "attendee"))[-1] == {"type": "lobby", "people": []}


def test_a_host_lets_one_in_or_all_who_fit(stage: Stage) -> None:
    for who in (CLEO, DAN, 55, 66, 77):
        waits(stage, who)
    assert stage.say(ADA, type="admit", who=str(DAN)) == [RecordAdmission(participant=DAN, by=ADA, person=None)]
    *records, error = stage.say(ADA, type="admit")
    assert [record.participant for record in records if isinstance(record, RecordAdmission)] == [CLEO, DAN, 55, 66]
    assert to(ADA, [error]) == [{"type": "error", "reason": "full", "event": "admit", "limit": 6}]
    effects = stage.room.waiting.let_in(lambda one: one.participant == DAN)
    assert wanted(effects) == [ComeIn(DAN)]
    assert str(DAN) not in [one["id"] for one in to(ADA, effects)[0]["people"]]


def test_a_host_sends_somebody_away(stage: Stage) -> None:
    waits(stage, CLEO)
    assert stage.say(ADA, type="refuse", who=str(CLEO)) == [RecordRefusal(participant=CLEO, by=ADA, person=None)]
    effects = stage.room.waiting.turn_away(lambda one: one.participant == CLEO, Error(reason=Reason.REFUSED))
    assert to(CLEO, effects) == [{"type": "error", "reason": "refused"}]
    assert wanted(effects) == [Close(CLEO, Reason.REFUSED)]
    assert to(ADA, effects) == [{"type": "lobby", "people": []}]


@pytest.mark.parametrize(
    "event",
    [
        {"type": "admit"},
        {"type": "admit", "who": str(CLEO)},
        {"type": "refuse", "who": str(CLEO)},
        {"type": "house", "locked": False},
        {"type": "mute-all"},
        {"type": "ask-unmute", "who": str(ADA)},
        {"type": "role", "who": str(ADA), "role": "attendee"},
    ],
)
def test_attendees_decide_nothing(stage: Stage, event: dict[str, Any]) -> None:
    waits(stage, CLEO)
    effects = stage.say(BEN, **event)
    assert to(BEN, effects) == [{"type": "error", "reason": "not-allowed", "event": event["type"]}]
    assert wanted(effects) == []


@pytest.mark.parametrize("event", ["admit", "refuse", "ask-unmute", "role"])
def test_what_is_done_about_nobody_is_answered(stage: Stage, event: str) -> None:
    more = {"role": "cohost"} if event == "role" else {}
    [error] = to(ADA, stage.say(ADA, type=event, who="99", **more))
    assert error == {"type": "error", "reason": "gone", "event": event, "who": "99"}


def test_who_may_come_in_now_does(stage: Stage) -> None:
    change_house(stage.room, replace(GUESTS, locked=True), by=str(ADA))
    knock(stage.room, seat(CLEO, person=3), at=stage.now)
    waits(stage, DAN)
    effects = change_house(stage.room, GUESTS, by=str(ADA))
    assert wanted(effects) == [ComeIn(CLEO)]
    [news] = to(BEN, effects)
    assert news["house"] == {"lobby": "guests", "locked": False, "may_unmute": True}
    assert change_house(stage.room, GUESTS, by=str(ADA)) == []
    assert wanted(change_house(stage.room, HouseRules(), by=None)) == [ComeIn(DAN)]


def test_only_what_is_different_about_the_house_is_recorded(stage: Stage) -> None:
    [record] = stage.say(ADA, type="house", locked=True)
    assert record == RecordHouse(change=HouseChange(locked=True), by=ADA, person=None)
    assert stage.say(ADA, type="house", lobby="guests", locked=False) == []
    [error] = to(ADA, refused(stage.room, record, reason=Reason.UNAVAILABLE))
    assert error == {"type": "error", "reason": "unavailable", "event": "house"}


def test_who_became_a_host_meanwhile_need_not_wait(stage: Stage) -> None:
    waits(stage, CLEO)
    assert wanted(stage.room.change_role(CLEO, "cohost")) == [ComeIn(CLEO)]


def test_those_who_wait_hear_whether_a_host_is_there_and_that_the_server_is(stage: Stage) -> None:
    waits(stage, CLEO)
    stage.tick()
    stage.room.lost(ADA, at=stage.now)
    assert to(CLEO, stage.later(1).tick())[0] == {"type": "waiting", "hosts": False, "locked": False}
    assert [event["type"] for event in to(CLEO, stage.later(5).tick())] == ["beat"]
    stage.room.waiting.heard(CLEO, at=stage.now)
    assert wanted(stage.later(8).tick())[-1:] != [Close(CLEO, Reason.SILENT)]
    assert Close(CLEO, Reason.SILENT) in stage.later(5).tick()
    assert not stage.room.waiting.knocks


def test_who_waits_is_told_when_there_is_nothing_to_wait_for(stage: Stage) -> None:
    waits(stage, CLEO)
    assert Close(CLEO, Reason.ENDED) in stage.room.end(by=None)
    with pytest.raises(Refused):
        waits(stage, DAN)


def test_a_suspended_user_and_a_removed_one_do_not_wait_on(stage: Stage) -> None:
    knock(stage.room, seat(CLEO, person=3), at=stage.now)
    waits(stage, DAN)
    assert wanted(stage.room.suspended(3, at=stage.now)) == [Close(CLEO, Reason.SUSPENDED)]
    assert wanted(stage.room.removed(DAN, by=None)) == [Close(DAN, Reason.REFUSED)]


def test_only_so_many_wait(stage: Stage) -> None:
    for who in range(1000, 1000 + MOST_WAITING):
        waits(stage, who)
    waits(stage, 1000)
    with pytest.raises(Refused):
        waits(stage, 999)


def test_a_host_shares_and_hands_over_their_role(stage: Stage) -> None:
    assert stage.say(ADA, type="role", who=str(BEN), role="cohost") == [
        RecordRole(participant=BEN, role="cohost", by=ADA, person=None)
    ]
    assert stage.say(ADA, type="role", who=str(BEN), role="attendee") == []
    assert stage.say(ADA, type="role", who=str(BEN), role="host") == [
        RecordRole(participant=BEN, role="host", by=ADA, person=None)
    ]
    stage.room.change_role(BEN, "cohost")
    for who, whom in ((ADA, ADA), (BEN, ADA), (BEN, BEN)):
        [error] = to(who, stage.say(who, type="role", who=str(whom), role="attendee"))
        assert error["reason"] == "not-allowed"


def test_where_no_host_is_a_co_host_takes_over_or_names_one(stage: Stage) -> None:
    stage.room.change_role(BEN, "cohost")
    [error] = to(BEN, stage.say(BEN, type="role", who=str(BEN), role="host"))
    assert error["reason"] == "not-allowed"
    stage.say(ADA, type="leave")
    assert stage.say(BEN, type="role", who=str(BEN), role="host") == [
        RecordRole(participant=BEN, role="host", by=BEN, person=None)
    ]
    stage.enter(CLEO)
    assert stage.say(BEN, type="role", who=str(CLEO), role="cohost") == [
        RecordRole(participant=CLEO, role="cohost", by=BEN, person=None)
    ]
    [error] = to(BEN, stage.say(BEN, type="role", who=str(BEN), role="attendee"))
    assert error["reason"] == "not-allowed"
