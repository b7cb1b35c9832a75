"""How a meeting repeats, as its form asks for it: from what is chosen to a rule of the calendar, and back."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from babel.dates import get_day_names

from parley.calendar import MOST_COUNT, Frequency, Rule, Weekday
from parley.ground.faults import FieldError
from parley.ground.words import N_
from parley.web.shell import Form
from parley.web.shell.times import babel

KINDS = (
    ("", N_("Does not repeat")),
    ("daily", N_("Every day")),
    ("weekdays", N_("Every weekday, Monday to Friday")),
    ("weekly", N_("Every week, on some days")),
    ("monthly", N_("Every month, on the same date")),
    ("placed", N_("Every month, on the same day of the week")),
    ("yearly", N_("Every year")),
)
ENDS = (("never", N_("Never")), ("date", N_("On a day")), ("count", N_("After a number of times")))
_WORKDAYS = tuple(Weekday(day) for day in range(5))
_FREQUENCIES = {
    "daily": Frequency.DAILY,
    "weekdays": Frequency.WEEKLY,
    "weekly": Frequency.WEEKLY,
    "monthly": Frequency.MONTHLY,
    "placed": Frequency.MONTHLY,
    "yearly": Frequency.YEARLY,
}
_DAYS_OF_A_WEEK = 7
_FOURTH = 4


def shown(rule: Rule | None, first: datetime) -> dict[str, object]:
    """Return the fields of the form that show this rule; what they cannot show stays as it is written."""
    if rule is None:
        return {"repeats": "", "every": 1, "ends": "never"}
    ends = "never" if rule.is_endless else "count" if rule.count else "date"
    return {
        "repeats": _kind(rule, first),
        "every": rule.interval,
        "days": tuple(on.day for on in rule.weekdays) or (first.weekday(),),
        "ends": ends,
        "until": "" if rule.until is None else rule.until.isoformat(),
        "count": rule.count or "",
        "rule": str(rule),
    }


def same(form: Form, before: Form) -> bool:
    """Tell whether the form asks for the rule with which it was shown."""
    names = {"repeats"}
    if form.has("repeats"):
        names |= {"every", "ends"} | {"date": {"until"}, "count": {"count"}}.get(form.text("ends"), set())
    days = form.text("repeats") != "weekly" or {*form.every("days")} == {*before.every("days")}
    return days and all(form.text(name) == before.text(name) for name in names)


def _kind(rule: Rule, first: datetime) -> str:
    plain = Rule(frequency=rule.frequency, interval=rule.interval, count=rule.count, until=rule.until)
    if rule == _with_weekdays(plain, (Weekday(first.weekday()),)) and rule.frequency is Frequency.WEEKLY:
        return "weekly"
    for kind, frequency in _FREQUENCIES.items():
        if rule.frequency is frequency and rule == _with_days(plain, kind, first, rule.weekdays):
            return kind
    return "rule"


def recurrence_of(form: Form, on: date | None) -> str | None:
    """Return the rule that was chosen for a meeting on this day; what is wrong in it the verb finds."""
    kind = form.text("repeats")
    if not kind or on is None:
        return None
    if kind not in _FREQUENCIES:
        return form.text("rule")
    first = datetime(on.year, on.month, on.day)  # noqa: DTZ001 (a day, wherever it is)
    chosen = tuple(Weekday(int(day)) for day in sorted(form.every("days")) if day in set("0123456"))
    rule = str(_with_days(Rule(frequency=_FREQUENCIES[kind]), kind, first, chosen))
    every = "1" if kind == "weekdays" else form.text("every") or "1"
    return ";".join((rule, f"INTERVAL={every}", *_end(form)))


def _with_days(rule: Rule, kind: str, first: datetime, chosen: tuple[Weekday, ...]) -> Rule:
    """Return the rule on the days that go with its kind; the day of the first start goes without saying."""
    weekdays: tuple[Weekday, ...] = ()
    if kind == "weekdays":
        weekdays = _WORKDAYS
    elif kind == "weekly" and chosen != (Weekday(first.weekday()),):
        weekdays = chosen
    elif kind == "placed":
        place = (first.day - 1) // _DAYS_OF_A_WEEK + 1
        weekdays = (Weekday(first.weekday(), place if place <= _FOURTH else -1),)
    return _with_weekdays(rule, weekdays)


def _with_weekdays(rule: Rule, weekdays: tuple[Weekday, ...]) -> Rule:
    return Rule(frequency=rule.frequency, interval=rule.interval, weekdays=weekdays, count=rule.count, until=rule.until)


def _end(form: Form) -> Iterator[str]:
    if form.text("ends") == "date":
        yield f"UNTIL={form.text('until').replace('-', '') or 0}"
    elif form.text("ends") == "count":
        yield f"COUNT={form.text('count') or 0}"


def wrong(form: Form, error: FieldError) -> FieldError:
    """Return what is wrong with the rule in the words of the form."""
    if form.text("ends") == "date" and not _is_day(form.text("until")):
        return FieldError("until", N_("Choose the last day."))
    if form.text("ends") == "count" and not _is_number(form.text("count"), MOST_COUNT):
        return FieldError("count", N_("Write a number from 1 to %(most)s."), most=MOST_COUNT)
    if "part" in error.parameters and error.parameters["part"] == "INTERVAL":
        return FieldError("every", N_("Write a number from 1 to %(most)s."), most=error.parameters["most"])
    if not _is_number(form.text("every") or "1", MOST_COUNT):
        return FieldError("every", N_("Write a number from 1 to %(most)s."), most=99)
    ends = form.text("ends") == "date"
    return FieldError("until" if ends else "repeats", error.message, **error.parameters)


def _is_number(written: str, most: int) -> bool:
    return written.isascii() and written.isdigit() and 1 <= int(written[:9]) <= most


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def offered(language: str) -> dict[str, Any]:
    """Return what the form offers to choose from, for its template."""
    names = get_day_names("wide", locale=babel(language))
    return {"repeat_kinds": KINDS, "repeat_ends": ENDS, "weekday_names": [(day, names[day]) for day in range(7)]}
