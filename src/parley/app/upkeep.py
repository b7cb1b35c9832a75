"""Upkeep: what the application does by itself, now and then, so that the database does not grow for ever."""

import asyncio
from datetime import timedelta
from typing import Self

from sqlalchemy.exc import SQLAlchemyError

from parley.app.readiness import Readiness
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.facts import forget
from parley.ground.faults import Fault
from parley.ground.log import get_logger

EVERY = timedelta(hours=1)
AT_ONCE = 500
"""How many facts are forgotten in one transaction: others wait for it no longer than for any other write."""

_PAUSE = 0.1
_log = get_logger("parley.app")


class Upkeep:
    """Forgets facts that are older than they are kept; `async with upkeep` while the app runs."""

    def __init__(self, store: Store, readiness: Readiness, *, keep: timedelta, clock: Clock) -> None:
        self._store = store
        self._readiness = readiness
        self._keep = keep
        self._clock = clock
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Begin, unless facts are kept for ever."""
        if self._keep:
            self._task = asyncio.create_task(self._go_on(), name="parley-upkeep")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def forget_facts(self) -> int:
        """Forget all facts that are old enough, a few at a time, and return how many that were."""
        before, total = self._clock() - self._keep, 0
        while True:
            gone = await self._store.write(forget, before=before, limit=AT_ONCE)
            total += gone
            if gone < AT_ONCE:
                return total
            await asyncio.sleep(_PAUSE)

    async def _go_on(self) -> None:
        await self._readiness.wait()
        while True:
            try:
                gone = await self.forget_facts()
                if gone:
                    _log.info("old facts were forgotten", count=gone)
            except (Fault, SQLAlchemyError) as fault:
                _log.warning("old facts are forgotten later", reason=str(fault))
            except Exception:  # noqa: BLE001 (whatever it is, the next time may go well)
                _log.exception("old facts are forgotten later")
            await asyncio.sleep(EVERY.total_seconds())
