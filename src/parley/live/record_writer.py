"""The record writer of a room: writes its records in order, those that wait together in one transaction."""

import asyncio
from collections.abc import Sequence

from sqlalchemy.exc import TimeoutError as NoConnection

from parley.ground.clock import Clock
from parley.ground.db import STOPPING, Store
from parley.ground.faults import StorageFull, Unreachable
from parley.ground.log import get_logger
from parley.live.effects import Record, RecordAway, RecordDeparture
from parley.live.write_records import Outcome, write_records
from parley.sessions import Message

TOGETHER = 100
"""How many records go into one transaction."""

_PASSING = (Unreachable, StorageFull, NoConnection)
"""Why the database cannot be written just now; anything else would happen again."""

_PAUSE = 1.0
_log = get_logger("parley.live")

Waiting = tuple[Record, asyncio.Future[Message | None]]


class RecordWriter:
    """Takes records and says when they are durable.

    Who is away or gone is evidence: it is tried until it is written, unless the database will never take it. A record
    that it will never take is refused alone.
    """

    def __init__(self, store: Store, *, node: str, clock: Clock) -> None:
        self._store = store
        self._node = node
        self._clock = clock
        self._waiting: list[Waiting] = []
        self._due = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._stopped = False
        self._task = asyncio.create_task(self._run())

    def write(self, record: Record) -> asyncio.Future[Message | None]:
        """Return a future of the record's being durable; it raises what refused it, or why it cannot be written now.

        A writer that was stopped takes nothing more: the future raises Unreachable at once.
        """
        future: asyncio.Future[Message | None] = asyncio.get_running_loop().create_future()
        if self._stopped:
            future.set_exception(Unreachable(STOPPING))
            return future
        self._waiting.append((record, future))
        self._idle.clear()
        self._due.set()
        return future

    @property
    def idle(self) -> bool:
        """Whether nothing waits to be written."""
        return not self._waiting

    async def stop(self, *, at_most: float) -> None:
        """Write what waits, and what is said when that is written; then end."""
        try:
            async with asyncio.timeout(at_most):
                while self._waiting:
                    await self._idle.wait()
        except TimeoutError:
            _log.error("the record is not complete; it will be reconciled", records=len(self._waiting))
        self._stopped = True
        self._task.cancel()
        for _, future in self._waiting:
            _settle(future, Unreachable(STOPPING))

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
        outcomes = await self._outcomes([record for record, _ in batch])
        again: list[Waiting] = []
        for (record, future), outcome in zip(batch, outcomes, strict=True):
            if isinstance(record, RecordAway | RecordDeparture) and isinstance(outcome, _PASSING):
                again.append((record, future))
            else:
                _settle(future, outcome)
        self._waiting[: len(batch)] = again
        return not again

    async def _outcomes(self, records: Sequence[Record]) -> list[Outcome]:
        """Write records together, or one by one when that is not possible; return what became of each."""
        try:
            return await self._store.write(write_records, records, node=self._node, now=self._clock())
        except _PASSING as fault:
            return [fault for _ in records]
        except Exception as fault:  # noqa: BLE001 (whatever it is, those who wait must hear of it)
            if len(records) == 1:
                _log.exception("a record was refused", record=type(records[0]).__name__)
                return [fault]
        return await self._one_by_one(records)

    async def _one_by_one(self, records: Sequence[Record]) -> list[Outcome]:
        """Write each record alone; when one must wait, so must those behind it: their order counts."""
        outcomes: list[Outcome] = []
        for record in records:
            if outcomes and isinstance(outcomes[-1], _PASSING):
                outcomes.append(outcomes[-1])
            else:
                outcomes += await self._outcomes([record])
        return outcomes


def _settle(future: asyncio.Future[Message | None], outcome: Message | Exception | None) -> None:
    if future.done():
        return
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
