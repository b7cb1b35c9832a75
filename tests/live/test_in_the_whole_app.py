"""The socket where people find it: in the whole application, at its address."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from parley.app import create_app
from parley.ground.clock import utc_now
from parley.ground.db import Store
from parley.settings import Settings
from tests.cast import Cast
from tests.live.client import Client
from tests.live.serving import Scene, Server, server_config
from tests.postgres import free_port
from tests.sessions.stage import open_at


@pytest.fixture
async def scene(store: Store, cast: Cast, database_url: str, tmp_path: Path) -> AsyncIterator[Scene]:
    """A session of Olga's, and the whole application over a store of its own on the same database."""
    session = await store.write(open_at, host=cast.olga, now=utc_now())
    port = free_port()
    settings = Settings(data=tmp_path / "data", database=database_url, port=port, url=f"http://127.0.0.1:{port}")
    server = Server(server_config(create_app(settings), port))
    task = asyncio.create_task(server.serve())
    await server.open.wait()
    yield Scene(store, cast, session, port)
    server.should_exit = True
    await task


async def test_people_meet_in_the_whole_app(scene: Scene) -> None:
    async with Client(scene.url, origin=f"http://127.0.0.1:{scene.port}") as olga, scene.client() as ben:
        await olga.hello(await scene.host())
        await ben.hello(await scene.seat("Ben"))
        assert (await olga.hear("joined"))["person"]["name"] == "Ben"
        await ben.say({"type": "say", "text": "Hello!", "key": "k"})
        assert (await olga.hear("said"))["message"]["text"] == "Hello!"


async def test_another_origins_page_may_not_connect(scene: Scene) -> None:
    with pytest.raises(InvalidStatus) as refusal:
        await Client(scene.url, origin="https://elsewhere.example").__aenter__()
    assert refusal.value.response.status_code == 403


async def test_who_comes_without_a_websocket_is_told_what_this_is(scene: Scene) -> None:
    async with httpx.AsyncClient() as browser:
        answer = await browser.get(scene.url.replace("ws://", "http://"))
    assert answer.status_code == 426
    assert "live-protocol.md" in answer.text
