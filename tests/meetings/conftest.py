"""An office with its cast."""

import pytest

from parley.ground.db import Store
from tests.cast import cast_of
from tests.clock import SettableClock
from tests.meetings.office import Office


@pytest.fixture
async def office(store: Store, clock: SettableClock) -> Office:
    return Office(store, clock, await cast_of(store, now=clock()))
