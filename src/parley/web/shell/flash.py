"""A word about what was just done, shown once on the page that follows a redirect."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Literal

import msgspec
from litestar.datastructures import Cookie

COOKIE = "parley_note"


class Undo(msgspec.Struct, frozen=True, kw_only=True):
    """How to take back what was done: a button with these words that posts these fields there."""

    words: str
    action: str
    fields: dict[str, str] = {}


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What was done (a message id with parameters), and how to take it back, where that is possible."""

    message: str
    parameters: dict[str, str] = {}
    kind: Literal["ok", "warn"] = "ok"
    undo: Undo | None = None


def cookie(note: Note) -> Cookie:
    """Return the cookie that carries the note to the next page."""
    written = urlsafe_b64encode(msgspec.json.encode(note)).decode()
    return Cookie(COOKIE, value=written, max_age=60, httponly=True, samesite="lax")


def read(written: str | None) -> Note | None:
    """Return the note that the last page left, if any."""
    try:
        return msgspec.json.decode(urlsafe_b64decode(written), type=Note) if written else None
    except (ValueError, msgspec.MsgspecError):
        return None
