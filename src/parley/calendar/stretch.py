"""A stretch of a series: as long as one rule holds, from a first start on, as the clock on the wall shows it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from parley.calendar.rule import Rule

ENDLESS = datetime(9999, 1, 1, tzinfo=UTC)
"""The end of what has none."""


class Slot(msgspec.Struct, frozen=True):
    """When one occurrence is planned by the rule."""

    original: datetime
    """Its start as the clock on the wall shows it, without a zone: by this it is known, whatever becomes of it."""

    starts_at: datetime
    ends_at: datetime


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """What is planned as long as one rule holds."""

    first: datetime
    """The first start as the clock on the wall shows it, without a zone."""

    length: timedelta
    time_zone: str
    rule: Rule

    def slot(self, original: datetime) -> Slot:
        """Return the occurrence that starts then by the clock on the wall."""
        starts_at = instant(original, self.time_zone)
        return Slot(original, starts_at, starts_at + self.length)


def instant(local: datetime, time_zone: str) -> datetime:
    """Return the moment in UTC at which the clock on the wall shows this, as RFC 5545 (3.3.5) reads it.

    A time that a clock change skips counts by the offset before the change; of one that comes twice the first is meant.
    """
    return local.replace(tzinfo=ZoneInfo(time_zone)).astimezone(UTC)
