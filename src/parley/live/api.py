"""The route of the live protocol: `/live/v1`."""

from litestar import asgi
from litestar.enums import ScopeType
from litestar.handlers import ASGIRouteHandler
from litestar.types import Receive, Scope, Send

from parley.ground.origins import is_our_own
from parley.live.file_routes import routes as file_routes
from parley.live.hub import Hub
from parley.live.recording_routes import routes as recording_routes
from parley.live.socket import converse
from parley.people import PUBLIC


def live_socket(hub: Hub) -> ASGIRouteHandler:
    """Return the route of the socket. It is public: what admits somebody is the seat that they say hello with."""

    @asgi("/live/v1", opt=PUBLIC, copy_scope=False)
    async def socket(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.WEBSOCKET:
            await _say_what_this_is(send)
        elif not is_our_own(dict(scope["headers"]), url=hub.url):
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": None})  # before it is accepted: HTTP 403
        else:
            await receive()
            await send({"type": "websocket.accept", "subprotocol": None, "headers": []})
            await converse(hub, hub.rules, receive, send)

    return socket


async def _say_what_this_is(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"upgrade", b"websocket")]
    words = b"This is the socket of live sessions (docs/reference/live-protocol.md).\n"
    await send({"type": "http.response.start", "status": 426, "headers": headers})
    await send({"type": "http.response.body", "body": words, "more_body": False})


routes = [*recording_routes, *file_routes]
