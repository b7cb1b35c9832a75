"""The doors on SQLite: reads inline on the event loop, writes through one thread with group commit."""

import asyncio
import logging
import queue
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from parley.ground import metrics
from parley.ground.db.engines import sqlite_engine, transaction
from parley.ground.db.refusal import refusal
from parley.ground.db.store import STOPPING, Store
from parley.ground.db.writer import Job, Outcome, Writer
from parley.ground.faults import Unreachable

P = ParamSpec("P")
T = TypeVar("T")

SLOW_READ = 0.020
"""An inline read that takes longer than this (seconds) is logged with its verb."""

SLOW_READS = metrics.Counter(
    "parley_slow_inline_reads", "Reads that held up the event loop", ["verb"], registry=metrics.registry
)

_LONG_READERS = 2

_log = logging.getLogger("parley.store")


class SqliteStore(Store):
    """A SQLite file, open. One event loop owns it."""

    dialect = "sqlite"

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._inline = sqlite_engine(file)
        self._long = sqlite_engine(file, connections=_LONG_READERS)
        self._long_threads = ThreadPoolExecutor(_LONG_READERS, thread_name_prefix="parley-read")
        self._reader: Connection | None = None
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._writer = Writer(file, self._queue)
        self._closed = False

    async def start(self) -> None:
        """Start the writer thread, which also notices other processes' commits."""
        self._writer.start(asyncio.get_running_loop(), settle=self._settle, others=partial(self._news, None))

    async def close(self) -> None:
        """Finish the writes that were handed in, then close every connection. Later writes are refused."""
        self._closed = True
        self._queue.put(None)
        await asyncio.to_thread(self._writer.join)
        await asyncio.sleep(0)  # the last group settles by a callback on this loop
        self._drop_reader()
        self._long_threads.shutdown()
        for engine in (self._inline, self._long):
            engine.dispose()

    async def read(self, verb: Callable[Concatenate[Connection, P], T], /, *args: P.args, **named: P.kwargs) -> T:
        """Run the verb here and now: on a warm cache a read costs less than handing it to a thread."""
        self._need_open()
        began = time.perf_counter()
        try:
            if self._reader is None:
                self._reader = self._inline.connect()
            with transaction(self._reader):
                value = verb(self._reader, *args, **named)
        except (DBAPIError, sqlite3.Error) as fault:
            self._drop_reader()
            raise refusal(fault) from fault
        took = time.perf_counter() - began
        if took > SLOW_READ:
            SLOW_READS.labels(_name(verb)).inc()
            _log.warning("slow inline read", extra={"verb": _name(verb), "milliseconds": round(took * 1000)})
        return value

    async def read_long(self, verb: Callable[Concatenate[Connection, P], T], /, *args: P.args, **named: P.kwargs) -> T:
        """Run the verb in a thread, on a connection of its own."""
        self._need_open()
        work = partial(_read, self._long, lambda db: verb(db, *args, **named))
        return await asyncio.get_running_loop().run_in_executor(self._long_threads, work)

    async def write(self, verb: Callable[Concatenate[Connection, P], T], /, *args: P.args, **named: P.kwargs) -> T:
        """Hand the verb to the writer thread; it shares its durable commit with all that wait."""
        self._need_open()
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put(Job(lambda db: verb(db, *args, **named), future))
        return await future

    def _need_open(self) -> None:
        if self._closed:
            raise Unreachable(STOPPING)

    def _settle(self, outcomes: list[Outcome], types: frozenset[str]) -> None:
        if types:
            self._news(types)
        for outcome in outcomes:
            outcome.hand_over()

    def _drop_reader(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None


def _read(engine: Engine, verb: Callable[[Connection], T]) -> T:
    try:
        with engine.connect() as db, transaction(db):
            return verb(db)
    except (DBAPIError, sqlite3.Error) as fault:
        raise refusal(fault) from fault


def _name(verb: Callable[..., object]) -> str:
    return f"{getattr(verb, '__module__', '?')}.{getattr(verb, '__qualname__', repr(verb))}"
