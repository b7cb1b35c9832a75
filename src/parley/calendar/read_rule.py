"""Reading the rule that somebody writes, and saying everything that is wrong with it."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from parley.calendar.expand import on_or_after
from parley.calendar.rule import WEEKDAYS, Frequency, Rule, Weekday, weekday
from parley.ground.faults import FieldError
from parley.ground.words import N_

T = TypeVar("T")

MOST_COUNT = 1000
"""How often something repeats at most that is counted."""

_LONGEST = 300
_MOST_YEARS = 100
_MOST_LISTED = 31
_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
_MOST_INTERVAL = {Frequency.DAILY: 366, Frequency.WEEKLY: 104, Frequency.MONTHLY: 60, Frequency.YEARLY: 10}
_PART = re.compile(r"[A-Z]+=[A-Z0-9,+:-]+", re.ASCII)
_WEEKDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_NUMBER = re.compile(r"[+-]?[0-9]{1,4}", re.ASCII)
_UNTIL = re.compile(r"[0-9]{8}(T[0-9]{6}Z?)?", re.ASCII)


def read_rule(written: str, *, first: datetime, time_zone: str, field: str, errors: list[FieldError]) -> Rule | None:
    """Return the rule; None, and what is wrong in `errors`, when it is none by which Parley repeats something.

    `first` is the first start by the clock on the wall of `time_zone`; UNTIL may be a day there, a time there, or a
    moment (Z).
    """
    parts = _parts(written, field=field, errors=errors)
    if parts is None:
        return None
    reader = _Reader(parts, field=field, errors=errors)
    rule = reader.rule(first=first, time_zone=time_zone)
    if rule is not None and not reader.wrong and on_or_after(first, rule) is None:
        reader.refuse(N_("By this rule it would never take place."))
    return None if reader.wrong else rule


def _parts(written: str, *, field: str, errors: list[FieldError]) -> dict[str, str] | None:
    """Return the parts of the rule by name."""
    text = written.strip().upper().removeprefix("RRULE:").rstrip(";")
    parts = text.split(";") if len(written) <= _LONGEST else []
    names = [part.partition("=")[0] for part in parts]
    if not parts or not all(map(_PART.fullmatch, parts)) or len({*names}) < len(names) or "FREQ" not in names:
        errors.append(FieldError(field, N_("Write a rule like FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261218.")))
        return None
    unknown = sorted({*names} - _PARTS)
    if unknown:
        errors.append(FieldError(field, N_("A meeting does not repeat by %(parts)s."), parts=", ".join(unknown)))
        return None
    return dict(part.split("=", 1) for part in parts)


class _Reader:
    """Reads the parts one by one and collects what is wrong."""

    def __init__(self, parts: dict[str, str], *, field: str, errors: list[FieldError]) -> None:
        self._parts = parts
        self._field = field
        self._errors = errors
        self.wrong = False

    def refuse(self, message: str, **parameters: object) -> None:
        self.wrong = True
        self._errors.append(FieldError(self._field, message, **parameters))

    def rule(self, *, first: datetime, time_zone: str) -> Rule | None:
        written = self._parts["FREQ"]
        if written not in Frequency.__members__:
            self.refuse(
                N_("A meeting repeats DAILY, WEEKLY, MONTHLY or YEARLY; %(frequency)s is none of these."),
                frequency=written,
            )
            return None
        frequency = Frequency(written)
        rule = Rule(
            frequency=frequency,
            interval=self._number("INTERVAL", most=_MOST_INTERVAL[frequency]) or 1,
            weekdays=self._weekdays(),
            month_days=self._numbers("BYMONTHDAY", most=31, backwards=True),
            months=self._numbers("BYMONTH", most=12),
            places=self._numbers("BYSETPOS", most=31, backwards=True),
            week_start=self._week_start(),
            count=self._number("COUNT", most=MOST_COUNT),
            until=self._until(first=first, time_zone=time_zone),
        )
        self._check(rule, first=first)
        return rule

    def _check(self, rule: Rule, *, first: datetime) -> None:
        """Find wrong what does not go together."""
        placed = any(on.place for on in rule.weekdays)
        if rule.count is not None and rule.until is not None:
            self.refuse(N_("A rule has COUNT or UNTIL, and not both."))
        if placed and rule.frequency not in (Frequency.MONTHLY, Frequency.YEARLY):
            self.refuse(
                N_("Only in a month there is a first, second or last Monday: that goes with MONTHLY or YEARLY.")
            )
        if rule.weekdays and rule.frequency is Frequency.YEARLY and not rule.months:
            self.refuse(N_("With YEARLY, BYDAY takes BYMONTH beside it."))
        if rule.month_days and rule.frequency is Frequency.WEEKLY:
            self.refuse(N_("BYMONTHDAY does not go with WEEKLY."))
        if rule.places and not (rule.weekdays or rule.month_days):
            self.refuse(N_("BYSETPOS takes BYDAY or BYMONTHDAY beside it."))
        if rule.until is not None and rule.until < first.date():
            self.refuse(N_("It would end before it begins."))
        if rule.until is not None and rule.until.year - first.year > _MOST_YEARS:
            self.refuse(N_("It ends within %(years)s years, or never: leave the end out."), years=_MOST_YEARS)

    def _number(self, name: str, *, most: int) -> int | None:
        written = self._parts.get(name)
        if written is None:
            return None
        if _NUMBER.fullmatch(written) and 1 <= int(written) <= most:
            return int(written)
        self.refuse(N_("%(part)s is a number from 1 to %(most)s."), part=name, most=most)
        return None

    def _numbers(self, name: str, *, most: int, backwards: bool = False) -> tuple[int, ...]:
        def read(written: str) -> int:
            number = int(written) if _NUMBER.fullmatch(written) else 0
            if not 1 <= (abs(number) if backwards else number) <= most:
                raise ValueError
            return number

        return self._each(name, read)

    def _weekdays(self) -> tuple[Weekday, ...]:
        def read(written: str) -> Weekday:
            if not _WEEKDAY.fullmatch(written):
                raise ValueError
            return weekday(written)

        return tuple(sorted(self._each("BYDAY", read), key=lambda on: (on.place, on.day)))

    def _each(self, name: str, read: Callable[[str], T]) -> tuple[T, ...]:
        """Return what is listed, once each."""
        listed = self._parts[name].split(",") if name in self._parts else []
        if len(listed) <= _MOST_LISTED:
            try:
                return tuple(dict.fromkeys(map(read, listed)))
            except ValueError:
                pass
        self.refuse(N_("This is not what %(part)s may be."), part=name)
        return ()

    def _week_start(self) -> int:
        written = self._parts.get("WKST", "MO")
        if written in WEEKDAYS:
            return WEEKDAYS.index(written)
        self.refuse(N_("This is not what %(part)s may be."), part="WKST")
        return 0

    def _until(self, *, first: datetime, time_zone: str) -> date | None:
        """Return the last day on which there may be one, at the time of day of the first start."""
        written = self._parts.get("UNTIL")
        if written is None:
            return None
        try:
            day, *rest = written.split("T") if _UNTIL.fullmatch(written) else ("",)
            if not rest:
                return datetime.strptime(f"{day}Z", "%Y%m%d%z").date()
            until = datetime.fromisoformat(written)
            local = until.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None) if written.endswith("Z") else until
            return local.date() if local.time() >= first.time() else local.date() - timedelta(days=1)
        except (ValueError, OverflowError):
            self.refuse(N_("UNTIL is a day like 20261218, or a moment like 20261218T090000Z."))
            return None
