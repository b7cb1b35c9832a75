"""What the async functions around the verbs work with, in one place."""

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


class Context:
    """Store, hasher, mailer, settings and clock; and mail that is on its way while the answer has long left."""

    def __init__(
        self, store: Store, *, settings: Settings, mailer: Mailer, hasher: Hasher | None = None, clock: Clock = utc_now
    ) -> None:
        self.store = store
        self.settings = settings
        self.mailer = mailer
        self.hasher = Hasher() if hasher is None else hasher
        self.clock = clock
        self._background: set[asyncio.Task[None]] = set()

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something after the answer: how long it takes then tells nobody anything."""
        task = asyncio.create_task(self._done(work))
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def settle(self) -> None:
        """Return when every errand is done."""
        while self._background:
            await asyncio.gather(*self._background)

    async def close(self) -> None:
        """Do what was begun, and let go of the hasher's threads."""
        await self.settle()
        await asyncio.to_thread(self.hasher.close)

    async def _done(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as fault:  # noqa: BLE001 (nobody waits for it; the log is told)
            _log.warning("an errand after the answer failed", reason=str(fault), kind=type(fault).__name__)
