"""The log of requests: each one's id, in every log line and in the answer, and one line when it is done."""

import logging
import re
import secrets
import time
from collections.abc import Callable, Iterable
from typing import Any

import structlog
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from parley.app.parsed import forget_parsed
from parley.ground.log import SECRET_FIELDS, get_logger

Header = tuple[bytes, bytes]

_GIVEN = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_LINK = re.compile(r"^(/+(?:welcome|reset|setup|watch)/+|/+join/+[^/]+/+(?!stage$)).+", re.DOTALL)
_NAME = "parley.request"
_log = get_logger(_NAME)
_level = logging.getLogger(_NAME)


class RequestLog:
    """Goes around every request, also those for which there is no route."""

    def __init__(self, headers: Callable[[Iterable[Header]], list[Header]]) -> None:
        self._headers = headers
        """Adds to an answer's headers those that every answer has."""

    async def serve(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request with its id bound to all that is logged meanwhile, and write one line when it is done."""
        scope.setdefault("state", {})
        number = request_id(scope)
        structlog.contextvars.bind_contextvars(request_id=number)
        began = time.perf_counter()
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*self._headers(message["headers"]), (b"x-request-id", number.encode())]
                forget_parsed()
            await send(message)

        await app(scope, receive, answer)
        if _level.isEnabledFor(logging.DEBUG):
            took = round((time.perf_counter() - began) * 1000, 1)
            path = shown_path(scope)
            _log.debug("request", method=scope.get("method"), path=path, status=int(status), milliseconds=took)


def shown_path(scope: Scope) -> str:
    """Return the path as it may be logged: without the secret of a link."""
    path: str = scope["path"]
    for name, value in scope["path_params"].items():
        if name in SECRET_FIELDS:
            path = path.replace(str(value), "(hidden)")
    return _LINK.sub(r"\1(hidden)", path)  # also where no route was found: mail programs look with HEAD


def request_id(scope: Scope) -> str:
    """Return the request's id: one that came along in X-Request-ID when it is harmless, or else one made here."""
    state: dict[str, Any] = scope["state"]
    if "request_id" not in state:
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        state["request_id"] = given.decode() if _GIVEN.fullmatch(given) else secrets.token_hex(8)
    known: str = state["request_id"]
    return known
