"""uvicorn's HTTP protocol, with an end to patience: heads stay small, and whoever sends or reads nothing is cut off."""

import asyncio
from typing import Any

from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, Scope
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

LARGEST_HEAD = 64 * 1024
"""Bytes of a request's line and headers; the longest are those in which a form looks for members of a large group."""

LONGEST_PATH = 4 * 1024
LONGEST_COOKIES = 16 * 1024

HEAD_SECONDS = 15.0
"""How long a head may take, from the beginning of a connection, or from its first byte."""

QUIET_SECONDS = 30.0
"""How long nothing may come of a body, and nothing be read of an answer."""

LOOK_SECONDS = 5.0
"""How often a connection is looked at."""

_TOO_LARGE = b"The head of this request is too large.\n"


class Listener(HttpToolsProtocol):
    """What `serve` gives uvicorn as `http`. A request costs it no timer: each connection has one, however many come."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._head: int | None = 0
        """Bytes of the head that is coming; None between a head and the next."""

        self._body = False
        self._since = self._full_since = 0.0
        self._look_again: asyncio.TimerHandle | None = None
        self._served = self.app

    # What the transport tells

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head."""
        super().connection_made(transport)
        self._since = self.loop.time()
        self._look_again = self.loop.call_later(LOOK_SECONDS, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        self._look_away()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came; a head that does not end is refused before it is complete."""
        within = self._head is not None
        self._since = self.loop.time() if self._body else self._since
        super().data_received(data)
        if self._head is None:
            self._await_head_of_the_next()
        elif within:
            self._head += len(data)
            if self._head > LARGEST_HEAD and not self.transport.is_closing():
                self.send_400_response(_TOO_LARGE.decode())

    def pause_writing(self) -> None:
        """Begin to wait until the answer is read."""
        self._full_since = self.loop.time()
        super().pause_writing()

    def handle_websocket_upgrade(self) -> None:
        """Hand the connection over."""
        self._look_away()
        if self.app is _too_large:
            self.send_400_response(_TOO_LARGE.decode())
        else:
            super().handle_websocket_upgrade()

    # What the parser tells

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        self._head, self._since = 0, self.loop.time()

    def on_headers_complete(self) -> None:
        """The head is complete: the application gets it, or an answer that refuses it does."""
        self._head, self._body, self._since = None, True, self.loop.time()
        self.app = _too_large if self._is_too_large() else self._served
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The body is complete, if there was one."""
        self._body = False
        super().on_message_complete()

    def _is_too_large(self) -> bool:
        path, _, query = self.url.partition(b"?")
        fields = sum(len(name) + len(value) for name, value in self.headers)
        cookies = sum(len(value) for name, value in self.headers if name == b"cookie")
        whole = len(path) + len(query) + fields
        return whole > LARGEST_HEAD or len(path) > LONGEST_PATH or cookies > LONGEST_COOKIES

    def _await_head_of_the_next(self) -> None:
        """Begin to wait when what came was nothing: uvicorn waits no more for a connection on which something came."""
        served: RequestResponseCycle | None = self.cycle
        if not self._body and (served is None or served.response_complete):
            self._head, self._since = 0, self.loop.time()

    # Looking

    def _look(self) -> None:
        now = self.loop.time()
        late = self._head is not None and now - self._since > HEAD_SECONDS
        quiet = self._body and not self.flow.read_paused and now - self._since > QUIET_SECONDS
        unread = self.flow.write_paused and now - self._full_since > QUIET_SECONDS
        if late or quiet or unread:
            self.transport.abort()
        else:
            self._look_again = self.loop.call_later(LOOK_SECONDS, self._look)

    def _look_away(self) -> None:
        if self._look_again is not None:
            self._look_again.cancel()
            self._look_again = None


async def _too_large(_scope: Scope, _receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 431, "headers": headers, "trailers": False})
    await send({"type": "http.response.body", "body": _TOO_LARGE, "more_body": False})
