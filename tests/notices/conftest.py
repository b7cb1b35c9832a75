"""What tests of notices may ask for: an office, and a mail server."""

from collections.abc import Iterator

import pytest

from parley.ground.db import Store
from tests.cast import cast_of
from tests.clock import SettableClock
from tests.notices.office import Office
from tests.postbox import Postbox, running_postbox


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with running_postbox() as box:
        yield box


@pytest.fixture
async def office(store: Store, clock: SettableClock, postbox: Postbox) -> Office:
    office = Office(store, clock, await cast_of(store, now=clock()), postbox)
    await office.writer.hear()
    return office
