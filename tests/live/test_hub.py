"""The hub's clockwork outlives what nobody thought of, and its end leaves nobody behind in the record."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import ProgrammingError
from structlog.testing import capture_logs

from parley.ground.clock import utc_now
from parley.ground.db import Connection, Store
from parley.live import Hub, rows
from parley.live.client_connection import ClientConnection
from parley.live.commands import Hello
from parley.live.reasons import Refused
from parley.live.room_runner import RoomRunner
from parley.sessions import Departure, Ending, close_session
from parley.settings import Settings
from tests.cast import Cast
from tests.live.moody import MoodyStore
from tests.live.serving import FAST, Scene
from tests.sessions.stage import open_at


@pytest.fixture
def moody(store: Store) -> MoodyStore:
    return MoodyStore(store)


@pytest.fixture
async def scene(store: Store, cast: Cast) -> Scene:
    return Scene(store, cast, await store.write(open_at, host=cast.olga, now=utc_now()), 0)


@pytest.fixture
async def hub(moody: MoodyStore, tmp_path: Path) -> AsyncIterator[Hub]:
    hub = Hub(moody, utc_now, Settings(data=tmp_path), rules=FAST)
    await hub.start()
    await hub.ready()
    yield hub
    await hub.stop()


async def come(hub: Hub, seat: str) -> ClientConnection:
    connection = ClientConnection(FAST)
    await hub.enter(Hello(version=1, seat=seat), connection)
    return connection


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110 (nothing tells of it)
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("fault", [ProgrammingError("SELECT", None, Exception()), RuntimeError()])
async def test_the_clockwork_outlives_any_fault(hub: Hub, moody: MoodyStore, scene: Scene, fault: Exception) -> None:
    connection = await come(hub, await scene.host())
    with capture_logs() as logs:
        moody.fault = fault
        await until(lambda: any(log["event"] == "news are late" for log in logs))
        moody.fault = None
    await scene.store.write(close_session, scene.session.id, by=None, how=Ending.HOST, now=utc_now())
    await until(lambda: connection.closing)


async def test_a_clockwork_that_ends_by_itself_is_told_loudly(moody: MoodyStore, tmp_path: Path) -> None:
    moody.fault = RuntimeError()
    hub = Hub(moody, utc_now, Settings(data=tmp_path), rules=FAST)
    with capture_logs() as logs:
        await hub.start()
        await until(lambda: bool(logs))
    assert [log["log_level"] for log in logs] == ["critical"]
    await hub.stop()


async def test_a_room_that_does_not_stop_keeps_no_lease(
    hub: Hub, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stop(*_: object, **__: object) -> None:
        raise RuntimeError

    def living(db: Connection) -> bool:
        return rows.living_owner(db, scene.session.id, now=utc_now()) is not None

    await come(hub, await scene.host())
    assert await scene.store.read(living)
    monkeypatch.setattr(RoomRunner, "stop", stop)
    with capture_logs() as logs:
        await hub.stop()
    assert [log["event"] for log in logs] == ["a room did not stop"]
    assert not await scene.store.read(living)


async def test_who_comes_while_the_hub_stops_is_written_down_as_gone(hub: Hub, moody: MoodyStore, scene: Scene) -> None:
    await come(hub, await scene.host())
    moody.prompt.clear()
    coming = asyncio.create_task(come(hub, await scene.seat("Ben")))
    await asyncio.sleep(0.1)
    stopping = asyncio.create_task(hub.stop())
    await asyncio.sleep(0.1)
    moody.prompt.set()
    await stopping
    assert (await coming).closing
    [stay] = (await scene.record())["Ben"].stays
    assert stay.ended_by is Departure.LOST
    with pytest.raises(Refused):
        await come(hub, await scene.seat("Late"))
