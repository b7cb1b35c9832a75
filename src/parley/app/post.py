"""Mail, as the application has it done by itself: notices are written, letters sent, answers read."""

from contextlib import AsyncExitStack
from typing import Self

from parley.app.readiness import Readiness
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.mail import Mailer
from parley.ground.secrets import Keyring
from parley.letters import Delivery
from parley.notices import AnswerReader, Desk, NoticeWriter
from parley.settings import Settings


class Post:
    """Writes, sends and reads mail while the app runs: `async with post`."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        readiness: Readiness,
        *,
        mailer: Mailer,
        ring: Keyring,
        clock: Clock,
    ) -> None:
        desk = Desk(url=settings.url, ring=ring, address=mailer.address, reads_answers=settings.imap is not None)
        ready = readiness.wait
        self._delivery = Delivery(store, mailer=mailer, ring=ring, clock=clock, ready=ready)
        self._writer = NoticeWriter(
            store, delivery=self._delivery, desk=desk, clock=clock, ready=ready, can_send=mailer.can_send
        )
        self._reader = AnswerReader(store, mailbox=settings.imap, url=settings.url, clock=clock, ready=ready)
        self._running = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Begin, with what has a server to do it by."""
        for part in (self._delivery, self._writer, self._reader):
            await self._running.enter_async_context(part)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._running.aclose()
