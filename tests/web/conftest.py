"""A server that nobody has set up yet."""

from collections.abc import AsyncIterator

import pytest
from litestar import Litestar

from parley.app import create_app
from parley.settings import Settings
from tests.clock import SettableClock
from tests.doors import running


@pytest.fixture
async def fresh_app(settings: Settings, clock: SettableClock) -> AsyncIterator[Litestar]:
    """The application, started, with nobody in its database."""
    app = create_app(settings, clock=clock)
    async with running(app):
        yield app
