"""Whoever sends a head without end, or nothing, is cut off; whoever is only slow is not."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, Scope

from parley.app import listener
from parley.app.listener import LARGEST_HEAD, LONGEST_COOKIES, LONGEST_PATH, Listener
from parley.live import Transport
from tests.postgres import free_port

HEAD = b"GET /x HTTP/1.1\r\nHost: here\r\n"
POST = b"POST /x HTTP/1.1\r\nHost: here\r\nContent-Length: 6\r\n\r\n"
UPGRADE = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n"


class Server(uvicorn.Server):
    """A uvicorn that leaves the signals to the tests, and says when it is open."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.open = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.open.set()


async def echo(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Answer with the body, or with as much as the path says."""
    assert scope["type"] == "http"
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return
        body, more = body + message.get("body", b""), message.get("more_body", False)
    body = body or b"y" * int(scope["path"].removeprefix("/much/") if scope["path"].startswith("/much/") else 2)
    await send({"type": "http.response.start", "status": 200, "headers": [], "trailers": False})
    await send({"type": "http.response.body", "body": body, "more_body": False})


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """A server that is many times as impatient."""
    monkeypatch.setattr(listener, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(listener, "HEAD_SECONDS", 0.4)
    monkeypatch.setattr(listener, "QUIET_SECONDS", 0.4)
    port = free_port()
    server = Server(uvicorn.Config(echo, port=port, http=Listener, ws=Transport, lifespan="off", log_config=None))
    task = asyncio.create_task(server.serve())
    await server.open.wait()
    yield port
    server.should_exit = True
    await task


async def said(port: int, *parts: bytes, pause: float = 0.0) -> bytes:
    """Return everything that the server says to these parts until it closes the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)
        async with asyncio.timeout(10):
            return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


@pytest.mark.parametrize("parts", [[], [b"GET"], [HEAD], [POST], [POST, b"abc"], [b"\r\n"], [HEAD + b"\r\n", b"\r\n"]])
async def test_whoever_says_nothing_more_is_cut_off(port: int, parts: list[bytes]) -> None:
    began = asyncio.get_running_loop().time()
    heard = await said(port, *parts, pause=0.1)
    assert heard.count(b"200 OK") == (HEAD + b"\r\n" in parts)
    assert asyncio.get_running_loop().time() - began < 5


async def test_a_head_that_drips_is_cut_off(port: int) -> None:
    assert await said(port, *[HEAD, *[b"X-More: y\r\n"] * 20], pause=0.05) == b""


async def test_a_slow_body_that_goes_on_is_taken(port: int) -> None:
    heard = await said(port, POST, b"ab", b"cd", b"ef", pause=0.25)
    assert b"200 OK" in heard
    assert heard.endswith(b"abcdef\r\n0\r\n\r\n")


@pytest.mark.parametrize(
    "head",
    [
        HEAD + b"X: " + b"x" * LARGEST_HEAD + b"\r\n\r\n",
        HEAD + b"Cookie: " + b"a=b;" * (LONGEST_COOKIES // 4) + b"c=d\r\n\r\n",
        b"GET /" + b"x" * LONGEST_PATH + b" HTTP/1.1\r\nHost: here\r\n\r\n",
        HEAD + UPGRADE + b"X: " + b"x" * LARGEST_HEAD + b"\r\n\r\n",
        HEAD + b"X: y\r\n" * LARGEST_HEAD,
    ],
)
async def test_a_head_that_is_too_large_is_refused(port: int, head: bytes) -> None:
    assert (await said(port, head))[:12] in {b"HTTP/1.1 431", b"HTTP/1.1 400", b""}


async def test_a_head_without_end_is_refused_before_it_is_kept(port: int) -> None:
    assert (await said(port, HEAD + b"X: ", *[b"x" * 10_000] * 200))[:12] in {b"HTTP/1.1 400", b""}


async def test_a_large_head_and_those_after_it_are_served(port: int) -> None:
    large = HEAD + b"X: " + b"x" * (LARGEST_HEAD - 100) + b"\r\n\r\n"
    assert (await said(port, large, HEAD + b"\r\n", POST + b"abcdef", pause=0.1)).count(b"200 OK") == 3


async def test_whoever_reads_nothing_is_cut_off(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
    writer.write(b"GET /much/50000000 HTTP/1.1\r\nHost: here\r\n\r\n")
    await asyncio.sleep(1.5)
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await reader.readexactly(50_000_000)
    writer.close()
