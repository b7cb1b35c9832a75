"""A request's trail: its id, in every log line and in the answer, and one line when it is done."""

import re
import secrets
import time
from typing import Any

import structlog
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from parley.ground.log import SECRET_FIELDS, get_logger

_GIVEN = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_log = get_logger("parley.request")


class Trail(ASGIMiddleware):
    """Binds each request's id to all that is logged while it is served."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Serve the request, and write one line when it is done."""
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id(scope))
        began = time.perf_counter()
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        await next_app(scope, receive, answer)
        took = round((time.perf_counter() - began) * 1000, 1)
        _log.debug("request", method=scope.get("method"), path=shown_path(scope), status=int(status), milliseconds=took)


def shown_path(scope: Scope) -> str:
    """Return the path as it may be logged: without the secret of a link that works once."""
    path: str = scope["path"]
    for name, value in scope["path_params"].items():
        if name in SECRET_FIELDS:
            path = path.replace(str(value), "(hidden)")
    return path


def request_id(scope: Scope) -> str:
    """Return the request's id: one that came along in X-Request-ID when it is harmless, or else one made here."""
    state: dict[str, Any] = scope["state"]
    if "request_id" not in state:
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        state["request_id"] = given.decode() if _GIVEN.fullmatch(given) else secrets.token_hex(8)
    known: str = state["request_id"]
    return known


async def name_request(message: Message, scope: Scope) -> None:
    """Write the request's id into the head of every answer."""
    if message["type"] == "http.response.start":
        message["headers"] = [*message.get("headers", ()), (b"x-request-id", request_id(scope).encode())]
