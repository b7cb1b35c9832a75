"""When something takes place by its rule: read lazily, from anywhere in a series, and never more than is asked for."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from parley.calendar.dates import dates
from parley.calendar.rule import Rule
from parley.calendar.stretch import Slot, Stretch

_DAY = timedelta(days=1)
_EARLIEST, _LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9980, 1, 1, tzinfo=UTC)


def slots(stretch: Stretch, *, since: datetime | None = None, until: datetime | None = None) -> Iterator[Slot]:
    """Yield in order what is not over at `since` and begins before `until` (both in UTC)."""
    start = stretch.first.date()
    begin = start if since is None else max(start, _local_day(since, stretch) - stretch.length - 2 * _DAY)
    for day in dates(stretch.rule, first=start, since=begin):
        slot = stretch.slot(datetime.combine(day, stretch.first.time()))
        if until is not None and slot.starts_at >= until:
            return
        if since is None or slot.ends_at > since:
            yield slot


def on_or_after(first: datetime, rule: Rule) -> datetime | None:
    """Return the first time that the rule names at this local time or after it; None when there never is one."""
    day = next(dates(rule, first=first.date(), since=first.date()), None)
    return None if day is None else datetime.combine(day, first.time())


def last_slot(stretch: Stretch) -> Slot | None:
    """Return the last one; None when there is no last one."""
    rule, start = stretch.rule, stretch.first.date()
    if rule.is_endless:
        return None
    back, day = 2 * _DAY, None
    while day is None:
        since = start if rule.until is None or rule.until - start < back else rule.until - back
        for day in dates(rule, first=start, since=since):  # noqa: B007 (the last one is wanted)
            pass
        if since == start:
            break
        back *= 16
    return None if day is None else stretch.slot(datetime.combine(day, stretch.first.time()))


def _local_day(at: datetime, stretch: Stretch) -> date:
    """Return the day there; far away from everything time stands still."""
    return min(max(at, _EARLIEST), _LATEST).astimezone(ZoneInfo(stretch.time_zone)).date()
