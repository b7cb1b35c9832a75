"""A session that people come to over real sockets, on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from parley.ground.clock import utc_now
from parley.ground.db import Store
from parley.live.rules import Rules
from tests.cast import Cast, cast_of
from tests.live.serving import PATIENT, Scene, serving
from tests.sessions.stage import open_at


@pytest.fixture
async def cast(store: Store) -> Cast:
    return await cast_of(store, now=utc_now())


@pytest.fixture
def rules() -> Rules:
    """The times of the protocol; a module with little patience overrides them."""
    return PATIENT


@pytest.fixture
async def scene(store: Store, cast: Cast, tmp_path: Path, rules: Rules) -> AsyncIterator[Scene]:
    session = await store.write(open_at, host=cast.olga, cohosts=[cast.otto], now=utc_now())
    async with serving(store, tmp_path, rules) as port:
        yield Scene(store, cast, session, port)
