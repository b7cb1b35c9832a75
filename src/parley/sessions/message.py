"""What was said in a session."""

import re
from datetime import datetime

import msgspec

from parley.ground.faults import FieldError, Invalid
from parley.ground.words import N_

TEXT_LIMIT = 4000
"""The longest message, in characters."""

CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What no message has: all control characters but those that make lines and columns."""

KEY_LIMIT = 64
KEY = rf"[!-~]{{1,{KEY_LIMIT}}}"
"""The key by which a client marks a message, so that saying it twice is saying it once."""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A message to everybody in the session, or to one, with its author's name as it was then."""

    id: int
    session: int
    participant: int
    name: str
    text: str
    key: str
    sent_at: datetime
    visible_to: int | None = None
    """The participant to whom alone it was said."""


def sayable(text: str, *, key: str) -> str:
    """Return the text as it will be kept; raises Invalid when it cannot be said."""
    said = text.strip()
    if not said:
        raise Invalid(FieldError("text", N_("Write something first.")))
    if len(said) > TEXT_LIMIT:
        raise Invalid(FieldError("text", N_("A message has at most %(limit)s characters."), limit=TEXT_LIMIT))
    if CONTROL_CHARACTERS.search(said):
        raise Invalid(FieldError("text", N_("The text contains a character that cannot be stored.")))
    if not re.fullmatch(KEY, key):
        raise Invalid(FieldError("key", N_("A key has 1 to %(limit)s printable characters."), limit=KEY_LIMIT))
    return said
