"""What is shown once: left by a form for the page that follows, where it is read and gone.

It travels sealed, in a cookie that no script reads and that only this page opens, in this browser session, for a
minute. So no secret stands in an address or in a log, and loading the page again neither shows it again nor makes
another one.
"""

from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec
from litestar import Request
from litestar.datastructures import Cookie

from parley.ground.clock import Clock
from parley.ground.secrets import Keyring, WrongKey
from parley.settings import Settings

COOKIE = "parley_once"
FOR = timedelta(minutes=1)
SHOWN = "parley_once_shown"
"""The key of the request's state that says that the page looked, so that the cookie goes."""

T = TypeVar("T")

AnyRequest = Request[Any, Any, Any]


class _Sealed(msgspec.Struct, frozen=True):
    until: datetime
    shown: msgspec.Raw


def cookie(shown: msgspec.Struct, request: AnyRequest, *, path: str) -> Cookie:
    """Return the cookie that carries it to the page at this path."""
    settings: Settings = request.app.state["settings"]
    sealed = _Sealed(until=_now(request) + FOR, shown=msgspec.Raw(msgspec.json.encode(shown)))
    written = _ring(request).seal(msgspec.json.encode(sealed), context=_context(request, path))
    secure, seconds = settings.secure, int(FOR.total_seconds())
    return Cookie(COOKIE, value=written, path=path, max_age=seconds, httponly=True, samesite="lax", secure=secure)


def left(request: AnyRequest, kind: type[T]) -> T | None:
    """Return what was left for this page; None when nothing was, or when it was shown."""
    written = request.cookies.get(COOKIE)
    if not written:
        return None
    request.scope["state"][SHOWN] = True
    try:
        plain = _ring(request).unseal(written, context=_context(request, request.scope["path"]))
        sealed = msgspec.json.decode(plain, type=_Sealed)
        return msgspec.json.decode(sealed.shown, type=kind) if _now(request) < sealed.until else None
    except (WrongKey, msgspec.MsgspecError):
        return None


def _ring(request: AnyRequest) -> Keyring:
    ring: Keyring = request.app.state["ring"]
    return ring


def _now(request: AnyRequest) -> datetime:
    clock: Clock = request.app.state["clock"]
    return clock()


def _context(request: AnyRequest, path: str) -> str:
    """Name the page and the browser session; where nobody is signed in, the page alone."""
    session = request.scope.get("auth")
    return f"{COOKIE} {path} {None if session is None else session.id}"
