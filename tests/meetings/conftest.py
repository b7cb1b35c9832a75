"""An office with its cast."""

import pytest

from parley.ground.db import Store
from tests.cast import cast_of
from tests.clock import SettableClock
from tests.doors import Doors
from tests.meetings.joining import Joining
from tests.meetings.office import Office


@pytest.fixture
async def office(store: Store, clock: SettableClock) -> Office:
    return Office(store, clock, await cast_of(store, now=clock()))


@pytest.fixture
async def joining(doors: Doors) -> Joining:
    """A meeting of Olga's with Otto as co-organizer."""
    return Joining(doors, await doors.api(doors.cast.olga))
