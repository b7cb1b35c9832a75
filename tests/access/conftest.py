"""A context for every test: cheap hashing, and letters that stay here."""

from collections.abc import AsyncIterator

import pytest

from parley.access import Context, Hasher
from parley.ground.db import Store
from parley.settings import Settings
from tests.access.letters import Letters
from tests.clock import SettableClock


@pytest.fixture
def letters() -> Letters:
    """What was mailed."""
    return Letters()


@pytest.fixture
async def context(store: Store, settings: Settings, clock: SettableClock, letters: Letters) -> AsyncIterator[Context]:
    """What the verbs of `access` work with, on this test's database."""
    context = Context(store, settings=settings, mailer=letters, hasher=Hasher(memory_kib=8, rounds=1), clock=clock)
    yield context
    await context.close()
