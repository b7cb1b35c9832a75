"""Silence in a room: hosts mute one or all, and say whether attendees may unmute themselves."""

import pytest

from parley.live.door import change_house
from parley.live.house_rules import HouseRules
from tests.live.stage import ADA, BEN, CLEO, Stage, to

SILENT = HouseRules(may_unmute=False)


@pytest.fixture
def stage() -> Stage:
    """Ada hosts a room, Cleo helps her, Ben attends; all of them speak."""
    stage = Stage()
    stage.enter(ADA, "host")
    stage.enter(BEN)
    stage.enter(CLEO, "cohost")
    return stage


def speaking(stage: Stage) -> set[int]:
    return {who for who, occupant in stage.room.occupants.items() if occupant.media.microphone}


def unmute(stage: Stage, who: int) -> list[str]:
    """Switch somebody's microphone on and return what they hear about it."""
    effects = stage.say(who, type="media", microphone=True, camera=True, screen=False)
    return [event.get("event", event["type"]) for event in to(who, effects)]


def test_mute_all_mutes_all_but_hosts_who_may_unmute_themselves(stage: Stage) -> None:
    effects = stage.say(CLEO, type="mute-all")
    assert [event["type"] for event in to(BEN, effects)] == ["muted", "media"]
    assert [event["type"] for event in to(ADA, effects)] == ["media"]
    assert speaking(stage) == {ADA, CLEO}
    assert unmute(stage, BEN) == ["media"]
    assert speaking(stage) == {ADA, BEN, CLEO}


def test_where_attendees_may_not_unmute_themselves_they_are_silent_until_they_are_asked(stage: Stage) -> None:
    change_house(stage.room, SILENT, by=str(ADA))
    assert speaking(stage) == {ADA, CLEO}
    assert unmute(stage, BEN) == ["unmute"]
    assert to(BEN, stage.say(ADA, type="ask-unmute", who=str(BEN))) == [{"type": "ask-unmute", "by": str(ADA)}]
    assert unmute(stage, BEN) == ["media"]
    assert stage.say(ADA, type="ask-unmute", who=str(BEN)) == []
    stage.say(ADA, type="mute", who=str(BEN))
    assert unmute(stage, BEN) == ["unmute"]
    assert speaking(stage) == {ADA, CLEO}
    change_house(stage.room, HouseRules(), by=str(ADA))
    assert unmute(stage, BEN) == ["media"]


def test_the_rest_of_what_is_published_with_a_forbidden_microphone_counts(stage: Stage) -> None:
    change_house(stage.room, SILENT, by=str(ADA))
    told = to(ADA, stage.say(BEN, type="media", microphone=True, camera=False, screen=True))
    assert [(event["microphone"], event["camera"], event["screen"]) for event in told] == [(False, False, True)]


def test_who_comes_to_a_silent_room_is_silent_and_who_spoke_comes_back_speaking(stage: Stage) -> None:
    change_house(stage.room, SILENT, by=str(ADA))
    stage.enter(44)
    assert not stage.room.occupants[44].media.microphone
    stage.say(ADA, type="ask-unmute", who="44")
    unmute(stage, 44)
    stage.room.lost(44, at=stage.now)
    stage.enter(44)
    assert stage.room.occupants[44].media.microphone
