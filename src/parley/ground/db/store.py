"""What both databases' doors have in common: their shape, and waking those who wait for news.

A verb is plain sync code, `verb(db, …)`, handed a connection inside a transaction; it never commits. The doors decide
where it runs: `read` and `write`, and nothing else does. On both databases a verb sees one state of the data, and
writes behave as if they ran one after another. **A verb may be run twice** (a full disk undoes a whole group, a
serialization failure undoes one), so that its only effects are in the database.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Connection

from parley.ground.words import N_

P = ParamSpec("P")
T = TypeVar("T")
Watcher = Callable[[frozenset[str] | None], None]

STOPPING = N_("Parley is stopping. Please try again in a moment.")
_FACT_TYPES = "parley.fact_types"


def fact_types(db: Connection) -> set[str]:
    """Return the types of the facts told in this transaction so far, to be added to."""
    types: set[str] = db.info.setdefault(_FACT_TYPES, set())
    return types


class Store(ABC):
    """An open database. `async with` starts and stops what it needs; `read` and `write` are the two doors."""

    dialect: str
    """`sqlite` or `postgresql`."""

    def __init__(self) -> None:
        self.commits = 0
        """How many commits with facts (or of other processes) were noticed; changes when there may be news."""
        self._watchers: list[Watcher] = []
        self._waiting: list[asyncio.Future[None]] = []

    @abstractmethod
    async def read(self, verb: Callable[Concatenate[Connection, P], T], /, *args: P.args, **named: P.kwargs) -> T:
        """Run a verb that only reads, in a snapshot. Raises `Unreachable` when the database is away."""

    @abstractmethod
    async def read_long(self, verb: Callable[Concatenate[Connection, P], T], /, *args: P.args, **named: P.kwargs) -> T:
        """Run a verb that reads for more than 20 ms, where it does not hold up the event loop."""

    @abstractmethod
    async def write(self, verb: Callable[Concatenate[Connection, P], T], /, *args: P.args, **named: P.kwargs) -> T:
        """Run a verb that writes, and return when its changes are durable.

        Raises what the verb raises (then nothing of it was stored), `StorageFull` when the disk is full, and
        `Unreachable` when the database is away.
        """

    @abstractmethod
    async def start(self) -> None:
        """Begin to serve; does not need the database to answer yet."""

    @abstractmethod
    async def close(self) -> None:
        """Finish what was begun and let go of the database."""

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Call `watcher(types)` on the event loop after each commit that told facts; return how to stop.

        In this process it is called before the writer's `write` returns, with the types of the facts told. For
        commits of other processes `types` is None where they are not known. It is a hint: the facts themselves are
        read by `parley.ground.facts.after`.
        """
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    async def changed(self, since: int, *, at_most: float) -> None:
        """Return when `commits` is no longer `since`, or after `at_most` seconds."""
        if self.commits != since:
            return
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(waiting, at_most)
        finally:
            with suppress(ValueError):
                self._waiting.remove(waiting)

    def _news(self, types: frozenset[str] | None) -> None:
        """Wake everybody who waits; on the event loop."""
        self.commits += 1
        for watcher in tuple(self._watchers):
            watcher(types)
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)
