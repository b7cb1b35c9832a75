"""Coming into a room: the welcome, the news for others, the limit, and coming back."""

import pytest

from parley.live.commands import Media
from parley.live.effects import Broadcast
from parley.live.reasons import Reason, Refused
from tests.live.stage import ADA, BEN, CLEO, DAN, Stage, chat_message, seat, to, wanted


def test_a_newcomer_is_welcomed_with_everything_there_is() -> None:
    stage = Stage(messages=[chat_message(5)])
    stage.enter(ADA, "host", person=1)
    [welcome] = to(BEN, stage.enter(BEN))
    assert (welcome["you"], welcome["resumed"], welcome["id"]) == ("22", False, "3.2")
    assert [(person["name"], person["role"], person["user"]) for person in welcome["people"]] == [
        ("Ada", "host", True),
        ("Ben", "attendee", False),
    ]
    assert [message["text"] for message in welcome["messages"]] == ["Hello!"]
    assert welcome["room"] == {
        "session": "7",
        "title": "Weekly review",
        "started_at": "2026-03-02T09:00:00Z",
        "host": "Ada",
        "recording": None,
        "files": [],
    }
    assert welcome["limits"] == {
        "publishers": 6,
        "text": 4000,
        "signal": 65536,
        "beat_seconds": 5.0,
        "seat_seconds": 20.0,
    }


def test_others_hear_who_came_and_the_newcomer_does_not() -> None:
    stage = Stage()
    stage.enter(ADA)
    effects = stage.enter(BEN)
    [joined] = to(ADA, effects)
    assert (joined["type"], joined["id"], joined["person"]["id"]) == ("joined", "3.2", "22")
    assert joined["person"]["media"] == {"microphone": True, "camera": True, "screen": False}
    assert [event["type"] for event in to(BEN, effects)] == ["welcome"]


def test_the_seventh_publisher_is_told_how_many_fit() -> None:
    stage = Stage(publishers=2)
    stage.enter(ADA)
    stage.enter(BEN)
    with pytest.raises(Refused) as refusal:
        stage.enter(CLEO)
    assert (refusal.value.error.reason, refusal.value.error.limit) == (Reason.FULL, 2)


def test_a_full_room_still_takes_listeners_and_those_who_have_a_place() -> None:
    stage = Stage(publishers=2)
    stage.enter(ADA)
    stage.enter(BEN)
    stage.room.lost(BEN, at=stage.now)
    assert to(CLEO, stage.enter(CLEO, publishes=False))[0]["people"][2]["media"]["camera"] is False
    assert to(BEN, stage.enter(BEN))[0]["type"] == "welcome"


def test_room_is_kept_for_those_whose_arrival_is_being_written() -> None:
    stage = Stage(publishers=1)
    ticket = stage.room.reserve(seat(ADA))
    with pytest.raises(Refused):
        stage.room.reserve(seat(BEN))
    stage.room.release(ticket)
    stage.room.reserve(seat(BEN))


def test_a_place_is_free_again_when_somebody_leaves() -> None:
    stage = Stage(publishers=1)
    stage.enter(ADA)
    stage.say(ADA, type="leave")
    stage.enter(BEN)


def test_a_connection_that_comes_back_hears_what_it_missed() -> None:
    stage = Stage()
    stage.enter(ADA)
    stage.enter(BEN)
    stage.room.lost(BEN, at=stage.now)
    stage.say(ADA, type="hand", raised=True)
    effects = stage.enter(BEN, after="3.2")
    welcome, *missed = to(BEN, effects)
    assert (welcome["resumed"], welcome["messages"], welcome["id"]) == (True, [], "3.5")
    assert [(event["type"], event["id"]) for event in missed] == [("away", "3.3"), ("hand", "3.4"), ("back", "3.5")]
    assert [event["type"] for event in to(ADA, effects)] == ["back"]


@pytest.mark.parametrize("after", ["2.1", "3.99", "3", "", "x.y", "3.-1", "3.²", "3." + "9" * 40, None])
def test_who_names_an_event_that_is_not_kept_gets_a_full_welcome(after: str | None) -> None:
    stage = Stage(messages=[chat_message(5)])
    stage.enter(ADA)
    [welcome] = to(BEN, stage.enter(BEN, after=after))
    assert (welcome["resumed"], len(welcome["messages"])) == (False, 1)


def test_back_tells_from_which_page_somebody_speaks_now() -> None:
    stage = Stage()
    stage.enter(ADA)
    stage.enter(BEN, instance="page-1")
    [back] = to(ADA, stage.enter(BEN, instance="page-2", media=Media()))
    assert (back["type"], back["who"], back["person"]["instance"]) == ("back", "22", "page-2")
    assert back["person"]["media"] == {"microphone": False, "camera": False, "screen": False}


def test_a_reload_keeps_the_place_and_the_raised_hand() -> None:
    stage = Stage()
    stage.enter(BEN)
    stage.say(BEN, type="hand", raised=True)
    before = stage.room.occupants[BEN]
    stage.later(9).enter(BEN, instance="page-2")
    after = stage.room.occupants[BEN]
    assert (after.hand, after.joined_at, after.away) == (before.hand, before.joined_at, False)


def test_who_was_suspended_while_coming_does_not_get_in() -> None:
    stage = Stage()
    stage.enter(ADA)
    ticket = stage.room.reserve(seat(BEN, person=2))
    assert stage.room.suspended(2, at=stage.now) == []
    with pytest.raises(Refused):
        stage.room.enter(ticket, None, at=stage.now)  # type: ignore[arg-type]
    assert list(stage.room.occupants) == [ADA]


def test_nobody_comes_into_a_room_that_is_over() -> None:
    stage = Stage()
    stage.enter(ADA)
    stage.room.end(by=None)
    with pytest.raises(Refused) as refusal:
        stage.enter(BEN)
    assert refusal.value.error.reason is Reason.ENDED


def test_who_was_there_before_the_restart_is_awaited() -> None:
    before = Stage()
    before.enter(ADA)
    before.enter(BEN)
    before.room.lost(BEN, at=before.now)
    stage = Stage(epoch=4, remembered=[before.room.occupants[BEN]])
    [welcome] = to(ADA, stage.enter(ADA, after="3.2"))
    assert welcome["resumed"] is False
    assert {person["name"]: person["away"] for person in welcome["people"]} == {"Ben": True, "Ada": False}
    assert [event["type"] for event in to(ADA, stage.enter(BEN))] == ["back"]


def test_who_is_awaited_in_vain_leaves_no_second_departure_in_the_record() -> None:
    before = Stage()
    before.enter(BEN)
    before.room.lost(BEN, at=before.now)
    stage = Stage(epoch=4, remembered=[before.room.occupants[BEN]])
    stage.enter(DAN)
    effects = stage.later(11).tick()
    stage.room.last_seen[DAN] = stage.now
    effects = stage.later(10).tick()
    assert [event["reason"] for event in to(DAN, effects) if event["type"] == "left"] == ["lost"]
    assert wanted(effects) == []


def test_events_are_numbered_one_by_one() -> None:
    stage = Stage()
    told = [effect for who in (ADA, BEN, CLEO) for effect in stage.enter(who) if isinstance(effect, Broadcast)]
    assert [to(0, [effect])[0]["id"] for effect in told] == ["3.1", "3.2", "3.3"]
