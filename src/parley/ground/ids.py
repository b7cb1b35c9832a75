"""Ids: positive 63-bit integers in time order; JSON carries them as strings, because JavaScript rounds them."""

import secrets
import threading
import time

from parley.ground.faults import NotFound
from parley.ground.words import N_

LARGEST = 2**63 - 1

_EPOCH_MS = 1_704_067_200_000  # 2024-01-01T00:00:00Z
_SEQUENCE_BITS = 21
_START_BITS = _SEQUENCE_BITS - 1  # a random start in the lower half leaves a million ids to every millisecond

_lock = threading.Lock()
_last = 0


def new_id() -> int:
    """Return an id above every id that this process gave before.

    Layout: 42 bits of milliseconds since 2024, 21 bits that start at random in each millisecond, so that two
    processes collide about once in a million shared milliseconds (and then the primary key refuses the second).
    A clock that is set back does not bring ids back.
    """
    global _last  # noqa: PLW0603 (a process-wide sequence is the point)
    fresh = (time.time_ns() // 1_000_000 - _EPOCH_MS) << _SEQUENCE_BITS | secrets.randbits(_START_BITS)
    with _lock:
        same_moment = fresh >> _SEQUENCE_BITS <= _last >> _SEQUENCE_BITS
        _last = _last + 1 if same_moment else fresh
        return _last


def text(number: int) -> str:
    """Return the id as the API writes it."""
    return str(number)


def parse(written: str) -> int:
    """Return the id that was written; what cannot be an id is NotFound, as an id of nothing would be."""
    if not (written.isascii() and written.isdigit() and len(written) <= 19):  # noqa: PLR2004 (digits of 2**63)
        raise NotFound(N_("There is nothing under this id."))
    number = int(written)
    if not 0 < number <= LARGEST:
        raise NotFound(N_("There is nothing under this id."))
    return number
