"""The days that a rule names, period by period: a day, a week, a month or a year."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from parley.calendar.rule import Frequency, Rule, Weekday

_WEEK = 7
_LATEST = 9990
"""The year in which everything ends: behind it there are no dates to count with."""

_FRUITLESS = {Frequency.DAILY: 15_000, Frequency.WEEKLY: 2_000, Frequency.MONTHLY: 500, Frequency.YEARLY: 50}
"""How many periods may pass without a day until it is clear that none will come, as with 30 February."""


def dates(rule: Rule, *, first: date, since: date) -> Iterator[date]:
    """Yield in order the days from `since` on that the rule names, beginning with `first` or after it.

    Periods before `since` are skipped over, not counted out; only where a COUNT has to be counted, they are.
    """
    number = 0 if rule.count else max(0, _periods(rule, first, since) - 1)
    seen = fruitless = 0
    while fruitless < _FRUITLESS[rule.frequency]:
        found = _of_period(rule, first, number)
        if found is None:
            return
        number, fruitless = number + 1, fruitless + 1
        for day in found:
            if day < first:
                continue
            seen, fruitless = seen + 1, 0
            if (rule.count and seen > rule.count) or (rule.until and day > rule.until):
                return
            if day >= since:
                yield day


def _periods(rule: Rule, first: date, since: date) -> int:
    """Return how many whole periods lie before `since`."""
    match rule.frequency:
        case Frequency.DAILY:
            return (since - first).days // rule.interval
        case Frequency.WEEKLY:
            return (since - first).days // (_WEEK * rule.interval)
        case Frequency.MONTHLY:
            return ((since.year - first.year) * 12 + since.month - first.month) // rule.interval
        case Frequency.YEARLY:
            return (since.year - first.year) // rule.interval


def _of_period(rule: Rule, first: date, number: int) -> list[date] | None:
    """Return the days in the period of this number; None behind the end of all dates."""
    steps, found = number * rule.interval, list[date]()
    match rule.frequency:
        case Frequency.DAILY | Frequency.WEEKLY:
            ahead = steps * (1 if rule.frequency is Frequency.DAILY else _WEEK)
            if first.year + ahead // 365 > _LATEST:
                return None
            day = first + timedelta(days=ahead)
            found = [day] if rule.frequency is Frequency.DAILY else _of_week(rule, first, day)
            found = [day for day in found if _fits(rule, day)]
        case Frequency.MONTHLY:
            year, month = divmod(first.year * 12 + first.month - 1 + steps, 12)
            if year > _LATEST:
                return None
            found = _of_month(rule, first, year, month + 1) if not rule.months or month + 1 in rule.months else []
        case Frequency.YEARLY:
            year = first.year + steps
            if year > _LATEST:
                return None
            months = rule.months or (range(1, 13) if rule.month_days else (first.month,))
            found = [day for month in sorted(months) for day in _of_month(rule, first, year, month)]
    return _placed(found, rule.places)


def _of_week(rule: Rule, first: date, day: date) -> list[date]:
    start = day - timedelta(days=(day.weekday() - rule.week_start) % _WEEK)
    wanted = {on.day for on in rule.weekdays} or {first.weekday()}
    week = (start + timedelta(days=ahead) for ahead in range(_WEEK))
    return [day for day in week if day.weekday() in wanted]


def _of_month(rule: Rule, first: date, year: int, month: int) -> list[date]:
    length = monthrange(year, month)[1]
    if rule.month_days or not rule.weekdays:
        numbers: Iterable[int] = rule.month_days or (first.day,)
        days = {number if number > 0 else length + 1 + number for number in numbers}
    else:
        days = set(range(1, length + 1))
    found = (date(year, month, day) for day in sorted(days) if 1 <= day <= length)
    return [day for day in found if _is_among(day, length, rule.weekdays)]


def _is_among(day: date, length: int, weekdays: tuple[Weekday, ...]) -> bool:
    """Tell whether this is one of these days of its month."""
    return not weekdays or any(
        on.day == day.weekday() and on.place in (0, (day.day - 1) // _WEEK + 1, -((length - day.day) // _WEEK + 1))
        for on in weekdays
    )


def _fits(rule: Rule, day: date) -> bool:
    """Tell whether the rest of a daily or weekly rule lets a day be."""
    if rule.months and day.month not in rule.months:
        return False
    if rule.weekdays and day.weekday() not in {on.day for on in rule.weekdays}:
        return False
    backwards = day.day - monthrange(day.year, day.month)[1] - 1
    return not rule.month_days or day.day in rule.month_days or backwards in rule.month_days


def _placed(found: list[date], places: tuple[int, ...]) -> list[date]:
    """Return those of a period that BYSETPOS picks."""
    if not places:
        return found
    chosen = {place - 1 if place > 0 else len(found) + place for place in places}
    return [day for number, day in enumerate(found) if number in chosen]
