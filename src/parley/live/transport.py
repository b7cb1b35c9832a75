"""uvicorn's WebSocket protocol, with an end to patience: who never reads, or sends frames without end, is cut off."""

import asyncio
import logging
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.server import ServerProtocol

from parley.live.token_bucket import TokenBucket

WRITE_TIMEOUT = 3.0
"""How long (seconds) a full connection may stay full before it is cut off."""

LARGEST_FRAME = 1024 * 1024
"""Bytes of a frame past which the WebSocket itself gives up; the protocol's own limit is far below, and says so."""


FRAMES_A_SECOND, FRAMES_AT_ONCE = 300, 1000
"""How many frames of any kind a client may send; the protocol's own limits count events, and begin after hello."""

_SLICE = 4096
"""Bytes that are taken apart at once: they hold up to 700 frames, and a whole read could hold 43,000."""


class _Strangers(logging.Filter):
    """Keeps what strangers send out of the log of errors: they are closed with 1007, and that is that."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.msg != "Invalid UTF-8 sequence received from client."


_STRANGERS = _Strangers()


class Transport(WebSocketsSansIOProtocol):
    """What `serve` gives uvicorn as `ws`; without compression (it costs memory) and pings (the protocol has beats)."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.conn = ServerProtocol(max_size=LARGEST_FRAME, logger=self.logger)
        self.ping_interval = None
        self.logger.addFilter(_STRANGERS)
        self._frames = TokenBucket(rate=FRAMES_A_SECOND, burst=FRAMES_AT_ONCE, now=self.loop.time())
        self._cut: asyncio.TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        """Take what came, a little at a time, until that is too much."""
        for start in range(0, len(data), _SLICE):
            if self.transport.is_closing():
                return
            super().data_received(data[start : start + _SLICE])

    def handle_events(self) -> None:
        """Handle frames; also pings, pongs and empty ones count."""
        now = self.loop.time()
        if all(self._frames.take(now=now) for _ in self.conn.events):
            super().handle_events()
        else:
            self.transport.abort()

    def pause_writing(self) -> None:
        """Begin to lose patience: nothing more fits into the connection, so nothing more is read that asks for more."""
        super().pause_writing()
        self.transport.pause_reading()
        self._cut = self.loop.call_later(WRITE_TIMEOUT, self.transport.abort)

    def resume_writing(self) -> None:
        """Be patient again: the client reads."""
        super().resume_writing()
        if not self.read_paused:
            self.transport.resume_reading()
        self._spare()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the application that the connection is gone."""
        self._spare()
        super().connection_lost(exc)

    def _spare(self) -> None:
        if self._cut is not None:
            self._cut.cancel()
            self._cut = None
