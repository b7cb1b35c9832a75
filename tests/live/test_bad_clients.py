"""Clients that speak nonsense, too much or too fast, or never read: each is answered, and nobody else suffers."""

import asyncio
import json
import socket

import pytest
from websockets.exceptions import InvalidStatus

from tests.live.client import Client
from tests.live.serving import Scene


@pytest.fixture
def dialect() -> str:
    """What is wrong with a client is found before any database is asked: one of them is enough."""
    return "sqlite"


SEAT_UNKNOWN = [{"type": "error", "reason": "seat-unknown"}]


@pytest.mark.parametrize(
    ("frame", "detail"),
    [
        ("nonsense", "JSON is malformed"),
        ("", "truncated"),
        ("{}", "Expected `array`"),
        ("[]", "an empty frame"),
        ("[1]", "Expected `object`"),
        ('[{"kind": "say"}]', "missing required field `type`"),
        ('[{"type": "hand", "raised": "yes"}]', "$.raised"),
        ('[{"type": "say", "text": "x"}]', "missing required field `key`"),
        ('[{"type": "signal", "to": "-1", "data": {}}]', "$.to"),
        ('[{"type": "signal", "to": "1", "data": {"a": NaN}}]', "malformed"),
        ("[" * 100_000, "recursion"),
        ('[{"type": "beat", "x": ' + '{"a":' * 20_000 + "1" + "}" * 20_000 + "}]", "recursion"),
        (b"\x00\x01", "frames are text"),
    ],
)
async def test_nonsense_is_answered_and_the_connection_goes_on(scene: Scene, frame: str | bytes, detail: str) -> None:
    async with scene.client() as ben:
        await ben.hello(await scene.seat("Ben"))
        await ben.socket.send(frame)
        error = await ben.hear("error")
        assert error["reason"] == "bad-frame"
        assert detail in error["detail"]
        await ben.say({"type": "hand", "raised": True})
        assert (await ben.hear("hand"))["raised_at"]


async def test_an_unknown_event_is_named(scene: Scene) -> None:
    async with scene.client() as ben:
        await ben.hello(await scene.seat("Ben"))
        await ben.say({"type": "dance"}, {"type": "hand", "raised": True, "which": "left"})
        assert await ben.hear("error") == {"type": "error", "reason": "unknown-type", "event": "dance"}
        assert await ben.hear("hand")


@pytest.mark.parametrize(
    "frame", ["[]", "nonsense", '[{"type": "beat"}]', '[{"type": "hello", "version": 1}]', b"hello", "[" * 5000]
)
async def test_who_does_not_say_hello_properly_is_sent_away(scene: Scene, frame: str | bytes) -> None:
    async with scene.client() as ben:
        await ben.socket.send(frame)
        code, [error] = await ben.end()
        assert (code, error["reason"]) == (4001, "bad-hello")


async def test_another_version_is_told_which_one_is_spoken_here(scene: Scene) -> None:
    async with scene.client() as ben:
        await ben.say({"type": "hello", "version": 2, "sit": 5})
        assert await ben.end() == (4002, [{"type": "error", "reason": "version", "supported": [1]}])


@pytest.mark.parametrize("seat", ["", "seat_nobody", "x" * 10_000, "\ud7ff", "seat_\u0000"])
async def test_an_unknown_seat_admits_nobody(scene: Scene, seat: str) -> None:
    async with scene.client() as ben:
        await ben.say({"type": "hello", "version": 1, "seat": seat})
        assert await ben.end() == (4004, SEAT_UNKNOWN)


async def test_invalid_utf8_ends_the_connection(scene: Scene) -> None:
    async with scene.client() as ben:
        await ben.hello(await scene.seat("Ben"))
        await ben.socket.send(b'[{"type": "\xff"}]', text=True)
        assert (await ben.end())[0] == 1007


@pytest.mark.parametrize(("size", "code"), [(300_000, 4006), (2_000_000, 1009)])
async def test_a_giant_frame_ends_the_connection(scene: Scene, size: int, code: int) -> None:
    async with scene.client() as ben:
        await ben.hello(await scene.seat("Ben"))
        await ben.say({"type": "say", "text": "x" * size, "key": "k"})
        assert (await ben.end())[0] == code


