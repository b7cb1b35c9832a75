"""The one writer of a SQLite file: a thread that commits all that wait in one durable transaction.

Each verb runs in a savepoint of the group's transaction, so that one that fails takes nothing with it. A full disk
undoes the *whole* transaction at once, silently for whoever comes next; so after each verb the writer looks whether
the transaction still stands. If not, nobody of the group was told yet: each verb is run again alone.
"""

import asyncio
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, exc

from parley.ground.db.engines import sqlite_engine, transaction
from parley.ground.db.refusal import is_sqlite, refusal
from parley.ground.db.store import fact_types

GROUP = 256
"""How many verbs may share one commit."""

GROUP_SECONDS = 0.05
"""A group is committed at the latest after this much work."""

POLL_SECONDS = 0.2
"""How often an idle writer looks for other processes' commits."""

Settle = Callable[[list["Outcome"], frozenset[str]], None]


class Job:
    """A verb with everything but its connection, and the future that its caller awaits."""

    __slots__ = ("future", "verb")

    def __init__(self, verb: Callable[[Connection], Any], future: asyncio.Future[Any]) -> None:
        self.verb = verb
        self.future = future


class Outcome:
    """What became of a job: its value, or the exception that it raised."""

    __slots__ = ("future", "raised", "value")

    def __init__(self, future: asyncio.Future[Any], *, value: Any = None, raised: BaseException | None = None) -> None:  # noqa: ANN401
        self.future = future
        self.value = value
        self.raised = raised

    def hand_over(self) -> None:
        """Tell the caller, unless it went away; on the event loop."""
        if self.future.done():
            return
        if self.raised is None:
            self.future.set_result(self.value)
        else:
            self.future.set_exception(self.raised)


class _Undone(Exception):
    """The group's transaction is gone: nothing of the group was stored."""


class Writer:
    """The thread, its connection and its queue. `None` in the queue ends it."""

    def __init__(self, file: Path, jobs: "queue.SimpleQueue[Job | None]") -> None:
        self._engine = sqlite_engine(file)
        self._jobs = jobs
        self._db: Connection | None = None
        self._version: int | None = None
        self._thread = threading.Thread(target=self._run, name="parley-write", daemon=True)

    def start(self, loop: asyncio.AbstractEventLoop, *, settle: Settle, others: Callable[[], None]) -> None:
        """Start the thread; `settle` and `others` (another process committed) are called on the loop."""
        self._loop = loop
        self._settle = settle
        self._others = others
        self._thread.start()

    def join(self) -> None:
        """Wait until the thread has done what was handed in and closed its connection."""
        if self._thread.ident is not None:
            self._thread.join()
        self._engine.dispose()

    def _run(self) -> None:
        running = True
        while running:
            try:
                first = self._jobs.get(timeout=POLL_SECONDS)
            except queue.Empty:
                self._look_for_others()
                continue
            if first is None:
                break
            running = self._group(first)
        self._drop_connection()

    def _group(self, first: Job) -> bool:
        """Run and commit what waits, beginning with `first`; False when the end of the queue was met."""
        jobs: list[Job] = []
        try:
            outcomes, types, more = self._together(first, jobs)
        except Exception as undone:  # noqa: BLE001 (the thread must outlive whatever happens to one group)
            self._recover(undone)
            self._one_by_one([job for job in jobs if job is not _END])
            return jobs[-1] is not _END
        self._call(self._settle, outcomes, types)
        return more

    def _together(self, first: Job, jobs: list[Job]) -> tuple[list[Outcome], frozenset[str], bool]:
        """Run verbs in one transaction until nobody waits; `jobs` collects them as they are taken."""
        outcomes: list[Outcome] = []
        jobs.append(first)
        db = self._connection()
        until = time.monotonic() + GROUP_SECONDS
        with transaction(db, begin="BEGIN IMMEDIATE"):
            self._look_for_others()
            fact_types(db).clear()
            while True:
                outcomes.append(_in_savepoint(db, jobs[-1]))
                if len(jobs) >= GROUP or time.monotonic() > until:
                    return outcomes, frozenset(fact_types(db)), True
                try:
                    following = self._jobs.get_nowait()
                except queue.Empty:
                    return outcomes, frozenset(fact_types(db)), True
                if following is None:
                    jobs.append(_END)
                    return outcomes, frozenset(fact_types(db)), False
                jobs.append(following)

    def _one_by_one(self, jobs: list[Job]) -> None:
        """Run each verb in a transaction of its own: what fits is stored, what does not gets its own refusal."""
        for job in jobs:
            try:
                db = self._connection()
                with transaction(db, begin="BEGIN IMMEDIATE"):
                    fact_types(db).clear()
                    outcome = _in_savepoint(db, job)
                self._call(self._settle, [outcome], frozenset(fact_types(db)))
            except Exception as undone:  # noqa: BLE001
                cause = self._recover(undone)
                self._call(self._settle, [Outcome(job.future, raised=refusal(cause))], frozenset())

    def _recover(self, undone: Exception) -> BaseException:
        """Return what undid a transaction; the connection is kept only where it is known to be sound."""
        cause = undone.__cause__ or undone
        if not is_sqlite(cause, "SQLITE_FULL"):
            self._drop_connection()
        return cause

    def _connection(self) -> Connection:
        if self._db is None:
            self._db = self._engine.connect()
        return self._db

    def _drop_connection(self) -> None:
        if self._db is not None:
            self._db.invalidate()
            self._db.close()
            self._db = None
            self._version = None

    def _look_for_others(self) -> None:
        """A connection's `PRAGMA data_version` changes when *another* connection committed; it costs microseconds."""
        try:
            raw: Any = self._connection().connection.driver_connection
            (version,) = raw.execute("PRAGMA data_version").fetchone()
        except (sqlite3.Error, exc.SQLAlchemyError):
            self._drop_connection()
            return
        if self._version is not None and version != self._version:
            self._call(self._others)
        self._version = version

    def _call(self, function: Callable[..., None], *args: object) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(function, *args)


_END = Job(lambda _db: None, None)  # type: ignore[arg-type]


def _in_savepoint(db: Connection, job: Job) -> Outcome:
    """Run one verb; what it raises is its own outcome, unless the whole transaction went with it."""
    before = set(fact_types(db))
    raw: Any = db.connection.driver_connection
    raw.execute("SAVEPOINT verb")
    try:
        outcome = Outcome(job.future, value=job.verb(db))
    except BaseException as fault:
        if not raw.in_transaction or is_sqlite(fault, "SQLITE_FULL", "SQLITE_IOERR"):
            raise _Undone from fault
        raw.execute("ROLLBACK TO verb")
        fact_types(db).clear()
        fact_types(db).update(before)
        outcome = Outcome(job.future, raised=fault)
    if not raw.in_transaction:
        raise _Undone
    raw.execute("RELEASE verb")
    return outcome
