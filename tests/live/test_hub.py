"""The hub's clockwork outlives what nobody thought of, and its end leaves nobody behind in the record."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy.exc import ProgrammingError
from structlog.testing import capture_logs

from parley.ground.clock import utc_now
from parley.ground.db import Connection, Store
from parley.ground.facts import forget
from parley.live import Hub, rows
from parley.live.client_connection import ClientConnection
from parley.live.commands import Heartbeat, Hello, Leave
from parley.live.reasons import Refused
from parley.live.room_runner import RoomRunner
from parley.sessions import Departure, Ending, close_session
from parley.settings import Settings
from tests.cast import Cast
from tests.clock import SettableClock
from tests.live.moody import MoodyStore
from tests.live.serving import FAST, PATIENT, Scene, recorded
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


async def test_news_that_were_forgotten_before_they_were_read_are_passed_over(
    hub: Hub, moody: MoodyStore, scene: Scene
) -> None:
    connection = await come(hub, await scene.host())
    with capture_logs() as logs:
        moody.fault = RuntimeError()
        await until(lambda: any(log["event"] == "news are late" for log in logs))
        for meeting in (2, 3):
            await scene.store.write(open_at, host=scene.cast.otto, meeting=meeting, now=utc_now())
        assert await scene.store.write(forget, before=utc_now() + timedelta(days=1))
        moody.fault = None
        await until(lambda: any(log["event"].startswith("facts were forgotten") for log in logs))
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


async def test_a_room_whose_record_waits_is_kept_though_nobody_is_in_it(
    moody: MoodyStore, scene: Scene, tmp_path: Path
) -> None:
    def owner(db: Connection) -> str | None:
        return rows.living_owner(db, scene.session.id, now=utc_now())

    hub = Hub(moody, utc_now, Settings(data=tmp_path), rules=replace(FAST, empty_timeout=timedelta()))
    await hub.start()
    await hub.ready()
    connection = await come(hub, await scene.seat("Ben"))
    moody.closed = True
    with capture_logs() as logs:
        hub.handle(connection, Leave())
        await asyncio.sleep(2 * FAST.close_timeout.total_seconds())
        assert scene.session.id in hub._runners
        moody.closed = False
        [stay] = (await recorded(scene, "Ben", lambda one: not one.present)).stays
    assert stay.ended_by is Departure.LEFT
    assert "the record is not complete; it will be reconciled" not in {log["event"] for log in logs}
    await until(lambda: not hub._runners)
    await hub.stop()
    assert await scene.store.read(owner) is None


async def test_heartbeats_are_saved_with_the_oldest_sign_of_them(
    store: Store, cast: Cast, clock: SettableClock, tmp_path: Path
) -> None:
    session = await store.write(open_at, host=cast.olga, now=clock())
    scene = Scene(store, cast, session, 0)
    hub = Hub(store, clock, Settings(data=tmp_path), rules=PATIENT)
    await hub.start()
    await hub.ready()
    seats = [await scene.seat("Ben"), await scene.seat("Cleo")]
    ben, cleo = [await come(hub, seat) for seat in seats]
    heard_at = clock.advance(seconds=1)
    hub.handle(ben, Heartbeat())
    clock.advance(seconds=2)
    hub.handle(cleo, Heartbeat())
    for name in ("Ben", "Cleo"):
        [stay] = (await recorded(scene, name, lambda one: one.stays[0].last_seen_at > session.started_at)).stays
        assert stay.last_seen_at == heard_at
    await hub.stop()
