"""One client's connection as a room sees it: something to push events into, of which one frame per moment leaves."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

from parley.live.events import encode
from parley.live.metrics import CLOSED, EVENTS, FRAMES
from parley.live.reasons import CLOSE_CODES, Error, Reason
from parley.live.rules import Rules

WAITING_BYTES = 1024 * 1024
WAITING_EVENTS = 2000

AsgiSend = Callable[[Any], Awaitable[None]]


class ClientConnection:
    """Collects what is due to a connection. Everything that becomes due in one turn of the loop leaves as one frame."""

    def __init__(self, rules: Rules) -> None:
        self.closing = False
        self._close_timeout = rules.close_timeout.total_seconds()
        self._waiting: list[bytes] = []
        self._bytes = 0
        self._reason: Reason | None = None
        self._due = asyncio.Event()
        self._limit: asyncio.Timeout | None = None

    def push(self, payload: bytes) -> None:
        """Queue an event. Whoever does not keep up is closed: they can resume."""
        if self.closing:
            return
        self._waiting.append(payload)
        self._bytes += len(payload)
        self._due.set()
        if self._bytes > WAITING_BYTES or len(self._waiting) > WAITING_EVENTS:
            self._waiting.clear()
            self.refuse(Error(reason=Reason.SLOW))

    def refuse(self, error: Error) -> None:
        """Tell what went wrong, and close."""
        if not self.closing:
            self._waiting.append(encode(error))
            self.close(error.reason)

    def close(self, reason: Reason) -> None:
        """Close with the code of the reason, after what is queued already."""
        if not self.closing:
            self._reason = reason
            CLOSED.labels(reason).inc()
            self.hang_up()

    def hang_up(self) -> None:
        """Let `run` end; without a reason the other side is gone already."""
        if self._limit is not None and not self.closing:
            self._limit.reschedule(asyncio.get_running_loop().time() + self._close_timeout)
        self.closing = True
        self._due.set()

    async def run(self, send: AsgiSend) -> None:
        """Send frames until the connection is closed; then give the other side a moment to read what is left."""
        try:
            with contextlib.suppress(OSError):  # the other side is gone, or its time is up (TimeoutError is one, too)
                async with asyncio.timeout(self._close_timeout if self.closing else None) as self._limit:
                    while await self._turn(send):
                        pass
        finally:
            self.closing = True
            self._limit = None

    async def _turn(self, send: AsgiSend) -> bool:
        await self._due.wait()
        self._due.clear()
        gone = self.closing and self._reason is None
        if self._waiting and not gone:
            await send({"type": "websocket.send", "text": self._frame()})
        if not self.closing:
            return True
        if self._reason is not None:
            close = {"type": "websocket.close", "code": CLOSE_CODES[self._reason], "reason": self._reason.value}
            await send(close)
        return False

    def _frame(self) -> str:
        events, self._waiting = self._waiting, []
        self._bytes = 0
        FRAMES.inc()
        EVENTS.inc(len(events))
        return (b"[" + b",".join(events) + b"]").decode()
