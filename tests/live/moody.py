"""A store that sometimes cannot be reached, for tests of what happens then."""

import asyncio
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from parley.ground.db import Connection, Store
from parley.ground.faults import StorageFull, Unreachable

P = ParamSpec("P")
T = TypeVar("T")


class MoodyStore(Store):
    """Passes everything on to a real store, unless it is `away`; says what was written only when it is `prompt`."""

    def __init__(self, real: Store) -> None:
        super().__init__()
        self.away = False
        self.closed = False
        """Whether it can be read, but not written."""

        self.fault: Exception | None = None
        """What it raises, whatever it is asked: something that nobody thought of."""

        self.prompt = asyncio.Event()
        self.prompt.set()
        self._real = real

    async def read(self, verb: Callable[Concatenate[Connection, P], T], /, *args: P.args, **named: P.kwargs) -> T:
        self._refuse()
        return await self._real.read(verb, *args, **named)

    async def read_long(self, verb: Callable[Concatenate[Connection, P], T], /, *args: P.args, **named: P.kwargs) -> T:
        return await self.read(verb, *args, **named)

    async def write(self, verb: Callable[Concatenate[Connection, P], T], /, *args: P.args, **named: P.kwargs) -> T:
        self._refuse()
        if self.closed:
            raise StorageFull("The disk of the server is full.")
        written = await self._real.write(verb, *args, **named)
        await self.prompt.wait()
        return written

    async def start(self) -> None:
        """The real store was started by whoever opened it."""

    async def close(self) -> None:
        """The real store is closed by whoever opened it."""

    def _refuse(self) -> None:
        if self.fault is not None:
            raise self.fault
        if self.away:
            raise Unreachable("The database cannot be reached just now.")
