"""Whether it runs and can serve, also while the database is away."""

import asyncio
from pathlib import Path

import httpx
import pytest
from litestar import Litestar
from sqlalchemy import text

from parley.app import create_app, readiness
from parley.app.readiness import FRESH, get_ready
from parley.ground.db import Connection
from parley.ground.secrets import WrongKey, keyring
from parley.settings import Settings
from tests.clock import SettableClock
from tests.doors import Doors, running
from tests.postgres import Cluster


async def test_it_runs_and_is_ready(doors: Doors) -> None:
    client = doors.client()
    assert (await client.get("/healthz")).text == "ok"
    assert (await client.get("/readyz")).json()["status"] == "ready"


async def test_whoever_asks_often_costs_the_database_nothing(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = []

    def look(db: Connection) -> bool:
        looks.append(db)
        return True

    monkeypatch.setattr(readiness, "FRESH", 3600)  # thirty answers may take a slow machine longer than a second
    monkeypatch.setattr(readiness, "_is_current", look)
    client = doors.client()
    answers = await asyncio.gather(*(client.get("/readyz") for _ in range(30)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(looks) == 1


async def test_a_database_of_another_version_is_noticed_within_a_second(doors: Doors) -> None:
    client = doors.client()
    assert (await client.get("/readyz")).status_code == 200

    def unstamp(db: Connection) -> None:
        db.execute(text("UPDATE alembic_version SET version_num = '0001_ground'"))

    await doors.store.write(unstamp)
    await asyncio.sleep(FRESH)
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:parley:problem:unreachable")
    assert "parley migrate" in answer.json()["detail"]


async def test_figures_need_their_right(doors: Doors) -> None:
    assert (await doors.client().get("/metrics")).status_code == 401
    assert (await (await doors.api(doors.cast.olga)).get("/metrics")).status_code == 403
    answer = await (await doors.api(doors.cast.ada)).get("/metrics")
    assert answer.status_code == 200
    assert "parley_live_connections" in answer.text


async def test_a_database_that_is_away_at_the_start_is_waited_for(
    tmp_path: Path, clock: SettableClock, cluster: Cluster
) -> None:
    """Until it comes, everything but health is refused with 503; then it serves, without a restart."""
    name = "comes_later"
    app = create_app(Settings(data=tmp_path, database=cluster.url(name)), clock=clock)
    async with running(app), _client(app) as client:
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/readyz")).status_code == 503
        assert (await client.get("/api/v1/me", headers={"Authorization": "Bearer x"})).status_code == 503
        assert (await client.get("/signin")).status_code == 503
        cluster.create(name)
        await asyncio.wait_for(app.state.readiness.wait(), 20)
        assert (await client.get("/readyz")).status_code == 200
        assert (await client.get("/signin")).status_code == 200
    cluster.drop(name)


async def test_another_key_than_the_databases_is_said_and_nothing_is_served(
    settings: Settings, clock: SettableClock
) -> None:
    async with running(create_app(settings, clock=clock)):
        pass
    (settings.data / "secret.key").unlink()
    with pytest.raises(WrongKey, match="PARLEY_SECRET_KEY"):
        get_ready(settings.database, keyring(settings.data, written=None))
    app = create_app(settings, clock=clock)
    async with running(app), _client(app) as client:
        answer = await client.get("/readyz")
        assert answer.status_code == 503
        assert "another key" in answer.json()["detail"]


def _client(app: Litestar) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)  # type: ignore[arg-type]
    return httpx.AsyncClient(transport=transport, base_url="http://localhost:8080")
