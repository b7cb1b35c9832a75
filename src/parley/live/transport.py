"""uvicorn's WebSocket protocol, with an end to patience: a client that never reads is cut off."""

import asyncio
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.server import ServerProtocol

WRITE_TIMEOUT = 3.0
"""How long (seconds) a full connection may stay full before it is cut off."""

LARGEST_FRAME = 1024 * 1024
"""Bytes of a frame past which the WebSocket itself gives up; the protocol's own limit is far below, and says so."""


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
        self._cut: asyncio.TimerHandle | None = None

    def pause_writing(self) -> None:
        """Begin to lose patience: nothing more fits into the connection."""
        super().pause_writing()
        self._cut = self.loop.call_later(WRITE_TIMEOUT, self.transport.abort)

    def resume_writing(self) -> None:
        """Be patient again: the client reads."""
        super().resume_writing()
        self._spare()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the application that the connection is gone."""
        self._spare()
        super().connection_lost(exc)

    def _spare(self) -> None:
        if self._cut is not None:
            self._cut.cancel()
            self._cut = None
