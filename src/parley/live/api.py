"""The door of the live protocol: `/live/v1`."""

from litestar import asgi
from litestar.enums import ScopeType
from litestar.handlers import ASGIRouteHandler
from litestar.types import Receive, Scope, Send

from parley.live.hub import Hub
from parley.live.socket import converse, is_our_own
from parley.people import PUBLIC


def live_socket(hub: Hub) -> ASGIRouteHandler:
    """Return the route of the socket. It is public: what admits somebody is the seat that they say hello with."""

    @asgi("/live/v1", opt=PUBLIC, copy_scope=False)
    async def socket(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.WEBSOCKET:
            await _answer(
                send, 426, b"This is the socket of live sessions (docs/reference/live-protocol.md).\n", "http"
            )
        elif not is_our_own(dict(scope["headers"]), url=hub.url):
            await receive()
            await _answer(send, 403, b"Another origin's pages may not connect.\n", "websocket.http")
        else:
            await receive()
            await send({"type": "websocket.accept", "subprotocol": None, "headers": []})
            await converse(hub, hub.rules, receive, send)

    return socket


async def _answer(send: Send, status: int, body: bytes, kind: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"upgrade", b"websocket")]
    await send({"type": f"{kind}.response.start", "status": status, "headers": headers})  # type: ignore[arg-type, misc]
    await send({"type": f"{kind}.response.body", "body": body, "more_body": False})  # type: ignore[arg-type, misc]
