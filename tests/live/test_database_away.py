"""The database is away while people meet: they are told, nothing acknowledged is lost, the record completes."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from parley.ground.clock import utc_now
from parley.ground.db import Store, migrate, open_store
from parley.live import Hub
from parley.people import suspend_user
from parley.sessions import Departure
from parley.settings import Settings
from tests.cast import Cast
from tests.live.moody import MoodyStore
from tests.live.serving import FAST, Scene, recorded, serving
from tests.sessions.stage import open_at


@pytest.fixture
def moody(store: Store) -> MoodyStore:
    return MoodyStore(store)


@pytest.fixture
async def scene(store: Store, moody: MoodyStore, cast: Cast, tmp_path: Path) -> AsyncIterator[Scene]:
    session = await store.write(open_at, host=cast.olga, cohosts=[cast.otto], now=utc_now())
    async with serving(moody, tmp_path, FAST) as port:
        yield Scene(store, cast, session, port)


async def test_what_cannot_be_recorded_is_refused_and_can_be_said_again(scene: Scene, moody: MoodyStore) -> None:
    async with scene.client() as olga:
        await olga.hello(await scene.host())
        moody.away = True
        await olga.say({"type": "say", "text": "Hello!", "key": "k"}, {"type": "hand", "raised": True})
        assert (await olga.hear("hand"))["raised_at"]
        assert await olga.hear("error") == {"type": "error", "reason": "unavailable", "event": "say", "key": "k"}
        moody.away = False
        await olga.say({"type": "say", "text": "Hello!", "key": "k"})
        assert (await olga.hear("said"))["message"]["text"] == "Hello!"


async def test_who_comes_meanwhile_is_told_to_come_back(scene: Scene, moody: MoodyStore) -> None:
    seat = await scene.seat("Ben")
    async with scene.client() as ben, scene.client() as again:
        moody.away = True
        await ben.say({"type": "hello", "version": 1, "seat": seat})
        assert await ben.end() == (4005, [{"type": "error", "reason": "unavailable"}])
        moody.away = False
        assert await again.hello(seat)


async def test_a_departure_is_written_when_the_database_is_back(scene: Scene, moody: MoodyStore) -> None:
    async with scene.client() as ben:
        await ben.hello(await scene.seat("Ben"))
        moody.away = True
        left_at = utc_now()
        await ben.say({"type": "leave"})
        assert (await ben.end())[0] == 1000
        assert (await scene.record())["Ben"].present
        moody.away = False
        await asyncio.sleep(1.5)
        [stay] = (await scene.record())["Ben"].stays
        assert stay.ended_by is Departure.LEFT
        assert stay.left_at
        assert (stay.left_at - left_at).total_seconds() < 1.4


async def test_a_hub_starts_without_a_database(store: Store, cast: Cast, tmp_path: Path) -> None:
    moody = MoodyStore(store)
    moody.away = True
    session = await store.write(open_at, host=cast.olga, now=utc_now())
    async with serving(moody, tmp_path, FAST, wait=False) as port:
        scene = Scene(store, cast, session, port)
        async with scene.client() as olga:
            await olga.say({"type": "hello", "version": 1, "seat": await scene.host()})
            assert (await olga.end())[0] == 4005
        async with scene.client() as again:
            moody.away = False
            assert await again.hello(await scene.host())


async def test_an_arrival_that_cannot_be_written_takes_no_place(scene: Scene, moody: MoodyStore) -> None:
    async with scene.client() as olga, scene.client() as ben:
        await olga.hello(await scene.host())
        moody.closed = True
        await ben.say({"type": "hello", "version": 1, "seat": await scene.seat("Ben")})
        assert await ben.end() == (4005, [{"type": "error", "reason": "unavailable"}])
        moody.closed = False
        assert not (await scene.record())["Ben"].came


async def test_who_is_suspended_while_coming_does_not_get_in(scene: Scene, moody: MoodyStore) -> None:
    assert scene.cast.mia.person
    async with scene.client() as olga, scene.client() as mia:
        await olga.hello(await scene.host())
        moody.prompt.clear()
        await mia.say({"type": "hello", "version": 1, "seat": await scene.seat(scene.cast.mia)})
        await recorded(scene, "Mia", lambda attendee: attendee.present)
        await scene.store.write(suspend_user, scene.cast.mia.person, by=scene.cast.ada, now=utc_now())
        await asyncio.sleep(1.2)  # until the hub has looked for news
        moody.prompt.set()
        code, _ = await mia.end()
        assert code in {4005, 4014}  # refused, or, where the news came late (PostgreSQL, busy), out again at once
        await recorded(scene, "Mia", lambda attendee: attendee.came and not attendee.present)


async def test_a_hub_waits_for_a_schema(empty_database_url: str, tmp_path: Path) -> None:
    async with open_store(empty_database_url) as store:
        hub = Hub(store, utc_now, Settings(data=tmp_path), rules=FAST)
        await hub.start()
        await asyncio.sleep(0.2)
        await asyncio.to_thread(migrate, empty_database_url)
        async with asyncio.timeout(10):
            await hub.ready()
        await hub.stop()
