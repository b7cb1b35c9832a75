"""Chromium: one for each test worker, in it a fresh profile for each person that a test asks for."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Playwright, async_playwright, expect

from tests.browser.chromium import FAKE_DEVICES, launch
from tests.browser.meeting import PATIENCE, Host
from tests.server import Server, serving

HERE = Path(__file__).parent

expect.set_options(timeout=PATIENCE * 1000)

Person = Callable[..., Awaitable[BrowserContext]]
"""`await person(locale="de", color_scheme="dark", …)`: somebody's browser, with nothing in it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All browser tests of a worker share an event loop, because they share a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def playwright() -> AsyncIterator[Playwright]:
    async with async_playwright() as playwright:
        yield playwright


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium(playwright: Playwright) -> AsyncIterator[Browser]:
    """A running Chromium, whose camera and microphone are made up."""
    browser = await launch(playwright, *FAKE_DEVICES)
    yield browser
    await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def person(chromium: Browser) -> AsyncIterator[Person]:
    """Open a browser for another person; all are closed at the end of the test."""
    async with AsyncExitStack() as people:

        async def open_browser(**about: Any) -> BrowserContext:  # noqa: ANN401 (what Playwright takes)
            context = await chromium.new_context(**about)
            context.set_default_timeout(PATIENCE * 1000)
            people.push_async_callback(context.close)
            return context

        yield open_browser


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """A real server in a process of its own, on a database of its own."""
    with serving(tmp_path, database=database_url) as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def host(server: Server) -> AsyncIterator[Host]:
    """The administrator of an account on that server."""
    host = await Host.move_in(server)
    yield host
    await host.close()
