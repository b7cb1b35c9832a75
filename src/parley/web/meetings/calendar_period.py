"""Which days a calendar shows: a month, a week, or the month as a list; and where to go from there."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import msgspec

from parley.calendar import instant
from parley.web.shell.times import babel, zone

_DAY = timedelta(days=1)
_WEEK = 7 * _DAY
_EARLIEST, _LATEST = date(1970, 2, 1), date(9000, 1, 1)


class View(StrEnum):
    """How a calendar is drawn."""

    MONTH = "month"
    WEEK = "week"
    AGENDA = "agenda"


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """The days that are shown; `drawn` are those of a month with the weeks at both its ends."""

    view: View
    on: date
    first: date
    last: date
    drawn: tuple[date, date]

    @property
    def before(self) -> date:
        """A day of the period before."""
        return max(self.first - _DAY, _EARLIEST)

    @property
    def after(self) -> date:
        """A day of the period behind."""
        return min(self.last + _DAY, _LATEST)


def period_of(view: View, on: date, *, language: str) -> Period:
    """Return the period around a day."""
    on = min(max(on, _EARLIEST), _LATEST)
    first, last = _ends_of_week(on, language)
    drawn = first, last
    if view is not View.WEEK:
        first, last = on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1])
        drawn = _ends_of_week(first, language)[0], _ends_of_week(last, language)[1]
    return Period(view=view, on=on, first=first, last=last, drawn=drawn)


def _ends_of_week(on: date, language: str) -> tuple[date, date]:
    first = on - timedelta(days=(on.weekday() - babel(language).first_week_day) % 7)
    return first, first + _WEEK - _DAY


def begin_of(on: date, time_zone: str) -> datetime:
    """Return the moment at which the day begins in the zone."""
    return instant(datetime.combine(on, time.min), time_zone)


def end_of(on: date, time_zone: str) -> datetime:
    """Return the moment at which the day is over in the zone."""
    return begin_of(on + _DAY, time_zone)


def offset_of(now: datetime, time_zone: str) -> str:
    """Return how far the clock on the wall is from UTC now: `+01:00`."""
    return now.astimezone(zone(time_zone)).isoformat()[-6:]


def day_written(written: str, *, otherwise: date) -> date:
    """Return the day that an address names, or another when it names none."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return otherwise
