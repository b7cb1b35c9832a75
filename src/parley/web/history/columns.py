"""Attendance over time as it is drawn: a column per stretch of time, of who came long enough, too short, and not."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import msgspec

from parley.reports import SessionAttendance
from parley.web.shell.times import day_of

_MOST_DAYS = 31
_MOST_WEEKS = 27
_HIGHEST = 100.0


class ColumnDrawn(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of time that begins on a day: how many came long enough, too short, and not, and how that is drawn."""

    on: date
    sessions: int
    enough: int
    short: int
    absent: int
    x: float
    width: float
    enough_height: float
    short_height: float
    absent_height: float

    @property
    def short_top(self) -> float:
        """Where the part of those begins who came too short; the drawing is measured from above, in per cent."""
        return _HIGHEST - self.enough_height - self.short_height

    @property
    def absent_top(self) -> float:
        """Where the part of those begins who did not come."""
        return self.short_top - self.absent_height


def columns(found: Iterable[SessionAttendance], *, zone: str) -> tuple[ColumnDrawn, ...]:
    """Return a column for every day, week or month in which there were sessions or could have been."""
    counted: dict[date, list[int]] = {}
    days = [(day_of(one.started_at, zone), one) for one in found]
    if not days:
        return ()
    begin = _beginning(days[0][0], days[-1][0])
    for on, one in days:
        sums = counted.setdefault(begin(on), [0, 0, 0, 0])
        for place, number in enumerate((1, one.long_enough, one.came - one.long_enough, one.absent)):
            sums[place] += number
    every = _stretches(min(counted), max(counted), begin)
    highest = max(sum(sums[1:]) for sums in counted.values()) or 1
    width = _HIGHEST / len(every)
    return tuple(
        _column(on, counted.get(on, [0, 0, 0, 0]), x=place * width, width=width, highest=highest)
        for place, on in enumerate(every)
    )


def _column(on: date, sums: list[int], *, x: float, width: float, highest: int) -> ColumnDrawn:
    count, enough, short, absent = sums
    high = _HIGHEST / highest
    return ColumnDrawn(
        on=on,
        sessions=count,
        enough=enough,
        short=short,
        absent=absent,
        x=round(x + width * 0.1, 3),
        width=round(min(width * 0.8, 12.0), 3),
        enough_height=round(enough * high, 3),
        short_height=round(short * high, 3),
        absent_height=round(absent * high, 3),
    )


def _beginning(first: date, last: date) -> Callable[[date], date]:
    """Return what says in which stretch a day lies: in itself, its week or its month."""
    if last - first <= timedelta(days=_MOST_DAYS):
        return lambda day: day
    if last - first <= timedelta(weeks=_MOST_WEEKS):
        return lambda day: day - timedelta(days=day.weekday())
    return lambda day: day.replace(day=1)


def _stretches(first: date, last: date, begin: Callable[[date], date]) -> list[date]:
    every: list[date] = []
    on = first
    while on <= last:
        if begin(on) not in every[-1:]:
            every.append(begin(on))
        on += timedelta(days=1)
    return every
