"""A server of live sessions in this process: uvicorn, a hub, and a session to come to."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path

import msgspec
import uvicorn
from litestar import Litestar

from parley.ground.clock import utc_now
from parley.ground.db import Connection, Store
from parley.live import Hub, Transport, issue_seat
from parley.live.api import live_socket
from parley.live.rules import Rules
from parley.people import Caller
from parley.sessions import Participation, RoomRole, Session, enter, participations_of
from parley.settings import Settings
from tests.cast import Cast
from tests.live.client import Client
from tests.postgres import free_port

FAST = Rules(
    tick_interval=timedelta(milliseconds=20),
    heartbeat_interval=timedelta(milliseconds=250),
    silence_timeout=timedelta(milliseconds=1500),
    seat_timeout=timedelta(milliseconds=1000),
    hello_timeout=timedelta(milliseconds=1500),
    close_timeout=timedelta(milliseconds=500),
)
"""The protocol's times, many times as fast."""

PATIENT = Rules(tick_interval=timedelta(milliseconds=20))
"""The protocol's times: nothing runs out while a test looks on."""


class Scene(msgspec.Struct, frozen=True):
    """A session of Olga's, and the server at which people come to it."""

    store: Store
    cast: Cast
    session: Session
    port: int

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/live/v1"

    def client(self) -> Client:
        return Client(self.url)

    async def seat(
        self,
        who: Caller | str,
        role: RoomRole = RoomRole.ATTENDEE,
        *,
        publishes: bool = True,
        waits: bool = False,
    ) -> str:
        """Let in a user, or a guest by name; return their token. With one that `waits`, a host has to let them in."""
        return await self.store.write(_admit, self.session, who, role=role, publishes=publishes, waits=waits)

    async def host(self) -> str:
        return await self.seat(self.cast.olga, RoomRole.HOST)

    async def record(self) -> dict[str, Participation]:
        """Return everybody with their stays, by name."""
        everybody = await self.store.read(participations_of, self.session.id, by=self.cast.olga)
        return {one.participant.name: one for one in everybody}


def _admit(db: Connection, session: Session, who: Caller | str, *, role: RoomRole, publishes: bool, waits: bool) -> str:
    person, name = (None, who) if isinstance(who, str) else (who.person, who.name)
    now = utc_now()
    participant = enter(db, session.id, person=person, name=name, role=role, waits=waits, now=now)
    issued = issue_seat(
        db,
        session=session.id,
        account=session.account,
        participant=participant.id,
        person=person,
        name=name,
        role=role,
        publishes=publishes,
        waits=participant.admitted_at is None,
        now=now,
    )
    return issued.token


async def recorded(scene: Scene, name: str, wanted: Callable[[Participation], bool]) -> Participation:
    """Return what the record says of somebody once it is as wanted."""
    async with asyncio.timeout(5):
        while True:
            found = (await scene.record())[name]
            if wanted(found):
                return found
            await asyncio.sleep(0.01)


class Server(uvicorn.Server):
    """A uvicorn that leaves the signals to the tests, and says when it is open."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.open = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.open.set()


def live_app(store: Store, folder: Path, rules: Rules, *, port: int, wait: bool = True) -> Litestar:
    """Return an application of live sessions only; its hub lives as long as it does."""
    hub = Hub(store, utc_now, Settings(data=folder, port=port, url=f"http://127.0.0.1:{port}"), rules=rules)

    @asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        await hub.start()
        if wait:
            await hub.ready()
        yield
        await hub.stop()

    return Litestar([live_socket(hub)], lifespan=[lifespan], openapi_config=None)


def server_config(app: Litestar, port: int) -> uvicorn.Config:
    """Return how `serve` runs uvicorn."""
    return uvicorn.Config(
        app, host="127.0.0.1", port=port, ws=Transport, lifespan="on", log_config=None, timeout_graceful_shutdown=3
    )


@asynccontextmanager
async def serving(store: Store, folder: Path, rules: Rules, *, wait: bool = True) -> AsyncIterator[int]:
    """Serve in this process until the end of the block, at the port that is yielded."""
    port = free_port()
    server = Server(server_config(live_app(store, folder, rules, port=port, wait=wait), port))
    task = asyncio.create_task(server.serve())
    await server.open.wait()
    yield port
    server.should_exit = True
    await task
