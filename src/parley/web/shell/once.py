"""What is shown once: left by a form for the page that follows, where it is read and gone.

It travels sealed, in a cookie that no script reads and that only this page of this person opens, for a minute. So no
secret stands in an address or in a log, and loading the page again neither shows it again nor makes another one.
"""

from typing import Any, TypeVar

import msgspec
from litestar import Request
from litestar.datastructures import Cookie

from parley.access import visitor_of
from parley.ground.secrets import Keyring, WrongKey
from parley.settings import Settings

COOKIE = "parley_once"

T = TypeVar("T")

AnyRequest = Request[Any, Any, Any]


def cookie(shown: msgspec.Struct, request: AnyRequest, *, path: str) -> Cookie:
    """Return the cookie that carries it to the page at this path."""
    settings: Settings = request.app.state["settings"]
    written = _ring(request).seal(msgspec.json.encode(shown), context=_context(request, path))
    return Cookie(COOKIE, value=written, path=path, max_age=60, httponly=True, samesite="lax", secure=settings.secure)


def left(request: AnyRequest, kind: type[T]) -> T | None:
    """Return what was left for this page; None when nothing was, or when it was shown."""
    written = request.cookies.get(COOKIE)
    try:
        plain = _ring(request).unseal(written, context=_context(request, request.scope["path"])) if written else None
        return None if plain is None else msgspec.json.decode(plain, type=kind)
    except (WrongKey, msgspec.MsgspecError):
        return None


def _ring(request: AnyRequest) -> Keyring:
    ring: Keyring = request.app.state["ring"]
    return ring


def _context(request: AnyRequest, path: str) -> str:
    visitor = visitor_of(request.scope)
    return f"{COOKIE} {path} {visitor.person if visitor is not None else None}"
