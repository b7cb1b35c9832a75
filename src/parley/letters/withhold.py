"""Withholding letters that were overtaken by events before they left."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from parley.ground.db import Connection
from parley.letters.letter import Letter
from parley.letters.rows import reminders_waiting, undelivered_in, withhold_letters, withhold_threads


def overtaken(db: Connection, threads: Sequence[str], *, now: datetime) -> Mapping[str, Letter]:
    """Withhold those letters of the threads that wait or failed; return the newest of each, as it stood."""
    found = undelivered_in(db, threads)
    withhold_threads(db, found, now=now)
    return found


def withhold_reminders(db: Connection, meeting: int, *, but: Iterable[datetime], now: datetime) -> None:
    """Withhold reminders of the meeting that wait, but those of occurrences that still start at these times."""
    starts = set(but)
    stale = [letter.id for letter in reminders_waiting(db, meeting) if letter.expires_at not in starts]
    withhold_letters(db, stale, now=now)
