"""A request's trail: its id, in every log line and in the answer, and one line when it is done."""

import re
import secrets
import time

import structlog
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from parley.ground.log import get_logger

_GIVEN = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_log = get_logger("parley.request")


class Trail(ASGIMiddleware):
    """Gives each request its id: one that came along in X-Request-ID is kept when it is harmless."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Serve the request with its id bound to all that is logged meanwhile."""
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        request_id = given.decode() if _GIVEN.fullmatch(given) else secrets.token_hex(8)
        scope["state"]["request_id"] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        began = time.perf_counter()

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), (b"x-request-id", request_id.encode())]
                took = round((time.perf_counter() - began) * 1000, 1)
                about = {"method": scope.get("method"), "path": scope["path"], "status": message["status"]}
                _log.debug("request", milliseconds=took, **about)
            await send(message)

        await next_app(scope, receive, answer)
