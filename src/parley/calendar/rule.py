"""A rule by which something repeats: what Parley takes of the RRULE of RFC 5545."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

import msgspec

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Frequency(StrEnum):
    """What a rule counts in."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


class Weekday(msgspec.Struct, frozen=True):
    """A day of the week, 0 for Monday: every one of the period, or the first (1), second, …, last (-1) one."""

    day: int
    place: int = 0

    def __str__(self) -> str:
        return f"{self.place or ''}{WEEKDAYS[self.day]}"


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule; what it does not say (on which day of the week, of the month) follows from the first start."""

    frequency: Frequency
    interval: int = 1
    weekdays: tuple[Weekday, ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    """Which ones of those that a period has: BYSETPOS."""

    week_start: int = 0
    count: int | None = None
    until: date | None = None
    """The last day, where it is, on which there may be one. There is never more than one on a day."""

    @property
    def is_endless(self) -> bool:
        """Whether it goes on for ever."""
        return self.count is None and self.until is None

    def __str__(self) -> str:
        """Write the rule as RFC 5545 does, without its name; UNTIL is a day, where it is."""
        return ";".join(f"{name}={value}" for name, value in self._parts() if value)

    def _parts(self) -> Iterator[tuple[str, str]]:
        yield "FREQ", self.frequency
        yield "INTERVAL", str(self.interval) if self.interval != 1 else ""
        yield "BYMONTH", _listed(self.months)
        yield "BYMONTHDAY", _listed(self.month_days)
        yield "BYDAY", _listed(self.weekdays)
        yield "BYSETPOS", _listed(self.places)
        yield "WKST", WEEKDAYS[self.week_start] if self.week_start else ""
        yield "COUNT", str(self.count or "")
        yield "UNTIL", "" if self.until is None else f"{self.until:%Y%m%d}"


def _listed(values: tuple[object, ...]) -> str:
    return ",".join(map(str, values))


@lru_cache(maxsize=4096)
def parsed(written: str) -> Rule:
    """Return the rule that `str` wrote; what people write is read by `read_rule`."""
    parts = dict(part.split("=") for part in written.split(";"))
    until = parts.get("UNTIL")
    return Rule(
        frequency=Frequency(parts["FREQ"]),
        interval=int(parts.get("INTERVAL", 1)),
        weekdays=tuple(weekday(day) for day in _split(parts.get("BYDAY"))),
        month_days=tuple(map(int, _split(parts.get("BYMONTHDAY")))),
        months=tuple(map(int, _split(parts.get("BYMONTH")))),
        places=tuple(map(int, _split(parts.get("BYSETPOS")))),
        week_start=WEEKDAYS.index(parts.get("WKST", "MO")),
        count=int(parts["COUNT"]) if "COUNT" in parts else None,
        until=None if until is None else datetime.strptime(f"{until}Z", "%Y%m%d%z").date(),
    )


def weekday(written: str) -> Weekday:
    """Return the day that `MO`, `2TU` or `-1FR` names; raises ValueError for what names none."""
    return Weekday(WEEKDAYS.index(written[-2:]), int(written[:-2] or 0))


def _split(written: str | None) -> list[str]:
    return written.split(",") if written else []
