"""A time zone as calendars read it (VTIMEZONE of RFC 5545): by the rule of its clock changes, where they have one."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from parley.calendar.rule import WEEKDAYS

_YEARS = 12
"""How many years of clock changes are looked at: with the same rule in all of them, it is written for ever."""

_HOUR = timedelta(hours=1)
_WEEK = 7


class _Turn(msgspec.Struct, frozen=True):
    """A clock change: when it is by the clock before it, and what the clock says from then on."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    daylight: bool

    @property
    def rule(self) -> str:
        """The rule that names this day in its year: every change that Parley knows is on a weekday's first, … last."""
        last = self.at.day + _WEEK > monthrange(self.at.year, self.at.month)[1]
        place = -1 if last else (self.at.day - 1) // _WEEK + 1
        return f"FREQ=YEARLY;BYMONTH={self.at.month};BYDAY={place}{WEEKDAYS[self.at.weekday()]}"

    @property
    def habit(self) -> tuple[object, ...]:
        """What is the same every year where there is a rule."""
        return self.rule, self.at.time(), self.before, self.after, self.name, self.daylight


@lru_cache(maxsize=512)
def zone_text(name: str, *, year: int) -> str:
    """Return the zone, for what takes place in this year and later, ended with a line break."""
    turns = tuple(_turns(ZoneInfo(name), year - 1))
    habits = {turn.habit: turn for turn in reversed(turns)}
    is_regular = len(turns) == len(habits) * (_YEARS + 1)
    begin = datetime(year - 1, 1, 1, tzinfo=ZoneInfo(name))
    offset = begin.utcoffset() or timedelta()
    lines = [
        "BEGIN:VTIMEZONE",
        f"TZID:{name}",
        *_observance(_Turn(datetime(1970, 1, 1), offset, offset, begin.tzname() or name, bool(begin.dst()))),  # noqa: DTZ001
    ]
    for turn in sorted(habits.values(), key=lambda turn: turn.at) if is_regular else turns:
        lines += _observance(turn, rule=turn.rule if is_regular else None)
    return "\r\n".join([*lines, "END:VTIMEZONE", ""])


def _turns(zone: ZoneInfo, year: int) -> Iterator[_Turn]:
    """Yield the clock changes of the years from this one on."""
    at, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + _YEARS + 1, 1, 1, tzinfo=UTC)
    while at < end:
        after = at + 24 * _HOUR
        if at.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            yield _turn_between(zone, at, after)
        at = after


def _turn_between(zone: ZoneInfo, early: datetime, late: datetime) -> _Turn:
    """Return the change in this day, found to the minute by halving."""
    before = early.astimezone(zone).utcoffset() or timedelta()
    while late - early > timedelta(minutes=1):
        middle = (early + (late - early) / 2).replace(second=0, microsecond=0)
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    there = late.astimezone(zone)
    local = (late + before).replace(tzinfo=None)
    return _Turn(local, before, there.utcoffset() or timedelta(), there.tzname() or "", bool(there.dst()))


def _observance(turn: _Turn, *, rule: str | None = None) -> list[str]:
    kind = "DAYLIGHT" if turn.daylight else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{turn.at:%Y%m%dT%H%M%S}",
        *([] if rule is None else [f"RRULE:{rule}"]),
        f"TZNAME:{turn.name}",
        f"TZOFFSETFROM:{_offset(turn.before)}",
        f"TZOFFSETTO:{_offset(turn.after)}",
        f"END:{kind}",
    ]


def _offset(offset: timedelta) -> str:
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}{minutes % 60:02}"
