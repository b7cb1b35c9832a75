"""The writer of notices: hears of changes, finds out who must be told what, and writes it into the outbox."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Self

from sqlalchemy.exc import SQLAlchemyError

from parley import letters
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.faults import Fault, StorageFull, Unreachable
from parley.ground.log import get_logger
from parley.letters import Delivery, Letter
from parley.notices.compose import Desk, compose
from parley.notices.hear import begin_to_hear, forget_to_hear, news, take_in
from parley.notices.keep import keep
from parley.notices.notice import Notice, Work
from parley.notices.reminders import Due, compose_reminder, due_reminders
from parley.notices.rows.due import claim_due, drop_due, is_due
from parley.notices.what_to_tell import what_to_tell

EVERY = timedelta(seconds=5)
"""How often it is looked whether something is due, by itself."""

REMIND_EVERY = timedelta(seconds=30)
TOGETHER = 100
"""How many letters are written in one transaction: others wait for it no longer than for any other write."""

_MEETINGS_AT_ONCE = 20
_PASSED_OVER = 200
"""After how many facts that do not count here it is stored that they were read."""

_log = get_logger("parley.notices")


class NoticeWriter:
    """Writes to who is invited while the app runs: `async with writer`. Without a mail server it writes nothing."""

    def __init__(
        self,
        store: Store,
        *,
        delivery: Delivery,
        desk: Desk,
        clock: Clock,
        ready: Callable[[], Awaitable[None]],
        can_send: bool,
    ) -> None:
        self._store = store
        self._delivery = delivery
        self._desk = desk
        self._clock = clock
        self._ready = ready
        self._can_send = can_send
        self._cursor: str | None = None
        self._passed_over = 0
        self._reminded_at: datetime | None = None
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Begin."""
        self._task = asyncio.create_task(self._go_on(), name="parley-notices")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def hear(self) -> None:
        """Take in what became true since."""
        if self._cursor is None:
            self._cursor = await self._store.write(begin_to_hear)
        while True:
            heard = await self._store.read(news, self._cursor)
            self._passed_over += heard.read
            if heard.meetings or heard.deleted or self._passed_over >= _PASSED_OVER:
                await self._store.write(take_in, heard, now=self._clock())
                self._passed_over = 0
            self._cursor = heard.cursor
            if not heard.read:
                return

    async def write(self) -> int:
        """Write about every meeting that it is time for, and return how many letters that were."""
        total = 0
        while await self._store.read(is_due, now=(now := self._clock())):
            due = await self._store.write(claim_due, now=now, limit=_MEETINGS_AT_ONCE)
            for meeting, account in due.items():
                try:
                    total += await self._write_about(meeting, account=account)
                    await self._store.write(drop_due, meeting, claimed_at=now)
                except (Unreachable, StorageFull, SQLAlchemyError):
                    raise
                except Exception:  # noqa: BLE001 (whatever it is with this meeting, it keeps no other one from its turn)
                    _log.exception("people are written to about a meeting later", meeting=meeting)
        return total

    async def _write_about(self, meeting: int, *, account: int) -> int:
        work = await self._store.read_long(
            what_to_tell, meeting, account=account, url=self._desk.url, now=self._clock()
        )
        await self._store.write(letters.withhold_reminders, meeting, but=work.starts, now=self._clock())
        total = 0
        for begin in range(0, len(work.notices), TOGETHER):
            part = work.notices[begin : begin + TOGETHER]
            listed = await asyncio.to_thread(self._composed, work, part)
            await self._store.write(keep, work, part, listed, now=self._clock())
            self._delivery.wake()
            total += len(listed)
        return total

    def _composed(self, work: Work, notices: Sequence[Notice]) -> list[Letter]:
        now = self._clock()
        return [
            letters.enveloped(compose(notice, work, desk=self._desk, now=now), ring=self._desk.ring, now=now)
            for notice in notices
            if not notice.silent
        ]

    async def remind(self) -> int:
        """Write the reminders that it is time for, and return how many that were."""
        total = 0
        for due in await self._store.read_long(due_reminders, now=self._clock()):
            for begin in range(0, len(due.people), TOGETHER):
                listed = await asyncio.to_thread(self._reminding, due, begin)
                total += await self._store.write(letters.write_letters, listed)
            self._delivery.wake()
        return total

    def _reminding(self, due: Due, begin: int) -> list[Letter]:
        now = self._clock()
        return [
            letters.enveloped(
                compose_reminder(due, invitation, user, desk=self._desk, now=now), ring=self._desk.ring, now=now
            )
            for invitation, user in due.people[begin : begin + TOGETHER]
        ]

    async def _go_on(self) -> None:
        await self._ready()
        if not self._can_send:
            await self._attempt(lambda: self._store.write(forget_to_hear))
            return
        while True:
            seen = self._store.commits
            await self._attempt(self._round)
            await self._store.changed(seen, at_most=EVERY.total_seconds())

    async def _round(self) -> None:
        await self.hear()
        await self.write()
        now = self._clock()
        if self._reminded_at is None or now - self._reminded_at >= REMIND_EVERY:
            await self.remind()
            self._reminded_at = now

    async def _attempt(self, errand: Callable[[], Awaitable[None]]) -> None:
        try:
            await errand()
        except (Fault, SQLAlchemyError) as fault:
            _log.warning("people are written to later", reason=str(fault))
        except Exception:  # noqa: BLE001 (whatever it is, the next time may go well)
            _log.exception("people are written to later")
