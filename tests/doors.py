"""The application's doors: every route of it, called in this process, as anybody."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import msgspec
from litestar import Litestar

from parley import access
from parley.app import create_app
from parley.ground.db import Store
from parley.people import Caller
from parley.settings import Settings
from tests.cast import Cast, cast_of
from tests.clock import SettableClock


class Doors:
    """`cast` are the people; `await doors.api(cast.olga)` is a client with a token in somebody's name."""

    def __init__(self, app: Litestar, cast: Cast, clock: SettableClock) -> None:
        self.app = app
        self.cast = cast
        self.clock = clock
        self.store: Store = app.state.store
        self._clients: list[httpx.AsyncClient] = []

    def client(self, **headers: str) -> httpx.AsyncClient:
        """Return a client with these headers; without any, a stranger's browser."""
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)  # type: ignore[arg-type]
        client = httpx.AsyncClient(transport=transport, base_url=self.app.state.settings.url, headers=headers)
        self._clients.append(client)
        return client

    async def api(self, caller: Caller, *, scopes: frozenset[str] | None = None) -> httpx.AsyncClient:
        """Return a client with a token of this person: for all that their role may do, or for these scopes."""
        assert caller.person is not None
        _, secret = await self.store.write(
            access.create_token,
            by=caller,
            person=caller.person,
            name="Test",
            scopes=caller.scopes if scopes is None else scopes,
            expires_at=None,
            now=self.clock(),
        )
        return self.client(Authorization=f"Bearer {secret}")

    async def close(self) -> None:
        """Close every client."""
        for client in self._clients:
            await client.aclose()


@asynccontextmanager
async def open_doors(settings: Settings, clock: SettableClock) -> AsyncIterator[Doors]:
    """Start the application on these settings, with the cast in its database."""
    app = create_app(settings, clock=clock)
    async with running(app):
        doors = Doors(app, await cast_of(app.state.store, now=clock()), clock)
        yield doors
        await doors.close()


@asynccontextmanager
async def running(app: Litestar) -> AsyncIterator[None]:
    """Keep the application started, in a task of its own: its lifespan must end in the task that it began in."""
    started, stop = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with app.lifespan():
            started.set()
            await stop.wait()

    life = asyncio.create_task(live())
    begun = asyncio.create_task(started.wait())
    await asyncio.wait([life, begun], return_when=asyncio.FIRST_COMPLETED)
    begun.cancel()
    try:
        if not life.done():
            yield
    finally:
        stop.set()
        await life


def field_errors(answer: httpx.Response) -> dict[str, str]:
    """Return what a problem document says about each wrong field."""
    document: dict[str, Any] = msgspec.json.decode(answer.content)
    return {error["field"]: error["detail"] for error in document["errors"]}
