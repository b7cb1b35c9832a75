"""The doors on PostgreSQL: verbs in worker threads on pooled connections, serializable, repeated when they collide."""

import asyncio
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Concatenate, ParamSpec, TypeVar

import psycopg
from sqlalchemy import Connection, Engine, exc, text

from parley.ground.db.engines import postgres_engine
from parley.ground.db.listener import CHANNEL, Listener
from parley.ground.db.store import STOPPING, Store, fact_types
from parley.ground.faults import StorageFull, Unreachable
from parley.ground.words import N_

P = ParamSpec("P")
T = TypeVar("T")

CONNECTIONS = 8
ATTEMPTS = 12
"""How often a write that collides with another is tried before it gives up."""

_AWAY = N_("The database cannot be reached just now. Please try again.")


class PostgresStore(Store):
    """A PostgreSQL database, open. One event loop owns it."""

    dialect = "postgresql"

    def __init__(self, url: str, *, connections: int = CONNECTIONS) -> None:
        super().__init__()
        self._engine = postgres_engine(url, connections=connections)
        self._reads = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._writes = self._engine.execution_options(isolation_level="SERIALIZABLE")
        self._threads = ThreadPoolExecutor(connections, thread_name_prefix="parley-db")
        self._closed = False
        self._listener = Listener(self._engine, tell=self._wake)

    async def start(self) -> None:
        """Start listening for other processes' commits."""
        self._loop = asyncio.get_running_loop()
        self._listener.start()

    async def close(self) -> None:
        """Finish what runs, then close every connection."""
        self._closed = True
        await asyncio.to_thread(self._threads.shutdown)
        await asyncio.to_thread(self._listener.stop)
        self._engine.dispose()

    async def read(self, verb: Callable[Concatenate[Connection, P], T], /, *args: P.args, **named: P.kwargs) -> T:
        """Run the verb in a worker thread, in a read-only snapshot."""
        value, _ = await self._in_thread(self._reads, lambda db: verb(db, *args, **named))
        return value

    read_long = read

    async def write(self, verb: Callable[Concatenate[Connection, P], T], /, *args: P.args, **named: P.kwargs) -> T:
        """Run the verb in a worker thread, as if alone."""
        value, types = await self._in_thread(self._writes, lambda db: verb(db, *args, **named))
        if types:
            self._news(types)
        return value

    async def _in_thread(self, engine: Engine, verb: Callable[[Connection], T]) -> tuple[T, frozenset[str]]:
        if self._closed:
            raise Unreachable(STOPPING)
        return await asyncio.get_running_loop().run_in_executor(self._threads, _run, engine, verb)

    def _wake(self, types: frozenset[str] | None) -> None:
        """Hand what another process announced to the loop."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._news, types)


def _run(engine: Engine, verb: Callable[[Connection], T]) -> tuple[T, frozenset[str]]:
    """Run the verb in a transaction and commit it, again when it collides; in a worker thread."""
    attempt = 0
    while True:
        attempt += 1
        committing = False
        try:
            with engine.connect() as db:
                fact_types(db).clear()
                with db.begin():
                    value = verb(db)
                    types = frozenset(fact_types(db))
                    if types:
                        db.execute(_NOTIFY, {"channel": CHANNEL, "types": " ".join(sorted(types))})
                    committing = True
                return value, types
        except exc.DBAPIError as fault:
            if not _again(fault, committing=committing, attempt=attempt):
                raise _refusal(fault) from fault
            time.sleep(random.uniform(0, 0.002) * 2 ** min(attempt, 7))  # noqa: S311 (not a secret)


_NOTIFY = text("SELECT pg_notify(:channel, :types)")


def _again(fault: exc.DBAPIError, *, committing: bool, attempt: int) -> bool:
    """Tell whether to run the verb once more: it collided, or its connection was stale before it committed."""
    if attempt >= ATTEMPTS:
        return False
    if isinstance(fault.orig, psycopg.errors.SerializationFailure | psycopg.errors.DeadlockDetected):
        return True
    return fault.connection_invalidated and not committing and attempt == 1


def _refusal(fault: exc.DBAPIError) -> Exception:
    original = fault.orig
    if isinstance(original, psycopg.errors.DiskFull):
        return StorageFull(N_("The disk of the server is full. Nothing was stored; please tell the administrator."))
    collided = isinstance(original, psycopg.errors.SerializationFailure | psycopg.errors.DeadlockDetected)
    if collided or fault.connection_invalidated or isinstance(original, psycopg.OperationalError):
        return Unreachable(_AWAY)
    return fault
