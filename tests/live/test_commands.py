"""Reading what clients send: whatever arrives, it is a command or an answer, never an accident."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.live.commands import FRAME_BYTES, FRAME_EVENTS, Hello, Signal, command, commands, opening
from parley.live.handle import HANDLERS
from parley.live.reasons import Error, Reason, Refused
from tests.live.stage import ADA, BEN, Stage, to

TYPES = st.sampled_from(["hello", "x", "", *(str(kind.__struct_config__.tag) for kind in HANDLERS)])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    (
        *("microphone", "camera", "screen", "raised", "to", "data", "text", "key", "who", "instance", "reaction"),
        *("lobby", "locked", "may_unmute", "role"),
    )
)
FITTING = st.booleans() | st.sampled_from(["11", "22", "0", "-1", "9" * 19, "9" * 30, "k", "", "\x00", "ü"])
EVENTS = st.builds(
    lambda kind, fields: fields | {"type": kind}, TYPES, st.dictionaries(FIELDS, FITTING | VALUES, max_size=6)
)


@settings(max_examples=300, deadline=None)
@given(st.text() | st.lists(EVENTS | VALUES, max_size=4).map(json.dumps) | VALUES.map(json.dumps))
def test_any_frame_is_read(frame: str) -> None:
    for read in commands(frame):
        assert isinstance(read, Error) or type(read) in HANDLERS


@settings(max_examples=200, deadline=None)
@given(st.text() | st.lists(EVENTS | VALUES, max_size=4).map(json.dumps))
def test_any_opening_is_a_hello_or_refused(frame: str) -> None:
    try:
        answer: Hello | Reason = opening(frame)[0]
    except Refused as refusal:
        answer = refusal.error.reason
    assert isinstance(answer, Hello) or answer in {Reason.BAD_HELLO, Reason.VERSION}


@settings(max_examples=300, deadline=None)
@given(st.lists(EVENTS, min_size=1, max_size=5))
def test_the_room_hears_anything_and_answers_in_events(events: list[dict[str, Any]]) -> None:
    stage = Stage()
    stage.enter(ADA, "host")
    stage.enter(BEN)
    for event in events:
        read = command(msgspec.Raw(json.dumps(event).encode()))
        if not isinstance(read, Error):
            effects = HANDLERS[type(read)](stage.room, stage.room.occupants[ADA], read, stage.now)
            assert all("type" in told for who in (ADA, BEN) for told in to(who, effects))
        if ADA not in stage.room.occupants:
            return


def test_a_frame_has_a_size_and_a_number_of_events() -> None:
    for frame in (
        "x" * (FRAME_BYTES + 1),
        "ü" * (FRAME_BYTES // 2 + 1),
        json.dumps([{"type": "beat"}] * (FRAME_EVENTS + 1)),
    ):
        with pytest.raises(Refused) as refusal:
            list(commands(frame))
        assert refusal.value.error.reason is Reason.TOO_LONG
    assert len(list(commands(json.dumps([{"type": "beat"}] * FRAME_EVENTS)))) == FRAME_EVENTS
    for frame in ("x" * FRAME_BYTES, "ü" * (FRAME_BYTES // 2)):
        assert [read.reason for read in commands(frame) if isinstance(read, Error)] == [Reason.BAD_FRAME]


@pytest.mark.parametrize(
    "event",
    [
        {"type": "say", "text": "Hello!", "key": "k\n"},
        {"type": "mute", "who": "11\n"},
        {"type": "signal", "to": "11", "data": {}, "instance": "page\n"},
    ],
)
def test_a_line_feed_at_the_end_is_not_overlooked(event: dict[str, Any]) -> None:
    [error] = commands(json.dumps([event]))
    assert isinstance(error, Error)
    assert error.reason is Reason.BAD_FRAME


def test_what_follows_hello_in_its_frame_is_kept() -> None:
    hello, rest = opening('[{"type": "hello", "version": 1, "seat": "s"}, {"type": "beat"}, {"type": "dance"}]')
    assert hello.seat == "s"
    assert [type(command(event)).__name__ for event in rest] == ["Heartbeat", "Error"]


def test_fields_that_are_not_known_are_ignored() -> None:
    [signal] = commands('[{"type": "signal", "to": "11", "data": {"a": [1, 2]}, "shade": "blue"}]')
    assert isinstance(signal, Signal)
    assert msgspec.json.decode(signal.data) == {"a": [1, 2]}
