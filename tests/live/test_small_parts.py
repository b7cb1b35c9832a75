"""The small parts: token bucket, the newest events, ICE servers, the node's name."""

import base64
import hashlib
import hmac
import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from parley.live.events import Away
from parley.live.ice import ice_servers
from parley.live.node import node_name
from parley.live.reasons import CLOSE_CODES, Error, Reason, Refused
from parley.live.replay_buffer import ReplayBuffer
from parley.live.token_bucket import TokenBucket
from parley.settings import Settings

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "reference" / "live-protocol.md"
WIRE = ROOT / "src" / "parley" / "web" / "static" / "live" / "wire.js"


def test_a_bucket_gives_so_many_at_once_and_then_so_many_a_second() -> None:
    bucket = TokenBucket(rate=2, burst=3, now=0.0)
    assert [bucket.take(now=0.0) for _ in range(4)] == [True, True, True, False]
    assert [bucket.take(now=0.5), bucket.take(now=0.6)] == [True, False]
    assert [bucket.take(now=100.0) for _ in range(4)] == [True, True, True, False]


def test_the_past_keeps_the_newest_events() -> None:
    buffer = ReplayBuffer(7, kept=3)
    assert (buffer.last, buffer.since("7.0"), buffer.since("7.1")) == ("7.0", [], None)
    payloads = [buffer.add(Away(who=str(number))) for number in range(5)]
    assert msgspec.json.decode(payloads[4]) == {"type": "away", "id": "7.5", "who": "4"}
    assert buffer.since("7.5") == []
    assert buffer.since("7.2") == payloads[2:]
    assert buffer.since("7.1") is None
    assert buffer.since("6.5") is None


def test_without_settings_there_are_no_ice_servers(tmp_path: Path) -> None:
    assert ice_servers(Settings(data=tmp_path), who="7", now=NOW) == ()


def test_turn_credentials_are_made_as_coturn_checks_them(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, stun=("stun:a:1",), turn=("turn:b:2", "turns:b:3"), turn_secret="hidden")
    stun, turn = ice_servers(settings, who="7", now=NOW)
    assert (stun.urls, stun.username, stun.credential) == (("stun:a:1",), None, None)
    assert turn.username == f"{int(NOW.timestamp()) + 86_400}:7"
    expected = hmac.new(b"hidden", turn.username.encode(), hashlib.sha1).digest()
    assert base64.b64decode(turn.credential or "") == expected
    assert msgspec.json.decode(msgspec.json.encode(stun)) == {"urls": ["stun:a:1"]}


def test_a_node_keeps_its_name(tmp_path: Path) -> None:
    name = node_name(tmp_path / "data")
    assert name
    assert node_name(tmp_path / "data") == name
    assert node_name(tmp_path / "other") != name
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["node"]


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason not in {Reason.LEFT, Reason.RESTART}])
def test_every_reason_is_documented(reason: Reason) -> None:
    text = DOCUMENT.read_text()
    assert f"`{reason}`" in text
    if reason in CLOSE_CODES:
        assert f"| {CLOSE_CODES[reason]} | `{reason}`" in text


def test_a_refusal_carries_the_error_that_is_told() -> None:
    assert Refused(Reason.FULL, limit=6).error == Error(reason=Reason.FULL, limit=6)


def test_the_browser_knows_every_close_code() -> None:
    known = dict(re.findall(r'\[(\d{4}), "([a-z-]+)"\]', WIRE.read_text()))
    assert known == {str(code): reason.value for reason, code in CLOSE_CODES.items()}