async def test_a_frame_with_too_many_events_ends_the_connection(scene: Scene) -> None:
    async with scene.client() as ben:
        await ben.hello(await scene.seat("Ben"))
        await ben.say(*[{"type": "beat"}] * 65)
        assert await ben.end() == (4006, [{"type": "error", "reason": "too-long", "limit": 64}])


async def test_a_signal_that_is_too_long_is_not_delivered(scene: Scene) -> None:
    async with scene.client() as olga, scene.client() as ben:
        host = await olga.hello(await scene.host())
        await ben.hello(await scene.seat("Ben"))
        await ben.say({"type": "signal", "to": host["you"], "data": "x" * 65_536})
        assert await ben.hear("error") == {"type": "error", "reason": "too-long", "event": "signal", "limit": 65_536}


async def test_a_thousand_frames_a_second_are_too_many(scene: Scene) -> None:
    seat = await scene.seat("Ben")
    async with scene.client() as olga, scene.client() as ben, scene.client() as again:
        await olga.hello(await scene.host())
        await ben.hello(seat)
        for number in range(1000):
            await ben.socket.send(json.dumps([{"type": "hand", "raised": number % 2 == 0}]))
        code, heard = await ben.end()
        assert (code, heard[-1]) == (4008, {"type": "error", "reason": "too-fast"})
        assert sum(event["type"] == "hand" for event in heard) in range(100, 200)
        assert await olga.hear("away")
        assert (await again.hello(seat, after=ben.last))["resumed"]


async def test_a_client_that_never_reads_is_cut_off_and_costs_the_others_nothing(scene: Scene) -> None:
    async with deaf(scene) as ben, scene.client() as olga:
        me = await ben.hello(await scene.seat("Ben"))
        await olga.hello(await scene.host())
        ben.socket.transport.pause_reading()
        for _ in range(300):
            await olga.say({"type": "signal", "to": me["you"], "data": "x" * 60_000})
        await olga.say({"type": "say", "text": "Can you hear me?", "key": "k"})
        assert (await olga.hear("said"))["message"]["text"] == "Can you hear me?"
        assert (await olga.hear("away"))["who"] == me["you"]
        await until_cut_off(ben)


def deaf(scene: Scene) -> Client:
    """Return a client whose network holds little: what it does not read piles up at the server."""
    little = socket.create_connection(("127.0.0.1", scene.port))
    little.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    return Client(scene.url, sock=little)


async def until_cut_off(client: Client) -> None:
    """Wait until the server has aborted the connection: then its socket can be written to no more."""
    async with asyncio.timeout(10):
        while not client.socket.transport.is_closing():
            client.socket.transport.write(b"\x8a\x00")  # a pong
            await asyncio.sleep(0.05)


EMPTY_FRAMES = {"pong": b"\x8a\x80\0\0\0\0", "ping": b"\x89\x80\0\0\0\0", "rest": b"\x00\x80\0\0\0\0"}


@pytest.mark.parametrize("kind", EMPTY_FRAMES)
async def test_frames_that_are_no_messages_count_too(scene: Scene, kind: str) -> None:
    """Nobody has said hello yet: this is free for anybody."""
    client = await Client(scene.url).__aenter__()
    if kind == "rest":
        client.socket.transport.write(b"\x01\x80\0\0\0\0")  # a text begins
    sent = 0
    async with asyncio.timeout(5):
        while not client.socket.transport.is_closing():
            client.socket.transport.write(EMPTY_FRAMES[kind] * 500)
            sent += 500
            await asyncio.sleep(0.01)
    assert sent < 20_000
    async with scene.client() as ben:
        assert await ben.hello(await scene.seat("Ben"))


async def test_bytes_that_are_no_text_end_the_connection_and_nothing_else(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    client = await Client(scene.url).__aenter__()
    client.socket.transport.write(b"\x81\x82\0\0\0\0\xff\xfe")
    await client.socket.wait_closed()
    assert client.socket.close_code == 1007
    assert [record for record in caplog.records if record.exc_info] == []


async def test_another_origins_page_may_not_connect(scene: Scene) -> None:
    with pytest.raises(InvalidStatus) as refusal:
        await Client(scene.url, origin="https://elsewhere.example").__aenter__()
    assert refusal.value.response.status_code == 403


async def test_our_own_page_may_connect(scene: Scene) -> None:
    async with Client(scene.url, origin=f"http://127.0.0.1:{scene.port}") as ben:
        assert await ben.hello(await scene.seat("Ben"))
