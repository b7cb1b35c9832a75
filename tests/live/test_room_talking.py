"""What people do in a room: media, hands, signals, messages, and what only hosts may do."""

from datetime import timedelta

import pytest

from parley.live.effects import RecordDeparture, RecordEnd, RecordMessage, RecordRemoval
from parley.live.handle import HANDLERS, refused
from parley.live.reasons import Reason
from parley.sessions import Departure
from tests.live.stage import ADA, BEN, CLEO, NINE, Stage, chat_message, to, wanted


@pytest.fixture
def stage() -> Stage:
    """Ada hosts, Ben and Cleo are with her."""
    stage = Stage()
    stage.enter(ADA, "host", person=1)
    stage.enter(BEN, person=2)
    stage.enter(CLEO, "cohost", person=3)
    return stage


def test_everybody_hears_what_somebody_publishes(stage: Stage) -> None:
    effects = stage.say(BEN, type="media", microphone=False, camera=True, screen=True)
    for who in (ADA, BEN, CLEO):
        [media] = to(who, effects)
        assert media == {"type": "media", "id": "3.4", "who": "22", "microphone": False, "camera": True, "screen": True}


def test_publishing_the_same_again_is_no_news(stage: Stage) -> None:
    assert stage.say(BEN, type="media", microphone=True, camera=True, screen=False) == []


def test_a_listener_may_not_publish() -> None:
    stage = Stage()
    stage.enter(BEN, publishes=False)
    [error] = to(BEN, stage.say(BEN, type="media", microphone=True, camera=False, screen=False))
    assert error == {"type": "error", "reason": "not-allowed", "event": "media"}
    assert stage.say(BEN, type="media", microphone=False, camera=False, screen=False) == []


def test_a_hand_is_raised_and_lowered_once(stage: Stage) -> None:
    [raised] = to(ADA, stage.say(BEN, type="hand", raised=True))
    assert (raised["who"], raised["raised_at"]) == ("22", "2026-03-02T09:00:00Z")
    assert stage.say(BEN, type="hand", raised=True) == []
    [lowered] = to(ADA, stage.say(BEN, type="hand", raised=False))
    assert lowered["raised_at"] is None
    assert stage.say(BEN, type="hand", raised=False) == []


def test_a_signal_reaches_one_person_unread(stage: Stage) -> None:
    data = {"description": {"type": "offer", "sdp": "v=0\r\n"}}
    effects = stage.say(BEN, type="signal", to=str(ADA), data=data)
    assert to(ADA, effects) == [{"type": "signal", "from": "22", "instance": "page-1", "data": data}]
    assert to(BEN, effects) == to(CLEO, effects) == []


@pytest.mark.parametrize("lost", [True, False])
def test_a_signal_to_somebody_who_is_not_there_is_answered(stage: Stage, *, lost: bool) -> None:
    if lost:
        stage.room.lost(ADA, at=stage.now)
    to_whom = str(ADA) if lost else "999"
    [error] = to(BEN, stage.say(BEN, type="signal", to=to_whom, data={}))
    assert error == {"type": "error", "reason": "gone", "event": "signal", "to": to_whom}


def test_a_signal_for_an_older_page_does_not_reach_the_new_one(stage: Stage) -> None:
    stage.enter(ADA, "host", instance="page-2", person=1)
    [error] = to(BEN, stage.say(BEN, type="signal", to=str(ADA), data={}, instance="page-1"))
    assert error["reason"] == "gone"
    assert to(ADA, stage.say(BEN, type="signal", to=str(ADA), data={}, instance="page-2"))


def test_nothing_is_said_before_it_is_on_the_record(stage: Stage) -> None:
    effects = stage.say(BEN, type="say", text="Hello!", key="k5")
    assert effects == [RecordMessage(participant=BEN, text="Hello!", key="k5")]
    effects = stage.room.said(BEN, chat_message(5, who=BEN))
    for who in (ADA, BEN):
        [said] = to(who, effects)
        assert (said["id"], said["message"]["text"], said["message"]["key"]) == ("3.4", "Hello!", "k5")


def test_only_its_author_hears_of_a_repetition(stage: Stage) -> None:
    stage.room.said(BEN, chat_message(5, who=BEN))
    effects = stage.room.said(BEN, chat_message(5, who=BEN))
    assert to(ADA, effects) == []
    [said] = to(BEN, effects)
    assert "id" not in said
    assert said["message"]["id"] == "5"


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "bad-text"), (" \n ", "bad-text"), ("a\0b", "bad-text"), ("\x1b[2J", "bad-text"), ("\x85", "bad-text")],
)
def test_a_text_that_cannot_be_said_is_refused(stage: Stage, text: str, reason: str) -> None:
    [error] = to(BEN, stage.say(BEN, type="say", text=text, key="k"))
    assert error == {"type": "error", "reason": reason, "event": "say", "key": "k"}


