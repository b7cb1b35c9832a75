"""Going: leaving, losing the connection, falling silent, being suspended, and a server that stops."""

from datetime import timedelta

import pytest

from parley.live.effects import Close, RecordAway, RecordDeparture
from parley.live.reasons import Reason
from parley.sessions import Departure
from tests.live.stage import ADA, BEN, NINE, Stage, seat, to, wanted


@pytest.fixture
def stage() -> Stage:
    """Ada and Ben are there; Ben is user 2."""
    stage = Stage()
    stage.enter(ADA, "host", person=1)
    stage.enter(BEN, person=2)
    return stage


def after(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def test_who_leaves_is_gone_at_once(stage: Stage) -> None:
    effects = stage.later(30).say(BEN, type="leave")
    assert to(ADA, effects) == [{"type": "left", "id": "3.3", "who": "22", "reason": "left"}]
    assert wanted(effects) == [
        RecordDeparture(participant=BEN, at=NINE + after(30), how=Departure.LEFT),
        Close(BEN, Reason.LEFT),
    ]
    assert list(stage.room.occupants) == [ADA]


def test_who_loses_the_connection_is_away_and_keeps_the_place(stage: Stage) -> None:
    effects = stage.room.lost(BEN, at=NINE)
    assert to(ADA, effects) == [{"type": "away", "id": "3.3", "who": "22"}]
    assert wanted(effects) == [RecordAway(participant=BEN, since=NINE)]
    assert stage.room.lost(BEN, at=NINE) == []
    assert stage.room.occupants[BEN].away


def test_who_is_just_coming_back_when_the_old_connection_is_lost_is_not_away_on_the_record(stage: Stage) -> None:
    ticket = stage.room.reserve(seat(BEN))
    assert wanted(stage.room.lost(BEN, at=NINE)) == []
    stage.room.release(ticket)


def test_a_place_is_kept_for_twenty_seconds_and_the_stay_ends_when_the_connection_was_lost(stage: Stage) -> None:
    stage.room.lost(BEN, at=NINE)
    heartbeat(stage.later(10), ADA)
    assert wanted(stage.later(9.9).tick()) == []
    effects = stage.later(0.1).tick()
    assert to(ADA, effects)[-1]["reason"] == "lost"
    assert wanted(effects) == [RecordDeparture(participant=BEN, at=NINE, how=Departure.LOST)]


def heartbeat(stage: Stage, *people: int) -> None:
    for who in people:
        assert stage.say(who, type="beat") == []


def test_who_falls_silent_is_away_since_they_were_last_heard(stage: Stage) -> None:
    heartbeat(stage.later(5), ADA, BEN)
    heartbeat(stage.later(10), ADA)
    assert wanted(stage.later(2).tick()) == []
    effects = stage.later(0.1).tick()
    assert to(BEN, effects)[0] == {"type": "error", "reason": "silent"}
    assert wanted(effects) == [Close(BEN, Reason.SILENT), RecordAway(participant=BEN, since=NINE + after(5))]
    assert stage.room.occupants[BEN].away_since == NINE + after(5)


def test_whatever_somebody_says_shows_that_they_are_there(stage: Stage) -> None:
    stage.later(11).say(BEN, type="hand", raised=True)
    heartbeat(stage, ADA)
    assert wanted(stage.later(11).tick()) == []


def test_the_server_beats_every_five_seconds(stage: Stage) -> None:
    assert stage.later(4.9).tick() == []
    effects = stage.later(0.1).tick()
    assert to(BEN, effects) == [{"type": "beat", "at": "2026-03-02T09:00:05Z"}]
    assert stage.later(1).tick() == []


def test_a_suspended_user_is_out_at_once(stage: Stage) -> None:
    effects = stage.later(3).room.suspended(2, at=stage.now)
    assert to(BEN, effects) == [{"type": "error", "reason": "suspended"}]
    assert to(ADA, effects) == [{"type": "left", "id": "3.3", "who": "22", "reason": "removed"}]
    assert wanted(effects) == [
        Close(BEN, Reason.SUSPENDED),
        RecordDeparture(participant=BEN, at=NINE + after(3), how=Departure.LOST),
    ]


def test_a_suspended_user_who_was_away_was_gone_before(stage: Stage) -> None:
    stage.room.lost(BEN, at=NINE)
    effects = stage.later(3).room.suspended(2, at=stage.now)
    assert wanted(effects) == [RecordDeparture(participant=BEN, at=NINE, how=Departure.LOST)]


def test_suspending_somebody_elsewhere_is_nothing_here(stage: Stage) -> None:
    assert stage.room.suspended(99, at=NINE) == []


def test_when_the_server_stops_everybody_was_there_until_now(stage: Stage) -> None:
    stage.room.lost(BEN, at=NINE)
    assert stage.room.stop(at=NINE + after(4)) == [
        RecordDeparture(participant=ADA, at=NINE + after(4), how=Departure.LOST),
        RecordDeparture(participant=BEN, at=NINE, how=Departure.LOST),
    ]


def test_a_room_is_idle_when_nobody_is_there_and_nobody_comes(stage: Stage) -> None:
    assert not stage.room.idle
    for who in (ADA, BEN):
        stage.say(who, type="leave")
    assert stage.room.idle
