"""What everybody sees of each other for a while: reactions, the spotlight, and what is said to one alone."""

import msgspec
import pytest

from parley.live.commands import command
from parley.live.effects import Effect, RecordMessage
from parley.live.reasons import Error
from tests.live.stage import ADA, BEN, CLEO, DAN, Stage, chat_message, to


@pytest.fixture
def stage() -> Stage:
    """Ada hosts, Ben and Cleo are with her."""
    stage = Stage()
    stage.enter(ADA, "host", person=1)
    stage.enter(BEN, person=2)
    stage.enter(CLEO, person=3)
    return stage


def test_a_reaction_is_seen_by_all_and_never_again(stage: Stage) -> None:
    last = stage.room.replay.last
    effects = stage.say(BEN, type="react", reaction="applause")
    for who in (ADA, BEN, CLEO):
        assert to(who, effects) == [{"type": "reaction", "who": "22", "reaction": "applause"}]
    assert stage.room.replay.last == last


def test_nobody_rains_reactions(stage: Stage) -> None:
    assert all(to(ADA, stage.say(BEN, type="react", reaction="like")) for _ in range(5))
    effects = stage.say(BEN, type="react", reaction="like")
    assert to(ADA, effects) == []
    assert to(BEN, effects) == [{"type": "error", "reason": "too-often", "event": "react"}]
    assert to(ADA, stage.say(CLEO, type="react", reaction="like"))
    stage.enter(BEN, person=2)
    assert to(ADA, stage.say(BEN, type="react", reaction="like")) == []
    assert to(ADA, stage.later(1).say(BEN, type="react", reaction="like"))


def test_only_known_reactions_are_passed_on() -> None:
    assert isinstance(command(msgspec.Raw(b'{"type": "react", "reaction": "<b>"}')), Error)


def test_the_host_lights_somebody_for_everybody(stage: Stage) -> None:
    [lit] = to(CLEO, stage.say(ADA, type="spotlight", who="22"))
    assert lit == {"type": "spotlight", "id": "3.4", "who": "22", "by": "11"}
    assert stage.say(ADA, type="spotlight", who="22") == []
    [welcome, *_] = to(DAN, stage.enter(DAN))
    assert welcome["spotlight"] == "22"
    [dark] = to(BEN, stage.say(ADA, type="spotlight", who=None))
    assert dark["who"] is None


def test_others_light_nobody(stage: Stage) -> None:
    assert to(BEN, stage.say(BEN, type="spotlight", who="22")) == [
        {"type": "error", "reason": "not-allowed", "event": "spotlight"}
    ]
    assert to(ADA, stage.say(ADA, type="spotlight", who="999"))[0]["reason"] == "gone"


def test_the_spotlight_stays_on_who_is_lost_for_a_moment_and_ends_when_they_leave(stage: Stage) -> None:
    stage.say(ADA, type="spotlight", who="22")
    stage.room.lost(BEN, at=stage.now)
    assert stage.room.spotlight == BEN
    stage.enter(BEN, person=2)
    stage.say(BEN, type="leave")
    assert stage.room.spotlight is None


def test_a_shared_screen_ends_the_spotlight(stage: Stage) -> None:
    stage.say(ADA, type="spotlight", who="22")
    kinds = [event["type"] for event in to(BEN, _share(stage, CLEO))]
    assert kinds == ["media", "spotlight"]
    assert stage.room.spotlight is None
    stage.say(ADA, type="spotlight", who="22")
    assert [event["type"] for event in to(BEN, _share(stage, CLEO, microphone=False))] == ["media"]


def _share(stage: Stage, who: int, *, microphone: bool = True) -> list[Effect]:
    return stage.say(who, type="media", microphone=microphone, camera=True, screen=True)


def test_what_is_said_to_one_reaches_those_two_alone(stage: Stage) -> None:
    last = stage.room.replay.last
    effects = stage.say(BEN, type="say", text="Between us", key="k5", to=str(ADA))
    assert effects == [RecordMessage(participant=BEN, text="Between us", key="k5", to=ADA)]
    effects = stage.room.said(BEN, chat_message(5, "Between us", who=BEN, to=ADA))
    for who in (ADA, BEN):
        [said] = to(who, effects)
        assert "id" not in said
        assert (said["message"]["text"], said["message"]["to"]) == ("Between us", "11")
    assert to(CLEO, effects) == []
    assert stage.room.replay.last == last


@pytest.mark.parametrize("whom", ["22", "999"])
def test_nobody_speaks_alone_to_themselves_or_to_nobody(stage: Stage, whom: str) -> None:
    [error] = to(BEN, stage.say(BEN, type="say", text="Hello?", key="k", to=whom))
    assert error == {"type": "error", "reason": "gone", "event": "say", "key": "k", "to": whom}


def test_who_was_away_reads_what_was_said_to_them_meanwhile(stage: Stage) -> None:
    after = stage.room.replay.last
    stage.room.lost(ADA, at=stage.now)
    stage.room.said(BEN, chat_message(5, "Between us", who=BEN, to=ADA))
    stage.room.said(BEN, chat_message(6, "For all", who=BEN))
    [welcome, *missed] = to(ADA, stage.enter(ADA, "host", person=1, after=after))
    assert [message["text"] for message in welcome["messages"]] == ["Between us"]
    assert "For all" in [event["message"]["text"] for event in missed if event["type"] == "said"]


def test_a_newcomer_reads_what_was_said_to_all_and_what_they_may(stage: Stage) -> None:
    stage.room.said(BEN, chat_message(5, "Between us", who=BEN, to=ADA))
    stage.room.said(BEN, chat_message(6, "For all", who=BEN))
    read = {
        who: [message["text"] for message in to(who, stage.enter(who, person=who))[0]["messages"]]
        for who in (ADA, BEN, CLEO, DAN)
    }
    assert read == {ADA: ["Between us", "For all"], BEN: ["Between us", "For all"], CLEO: ["For all"], DAN: ["For all"]}


def test_a_room_that_is_opened_again_knows_who_may_read_what() -> None:
    before = (chat_message(5, "Between us", who=BEN, to=ADA), chat_message(6, "For all", who=BEN))
    stage = Stage(messages=before)
    read = {who: [message["text"] for message in to(who, stage.enter(who))[0]["messages"]] for who in (ADA, CLEO)}
    assert read == {ADA: ["Between us", "For all"], CLEO: ["For all"]}
