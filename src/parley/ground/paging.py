"""Lists in pages: a page carries its items and the cursor of the next; a cursor is opaque to the reader."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

import msgspec

from parley.ground.faults import FieldError, Invalid
from parley.ground.ids import LARGEST
from parley.ground.words import N_

USUAL = 50
"""How many items a page has when the reader does not say."""

MOST = 200
"""How many items the largest page has."""

IdKey = Annotated[int, msgspec.Meta(gt=0, le=LARGEST)]
"""An id as part of a sort key."""

T = TypeVar("T")
K = TypeVar("K")


class Page(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """Some items of a list in order; `next` is the cursor of the page behind it, None on the last one."""

    items: tuple[T, ...]
    next: str | None


def page_of(found: Sequence[T], *, limit: int, key: Callable[[T], object]) -> Page[T]:
    """Cut a page from up to `limit + 1` items; the one too many only says that the list goes on."""
    items = tuple(found[:limit])
    return Page(items=items, next=_cursor(key(items[-1])) if len(found) > limit else None)


def key_behind(cursor: str, shape: type[K]) -> K:
    """Return the sort key that the cursor was made of; raises Invalid for one that Parley did not give."""
    try:
        written = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        if b"\\u0000" not in written:
            return msgspec.json.decode(written, type=shape)
    except (ValueError, RecursionError):
        pass
    raise Invalid(FieldError("cursor", N_("This is not a cursor of this list.")))


def page_size(asked: int) -> int:
    """Return how many items were asked for; raises Invalid for fewer than one and more than the largest page."""
    if not 1 <= asked <= MOST:
        raise Invalid(FieldError("limit", N_("A page has between 1 and %(most)s items."), most=MOST))
    return asked


def _cursor(key: object) -> str:
    return urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")
