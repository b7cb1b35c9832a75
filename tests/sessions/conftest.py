"""A cast, and a session of Olga's in which nobody is yet."""

import pytest

from parley.ground.db import Store
from tests.cast import Cast, cast_of
from tests.clock import SettableClock
from tests.sessions.stage import Stage, open_at


@pytest.fixture
async def cast(store: Store, clock: SettableClock) -> Cast:
    return await cast_of(store, now=clock())


@pytest.fixture
async def stage(store: Store, clock: SettableClock, cast: Cast) -> Stage:
    session = await store.write(open_at, host=cast.olga, cohosts=[cast.otto], now=clock())
    return Stage(store, clock, cast, session)
