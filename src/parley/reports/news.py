"""News: whoever shows a board is woken when something became true in their account, in this process or another."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from typing import Self

from sqlalchemy.exc import SQLAlchemyError

from parley.ground.db import Store
from parley.ground.facts import Forgotten, follow
from parley.ground.faults import Fault
from parley.ground.log import get_logger

_KINDS = ("session.", "participant.", "meeting.", "invitation.", "group.", "user.")
"""Facts that change what a board shows."""

_PAUSE = 1.0
_TOGETHER = 0.5
"""Seconds within which several things that become true are one piece of news."""

_log = get_logger("parley.news")


class News:
    """Follows the facts as long as somebody wants news, and wakes those whose account they are about."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[int, set[asyncio.Event]] = defaultdict(set)
        self._following: asyncio.Task[None] | None = None
        self._stopped = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stopped = True
        self._wake(*self._waiting)
        if self._following is not None:
            self._following.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._following

    async def of(self, account: int, *, at_most: float, again: float) -> AsyncIterator[None]:
        """Yield at once, at news of the account, and every `again` seconds; ends after about `at_most` seconds.

        At once: whatever became true before somebody came, or came back, is seen then.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + at_most
        with self._listening(account) as news:
            while not self._stopped:
                yield
                if loop.time() >= until:
                    return
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(news.wait(), again)
                    await asyncio.sleep(_TOGETHER)
                news.clear()

    @contextlib.contextmanager
    def _listening(self, account: int) -> Iterator[asyncio.Event]:
        news = asyncio.Event()
        self._waiting[account].add(news)
        if self._following is None:
            self._following = asyncio.create_task(self._follow())
        try:
            yield news
        finally:
            self._waiting[account].discard(news)
            if not self._waiting[account]:
                del self._waiting[account]
            if not self._waiting and self._following is not None:
                self._following.cancel()
                self._following = None

    def _wake(self, *accounts: int) -> None:
        for account in accounts:
            for news in self._waiting.get(account, ()):
                news.set()

    async def _follow(self) -> None:
        while True:
            try:
                async for batch in follow(self._store):
                    self._wake(*{fact.account for fact in batch.facts if fact.type.startswith(_KINDS)})
            except (Fault, Forgotten, SQLAlchemyError) as fault:
                _log.warning("news are late", reason=str(fault))
            await asyncio.sleep(_PAUSE)
            self._wake(*self._waiting)
