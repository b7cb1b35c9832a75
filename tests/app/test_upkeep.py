"""What the application does by itself, so that the database does not grow for ever."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from parley.app import create_app, upkeep
from parley.ground.db import Connection, Store
from parley.ground.facts import facts, tell
from parley.people.facts import AccountCreated
from parley.settings import Settings
from tests.clock import SettableClock
from tests.doors import running


@pytest.fixture
async def old(store: Store, clock: SettableClock) -> list[int]:
    """Seven facts, each 100 days after the one before, the last of them of today."""
    for number in range(7):
        await store.write(_told, number, at=clock() - timedelta(days=100 * (6 - number)))
    return await store.read(_written)


def _told(db: Connection, number: int, *, at: datetime) -> None:
    tell(db, AccountCreated(account=1, subject=number, actor=None, at=at, name="Harbor"))


def _written(db: Connection) -> list[int]:
    return list(db.execute(select(facts.c.subject).order_by(facts.c.position)).scalars())


async def test_facts_older_than_they_are_kept_are_forgotten_while_the_app_runs(
    *, settings: Settings, store: Store, clock: SettableClock, old: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "AT_ONCE", 1)
    async with running(create_app(settings, clock=clock)), asyncio.timeout(20):
        while len(kept := await store.read(_written)) > 5:  # noqa: ASYNC110 (another process would look, too)
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.3)
        assert kept == await store.read(_written) == old[2:]


async def test_facts_can_be_kept_for_ever(
    settings: Settings, store: Store, clock: SettableClock, old: list[int]
) -> None:
    async with running(create_app(replace(settings, facts_keep=timedelta()), clock=clock)):
        await asyncio.sleep(0.3)
        assert await store.read(_written) == old
