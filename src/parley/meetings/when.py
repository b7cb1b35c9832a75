"""Times as people write them: with an offset from UTC, or as the clock on the wall of a time zone shows them."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from parley.ground.faults import FieldError
from parley.ground.words import N_

LONGEST = timedelta(hours=24)
"""The longest meeting."""

FURTHEST = timedelta(days=3660)
"""How far ahead a meeting may be planned: ten years."""

_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?([Zz]|[+-]\d{2}:\d{2})?", re.ASCII)


def moment(written: str, *, zone: str, field: str, errors: list[FieldError]) -> datetime | None:
    """Return the moment in UTC; None, and something in `errors`, when it is none.

    `zone` is asked only when no offset is written. A local time that a clock change skips or repeats is read as
    RFC 5545 says (3.3.5): what is skipped counts by the offset before the change, and of two the first is meant. Who
    means the second writes the offset.
    """
    if not _WRITTEN.fullmatch(written):
        errors.append(FieldError(field, N_("Write a time like 2026-03-02T09:30 or 2026-03-02T09:30:00+01:00.")))
        return None
    try:
        read = datetime.fromisoformat(written.upper())
        local = read if read.tzinfo is not None else read.replace(tzinfo=ZoneInfo(zone))
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        errors.append(FieldError(field, N_("There is no such time.")))
        return None


def check_span(starts_at: datetime, ends_at: datetime, *, errors: list[FieldError]) -> None:
    """Find wrong an end that is not after the start, or too long after it."""
    if ends_at <= starts_at:
        errors.append(FieldError("ends_at", N_("The end must be after the start.")))
    elif ends_at - starts_at > LONGEST:
        hours = LONGEST // timedelta(hours=1)
        errors.append(FieldError("ends_at", N_("A meeting lasts at most %(hours)s hours."), hours=hours))


def check_start(starts_at: datetime, *, now: datetime, errors: list[FieldError]) -> None:
    """Find wrong a start in the past, or too far ahead. The present minute is not past: people choose minutes."""
    if starts_at < now.replace(second=0, microsecond=0):
        errors.append(FieldError("starts_at", N_("The start is in the past.")))
    elif starts_at - now > FURTHEST:
        errors.append(FieldError("starts_at", N_("The start is more than ten years ahead.")))
