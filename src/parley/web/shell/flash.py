"""A word about what was just done, shown once on the page that follows a redirect."""

from typing import Literal

import msgspec
from litestar.datastructures import Cookie

from parley.ground.secrets import Keyring, WrongKey

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


def cookie(note: Note, *, ring: Keyring, secure: bool) -> Cookie:
    """Return the cookie that carries the note to the next page, sealed: a note says what Parley does, and to whom."""
    written = ring.seal(msgspec.json.encode(note), context=COOKIE)
    return Cookie(COOKIE, value=written, max_age=60, httponly=True, samesite="lax", secure=secure)


def read(written: str | None, *, ring: Keyring) -> Note | None:
    """Return the note that the last page left, if any; one that is not ours says nothing."""
    try:
        return msgspec.json.decode(ring.unseal(written, context=COOKIE), type=Note) if written else None
    except (WrongKey, msgspec.MsgspecError):
        return None
