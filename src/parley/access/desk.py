"""The front desk: what letting people in needs, in one place, for the async functions around the verbs."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from parley.access.hasher import Hasher
from parley.ground.clock import Clock, utc_now
from parley.ground.db import Store
from parley.ground.log import get_logger
from parley.ground.mail import Mailer
from parley.settings import Settings

_log = get_logger("parley.access")


class Desk:
    """Store, hasher, mailer, settings and clock; and mail that is on its way while the answer has long left."""

    def __init__(
        self, store: Store, *, settings: Settings, mailer: Mailer, hasher: Hasher | None = None, clock: Clock = utc_now
    ) -> None:
        self.store = store
        self.settings = settings
        self.mailer = mailer
        self.hasher = Hasher() if hasher is None else hasher
        self.clock = clock
        self._errands: set[asyncio.Task[None]] = set()

    def later(self, errand: Coroutine[Any, Any, None]) -> None:
        """Do something after the answer: how long it takes then tells nobody anything."""
        task = asyncio.create_task(self._done(errand))
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def settle(self) -> None:
        """Return when every errand is done."""
        while self._errands:
            await asyncio.gather(*self._errands)

    async def close(self) -> None:
        """Do what was begun, and let go of the hasher's threads."""
        await self.settle()
        await asyncio.to_thread(self.hasher.close)

    async def _done(self, errand: Coroutine[Any, Any, None]) -> None:
        try:
            await errand
        except Exception as fault:  # noqa: BLE001 (nobody waits for it; the log is told)
            _log.warning("an errand after the answer failed", reason=str(fault), kind=type(fault).__name__)
