"""Delivery: what waits in the outbox is sent, one letter after the other, and each one's outcome is stored at once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Self

from sqlalchemy.exc import SQLAlchemyError

from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.faults import Border, Fault, Rejected, Unreachable
from parley.ground.log import get_logger
from parley.ground.mail import Line, Mailer, Message
from parley.ground.secrets import Keyring, WrongKey
from parley.ground.words import N_
from parley.letters.envelope import read_content
from parley.letters.letter import Letter
from parley.letters.rows import forget_letters, is_due
from parley.letters.settle import claim, settle

EVERY = timedelta(seconds=5)
"""How often the outbox is looked at, by itself."""

TOGETHER = 50
"""How many letters go over one line to the mail server."""

KEEP = timedelta(days=90)
"""For how long one sees that a letter was sent."""

_FORGOTTEN_AT_ONCE = 500
_TIDY_EVERY = timedelta(hours=1)
_AWAY = Unreachable(N_("The mail server does not answer."))
_NOT_NOW = Unreachable(N_("The e-mail could not be sent just now."))
_log = get_logger("parley.letters")


class Delivery:
    """Sends letters while the app runs: `async with delivery`. Without a mail server it does nothing."""

    def __init__(
        self, store: Store, *, mailer: Mailer, ring: Keyring, clock: Clock, ready: Callable[[], Awaitable[None]]
    ) -> None:
        self._store = store
        self._mailer = mailer
        self._ring = ring
        self._clock = clock
        self._ready = ready
        self._due = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Begin, where there is a mail server."""
        if self._mailer.can_send:
            self._task = asyncio.create_task(self._go_on(), name="parley-letters")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    def wake(self) -> None:
        """Look at the outbox now."""
        self._due.set()

    async def deliver(self) -> int:
        """Try all letters that it is time for, and return how many that were."""
        total = 0
        while await self._store.read(is_due, now=self._clock()):
            batch = await self._store.write(claim, now=self._clock(), limit=TOGETHER)
            total += len(batch)
            if batch and not await self._send(batch):
                break
        return total

    async def _send(self, batch: Sequence[Letter]) -> bool:
        """Send letters over one line; where it breaks, the rest are put off. Tell whether it held."""
        left = list(batch)
        try:
            async with self._mailer.line() as line:
                while left and line.is_open:
                    outcome = await self._outcome(left[0], line)
                    await self._store.write(settle, left.pop(0).id, outcome, now=self._clock())
        except Border as fault:
            _log.warning("the mail server takes nothing now", reason=str(fault))
            await self._put_off(left, fault)
            return False
        except asyncio.CancelledError:
            await asyncio.shield(self._put_off(left, _NOT_NOW))
            raise
        await self._put_off(left, _AWAY)
        return not left

    async def _outcome(self, letter: Letter, line: Line) -> Border | None:
        """Send one letter, and return why it could not be sent."""
        try:
            await line.send(self._message(letter))
        except Border as fault:
            return fault
        except (ValueError, WrongKey) as fault:
            _log.warning("a letter cannot be written", letter=letter.id, reason=str(fault))
            return Rejected(N_("Nothing can be sent to this address."))
        except Exception:  # noqa: BLE001 (whatever it is with this letter, the others can be sent)
            _log.exception("a letter is sent later", letter=letter.id)
            return _NOT_NOW
        return None

    def _message(self, letter: Letter) -> Message:
        content = read_content(self._ring, letter.sealed or "", letter=letter.id)
        return Message(
            to=letter.email,
            subject=letter.subject,
            text=content.text,
            number=letter.message,
            writer=content.writer,
            reply_to=content.reply_to,
            calendar=content.calendar,
            method=content.method or "REQUEST",
        )

    async def _put_off(self, listed: Sequence[Letter], fault: Border) -> None:
        """Let letters wait that were not refused themselves."""
        kind = Unreachable(fault.message, **fault.parameters)
        for letter in listed:
            await self._store.write(settle, letter.id, kind, now=self._clock())

    async def _tidy(self) -> None:
        """Forget letters that were settled long ago, a few at a time."""
        before = self._clock() - KEEP
        while True:
            gone = await self._store.write(forget_letters, settled_before=before, limit=_FORGOTTEN_AT_ONCE)
            if gone < _FORGOTTEN_AT_ONCE:
                return
            await asyncio.sleep(0.1)

    async def _go_on(self) -> None:
        await self._ready()
        tidied = None
        while True:
            self._due.clear()
            try:
                await self.deliver()
                if tidied is None or self._clock() - tidied >= _TIDY_EVERY:
                    await self._tidy()
                    tidied = self._clock()
            except (Fault, SQLAlchemyError) as fault:
                _log.warning("letters are sent later", reason=str(fault))
            except Exception:  # noqa: BLE001 (whatever it is, the next time may go well)
                _log.exception("letters are sent later")
            await self._pause()

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(EVERY.total_seconds()):
                await self._due.wait()
        except TimeoutError:
            return
