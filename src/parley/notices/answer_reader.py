"""The reader of answers: looks into the mailbox now and then, and takes in what came."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, Self
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from parley import letters
from parley.ground.clock import Clock
from parley.ground.db import Connection, Store
from parley.ground.faults import Border, Fault
from parley.ground.log import get_logger
from parley.notices.mailbox import Incoming, Mailbox
from parley.notices.read_message import Answer, Returned, read_message
from parley.notices.rows.mailboxes import Place, claim_mailbox, release_mailbox, save_place
from parley.notices.take_in import take_in

EVERY = timedelta(seconds=30)
"""How often the mailbox is looked into."""

_CLAIM = timedelta(minutes=5)
"""How long the mailbox is left to who reads it."""

_log = get_logger("parley.notices")


class AnswerReader:
    """Reads answers while the app runs: `async with reader`. Without a mailbox it does nothing."""

    def __init__(
        self, store: Store, *, mailbox: str | None, url: str, clock: Clock, ready: Callable[[], Awaitable[None]]
    ) -> None:
        self._store = store
        self._mailbox = None if mailbox is None else Mailbox(mailbox)
        self._host = urlsplit(url).netloc
        self._clock = clock
        self._ready = ready
        self._says: str | None = None
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Begin, where there is a mailbox."""
        if self._mailbox is not None:
            self._task = asyncio.create_task(self._go_on(self._mailbox), name="parley-answers")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def read(self, mailbox: Mailbox) -> int:
        """Take in what came since, unless another server does, and return how much of it counted."""
        now, counted = self._clock(), 0
        place = await self._store.write(claim_mailbox, mailbox.name, now=now, until=now + _CLAIM)
        while place is not None:
            try:
                incoming = await asyncio.to_thread(mailbox.read, place, now=now)
            except Border as fault:
                await self._release(mailbox, error=letters.error_of(fault))
                raise
            found = await asyncio.to_thread(_found, incoming)
            counted += await self._store.write(self._take_in, mailbox.name, found, incoming.place)
            place = incoming.place if incoming.more else None
            if place is None:
                await self._release(mailbox)
        return counted

    async def _release(self, mailbox: Mailbox, *, error: dict[str, Any] | None = None) -> None:
        await self._store.write(release_mailbox, mailbox.name, next_at=self._clock() + EVERY, error=error)

    def _take_in(self, db: Connection, name: str, found: Sequence[Answer | Returned], place: Place) -> int:
        counted = sum(take_in(db, each, host=self._host, now=self._clock()) for each in found)
        save_place(db, name, place)
        return counted

    async def _go_on(self, mailbox: Mailbox) -> None:
        await self._ready()
        while True:
            try:
                counted = await self.read(mailbox)
                self._says = None
                if counted:
                    _log.info("answers came by mail", count=counted)
            except (Fault, SQLAlchemyError) as fault:
                self._warn(str(fault))
            except Exception:  # noqa: BLE001 (whatever it is, the next time may go well)
                _log.exception("answers by mail are read later")
            await asyncio.sleep(EVERY.total_seconds())

    def _warn(self, reason: str) -> None:
        """Say once why answers are not read, and not every time."""
        if reason != self._says:
            _log.warning("answers by mail are read later", reason=reason)
        self._says = reason


def _found(incoming: Incoming) -> list[Answer | Returned]:
    return [found for raw in incoming.messages if (found := read_message(raw)) is not None]
