"""The scribe of a room: writes its records in order, those that wait together in one transaction."""

import asyncio

from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.faults import Fault
from parley.ground.log import get_logger
from parley.live.effects import KeepDeparture, Record
from parley.live.keep import keep
from parley.sessions import Message

TOGETHER = 100
"""How many records go into one transaction."""

_PAUSE = 1.0
_log = get_logger("parley.live")

Waiting = tuple[Record, asyncio.Future[Message | None]]


class Scribe:
    """Takes records and says when they are durable. A departure is tried until it is written: it is evidence."""

    def __init__(self, store: Store, *, node: str, clock: Clock) -> None:
        self._store = store
        self._node = node
        self._clock = clock
        self._waiting: list[Waiting] = []
        self._due = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._task = asyncio.create_task(self._run())

    def keep(self, record: Record) -> asyncio.Future[Message | None]:
        """Return a future of the record's being durable; it raises what refused it, or why it cannot be written now."""
        future: asyncio.Future[Message | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((record, future))
        self._idle.clear()
        self._due.set()
        return future

    async def stop(self, *, at_most: float) -> None:
        """Write what waits, and end."""
        try:
            async with asyncio.timeout(at_most):
                await self._idle.wait()
        except TimeoutError:
            _log.error("the record is not complete; it will be reconciled", records=len(self._waiting))
        self._task.cancel()

    async def _run(self) -> None:
        while True:
            await self._due.wait()
            if not await self._write(self._waiting[:TOGETHER]):
                await asyncio.sleep(_PAUSE)
            if not self._waiting:
                self._due.clear()
                self._idle.set()

    async def _write(self, batch: list[Waiting]) -> bool:
        """Write some records and tell those who wait; False when the database cannot be written now."""
        records = [record for record, _ in batch]
        again: list[Waiting] = []
        try:
            outcomes = await self._store.write(keep, records, node=self._node, now=self._clock())
        except Fault as fault:
            again = [waiting for waiting in batch if isinstance(waiting[0], KeepDeparture)]
            outcomes = [fault for _ in batch]
        except Exception as fault:  # noqa: BLE001 (whatever it is, those who wait must hear of it)
            _log.exception("records were refused", records=[type(record).__name__ for record in records])
            outcomes = [fault for _ in batch]
        self._waiting[: len(batch)] = again
        for waiting, outcome in zip(batch, outcomes, strict=True):
            if waiting not in again:
                _settle(waiting[1], outcome)
        return not again


def _settle(future: asyncio.Future[Message | None], outcome: Message | Exception | None) -> None:
    if future.done():
        return
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