def test_a_text_has_at_most_4000_characters(stage: Stage) -> None:
    assert len(stage.say(BEN, type="say", text="ä" * 4000, key="k")) == 1
    [error] = to(BEN, stage.say(BEN, type="say", text="x" * 4001, key="k"))
    assert error == {"type": "error", "reason": "too-long", "event": "say", "key": "k", "limit": 4000}


def test_lines_and_tabs_may_be_said(stage: Stage) -> None:
    assert len(stage.say(BEN, type="say", text="one\n\ttwo 🎉 \u202fdrei", key="k")) == 1


@pytest.mark.parametrize("who", [ADA, CLEO])
def test_a_host_mutes_somebody_and_everybody_knows_that_they_are_silent(stage: Stage, who: int) -> None:
    muted, *told = to(BEN, effects := stage.say(who, type="mute", who=str(BEN)))
    assert muted == {"type": "muted", "by": str(who)}
    assert told == to(ADA, effects)
    assert [(event["type"], event["who"], event["microphone"]) for event in told] == [("media", str(BEN), False)]
    assert to(BEN, stage.say(who, type="mute", who=str(BEN))) == [muted]


@pytest.mark.parametrize("event", [{"type": "mute", "who": "11"}, {"type": "remove", "who": "33"}, {"type": "end"}])
def test_an_attendee_may_not_do_what_hosts_do(stage: Stage, event: dict[str, str]) -> None:
    [error] = to(BEN, effects := stage.say(BEN, **event))
    assert error == {"type": "error", "reason": "not-allowed", "event": event["type"]}
    assert wanted(effects) == []


@pytest.mark.parametrize("event", [{"type": "mute", "who": "99"}, {"type": "remove", "who": "99"}])
def test_what_is_done_to_somebody_who_is_not_there_is_answered(stage: Stage, event: dict[str, str]) -> None:
    [error] = to(ADA, stage.say(ADA, **event))
    assert error == {"type": "error", "reason": "gone", "event": event["type"], "who": "99"}


def test_a_removal_is_told_when_it_is_on_the_record(stage: Stage) -> None:
    assert stage.say(ADA, type="remove", who=str(BEN)) == [RecordRemoval(participant=BEN, by=ADA, person=1)]
    effects = stage.room.removed(BEN, by=str(ADA))
    assert to(BEN, effects) == [{"type": "removed", "by": "11"}]
    assert to(CLEO, effects) == [{"type": "left", "id": "3.4", "who": "22", "reason": "removed"}]
    assert [(close.who, close.reason) for close in wanted(effects)] == [(BEN, Reason.REMOVED)]  # type: ignore[union-attr]
    assert stage.room.removed(BEN, by=None) == []


@pytest.mark.parametrize(("who", "whom"), [(CLEO, ADA), (ADA, ADA), (CLEO, CLEO)])
def test_nobody_removes_a_host_or_themselves(stage: Stage, who: int, whom: int) -> None:
    [error] = to(who, stage.say(who, type="remove", who=str(whom)))
    assert error["reason"] == "not-allowed"


def test_the_end_is_told_when_it_is_on_the_record(stage: Stage) -> None:
    assert stage.say(CLEO, type="end") == [RecordEnd(by=CLEO, person=3)]
    effects = stage.room.end(by=str(CLEO))
    assert to(BEN, effects) == [{"type": "ended", "id": "3.4", "by": "33"}]
    assert {close.who for close in wanted(effects)} == {ADA, BEN, CLEO}  # type: ignore[union-attr]
    assert stage.room.end(by=None) == []


def test_the_end_finds_those_gone_whose_connection_is_lost(stage: Stage) -> None:
    stage.room.lost(BEN, at=NINE - timedelta(seconds=4))
    gone = RecordDeparture(participant=BEN, at=NINE - timedelta(seconds=4), how=Departure.LOST)
    assert stage.say(ADA, type="end") == [gone, RecordEnd(by=ADA, person=1)]


@pytest.mark.parametrize(
    ("record", "error"),
    [
        (RecordMessage(participant=BEN, text="Hi", key="k"), {"event": "say", "key": "k"}),
        (RecordRemoval(participant=CLEO, by=BEN, person=2), {"event": "remove"}),
        (RecordEnd(by=BEN, person=2), {"event": "end"}),
    ],
)
def test_what_cannot_be_recorded_is_said(stage: Stage, record: RecordMessage, error: dict[str, str]) -> None:
    effects = refused(stage.room, record, reason=Reason.UNAVAILABLE)
    assert to(BEN, effects) == [{"type": "error", "reason": "unavailable"} | error]


def test_who_is_away_or_unknown_is_not_heard(stage: Stage) -> None:
    stage.room.lost(BEN, at=stage.now)
    assert stage.say(BEN, type="hand", raised=True) == stage.say(99, type="leave") == []


def test_every_command_has_its_handler() -> None:
    assert {str(kind.__struct_config__.tag) for kind in HANDLERS} == {
        *("beat", "media", "hand", "signal", "say", "react", "spotlight", "leave"),
        *("mute", "mute-all", "ask-unmute", "remove", "admit", "refuse", "house", "role", "end"),
    }
