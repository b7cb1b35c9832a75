"""A server that is killed in the middle of a meeting, and comes back: people go on, and the record is true."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from parley.ground.clock import utc_now
from parley.ground.db import Store
from parley.sessions import Departure
from tests.cast import Cast
from tests.live.serving import Scene
from tests.postgres import free_port
from tests.sessions.stage import open_at

START = 60.0
"""How long a server may take until it answers (seconds), on a machine with much else to do."""

BETWEEN_BEATS = timedelta(seconds=6)


class Solo:
    """A server in a process of its own, which can be killed and started again."""

    def __init__(self, database: str, folder: Path, port: int) -> None:
        self._command = [sys.executable, "-m", "tests.live.solo", database, str(folder), str(port)]
        self._port = port

    async def start(self) -> None:
        """Start, and wait until it answers."""
        self._process = await asyncio.create_subprocess_exec(*self._command, stderr=asyncio.subprocess.DEVNULL)
        async with asyncio.timeout(START):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", self._port)
                except ConnectionRefusedError:
                    await asyncio.sleep(0.05)
                else:
                    writer.close()
                    return

    async def end(self, how: signal.Signals) -> None:
        """Send a signal, and wait for the end."""
        if self._process.returncode is None:
            os.kill(self._process.pid, how)
            await self._process.wait()


@asynccontextmanager
async def solo(database: str, folder: Path, port: int) -> AsyncIterator[Solo]:
    server = Solo(database, folder, port)
    await server.start()
    try:
        yield server
    finally:
        await server.end(signal.SIGKILL)


@pytest.fixture
async def scene(store: Store, cast: Cast) -> Scene:
    """A session of Olga's; its server is not started yet."""
    session = await store.write(open_at, host=cast.olga, now=utc_now())
    return Scene(store, cast, session, free_port())


async def test_a_killed_server_comes_back_and_the_meeting_goes_on(
    scene: Scene, database_url: str, tmp_path: Path
) -> None:
    host, seat = await scene.host(), await scene.seat("Ben")
    async with solo(database_url, tmp_path, scene.port) as server:
        async with scene.client() as olga, scene.client() as ben:
            await olga.hello(host, instance="page-o")
            await ben.hello(seat, instance="page-b")
            await ben.say({"type": "say", "text": "Before", "key": "k1"})
            await olga.hear("said")
            await server.end(signal.SIGKILL)
            killed_at = utc_now()
            assert [(await client.end())[0] for client in (olga, ben)] == [1006, 1006]
        await server.start()
        async with scene.client() as back, scene.client() as again:
            welcome = await back.hello(host, instance="page-o", after=olga.last)
            assert welcome["resumed"] is False
            assert welcome["id"].startswith("2.")
            assert [message["text"] for message in welcome["messages"]] == ["Before"]
            assert {one["name"]: (one["away"], one["instance"]) for one in welcome["people"]} == {
                "Olga": (False, "page-o"),
                "Ben": (True, None),
            }
            await again.hello(seat, instance="page-b", after=ben.last)
            await again.say({"type": "say", "text": "Before", "key": "k1"})
            assert (await back.hear("back"))["person"]["instance"] == "page-b"
            assert "id" not in await again.hear("said")
            await the_record_is_true(scene, killed_at=killed_at)
            await server.end(signal.SIGTERM)
            stopped_at = utc_now()
            assert (await back.end())[0] == 1012
        await nobody_is_there(scene, since=stopped_at)


async def the_record_is_true(scene: Scene, *, killed_at: datetime) -> None:
    for name in ("Olga", "Ben"):
        before, after = (await scene.record())[name].stays
        assert before.ended_by is Departure.RECONCILED
        assert before.left_at
        assert killed_at - BETWEEN_BEATS < before.left_at <= killed_at < after.joined_at
        assert after.left_at is None


async def nobody_is_there(scene: Scene, *, since: datetime) -> None:
    for name in ("Olga", "Ben"):
        last = (await scene.record())[name].stays[-1]
        assert last.ended_by is Departure.LOST
        assert last.left_at
        assert last.left_at <= since
