"""Withholding letters that were overtaken by events before they left."""

from collections.abc import Iterable
from datetime import datetime

from parley.ground.db import Connection
from parley.letters.rows import reminders_waiting, withhold_letters


def withhold_reminders(db: Connection, meeting: int, *, but: Iterable[datetime], now: datetime) -> None:
    """Withhold reminders of the meeting that wait, but those of occurrences that still start at these times."""
    starts = set(but)
    stale = [letter.id for letter in reminders_waiting(db, meeting) if letter.expires_at not in starts]
    withhold_letters(db, stale, now=now)
