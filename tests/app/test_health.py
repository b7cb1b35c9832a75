"""Whether it runs and can serve, also while the database is away."""

import asyncio

import httpx
import pytest

from parley.app import create_app
from parley.ground.secrets import WrongKey
from parley.settings import Settings
from tests.clock import SettableClock
from tests.doors import Doors
from tests.postgres import free_port


async def test_it_runs_and_is_ready(doors: Doors) -> None:
    client = doors.client()
    assert (await client.get("/healthz")).text == "ok"
    assert (await client.get("/readyz")).json()["status"] == "ready"


async def test_figures_need_their_right(doors: Doors) -> None:
    assert (await doors.client().get("/metrics")).status_code == 401
    assert (await (await doors.api(doors.cast.olga)).get("/metrics")).status_code == 403
    answer = await (await doors.api(doors.cast.ada)).get("/metrics")
    assert answer.status_code == 200
    assert "parley_live_connections" in answer.text


async def test_a_database_that_is_away_at_the_start_is_waited_for(
    settings: Settings, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until it comes, everything but health is refused with 503; then it serves, without a restart."""
    if settings.database.startswith("sqlite"):
        return
    away = Settings(data=settings.data, database=f"postgresql://postgres@127.0.0.1:{free_port()}/parley")
    app = create_app(away, clock=clock)
    async with app.lifespan():
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url=away.url) as client:
            assert (await client.get("/healthz")).status_code == 200
            assert (await client.get("/readyz")).status_code == 503
            assert (await client.get("/api/v1/me", headers={"Authorization": "Bearer x"})).status_code == 503
            assert (await client.get("/signin")).status_code == 503


async def test_another_key_than_the_databases_stops_the_start(settings: Settings, clock: SettableClock) -> None:
    app = create_app(settings, clock=clock)
    async with app.lifespan():
        pass
    (settings.data / "secret.key").unlink()
    other = create_app(settings, clock=clock)
    with pytest.raises(WrongKey, match="PARLEY_SECRET_KEY"):
        async with other.lifespan():
            await asyncio.sleep(0)
