"""A rule in words, as people say it in their language."""

from datetime import date, datetime
from functools import cache

from babel import Locale
from babel.dates import format_date, format_skeleton, get_day_names, get_month_names
from babel.lists import format_list

from parley.calendar.rule import Frequency, Rule, Weekday
from parley.ground.words import N_, translate

_WORKDAYS = tuple(Weekday(day) for day in range(5))
_SUNDAY = 6
_PLACED = {
    1: (N_("on the first %(day)s"), N_("on the first Sunday")),
    2: (N_("on the second %(day)s"), N_("on the second Sunday")),
    3: (N_("on the third %(day)s"), N_("on the third Sunday")),
    4: (N_("on the fourth %(day)s"), N_("on the fourth Sunday")),
    5: (N_("on the fifth %(day)s"), N_("on the fifth Sunday")),
    -1: (N_("on the last %(day)s"), N_("on the last Sunday")),
}
"""Sunday has words of its own: in Italian it alone is feminine."""


def rule_words(rule: Rule, *, first: datetime, language: str) -> str:
    """Return `every Monday and Wednesday until 18 December 2026`; what no words fit is said as it is written."""
    every = _every(rule, first, language)
    if every is None:
        return translate(language, N_("by the rule %(rule)s"), {"rule": str(rule)})
    if rule.until is not None:
        return translate(language, N_("%(every)s until %(day)s"), {"every": every, "day": _day(rule.until, language)})
    if rule.count is not None:
        return translate(language, N_("%(every)s, %(count)s times in all"), {"every": every, "count": rule.count})
    return every


def _every(rule: Rule, first: datetime, language: str) -> str | None:
    if rule.places or (rule.months and rule.frequency is not Frequency.YEARLY):
        return None
    match rule.frequency:
        case Frequency.DAILY:
            return None if rule.weekdays or rule.month_days else _daily(rule.interval, language)
        case Frequency.WEEKLY:
            return _weekly(rule, first, language)
        case Frequency.MONTHLY:
            return _monthly(rule, first, language)
        case Frequency.YEARLY:
            return _yearly(rule, first, language)


def _daily(interval: int, language: str) -> str:
    if interval == 1:
        return translate(language, N_("every day"))
    return translate(language, N_("every %(n)s days"), {"n": interval})


def _weekly(rule: Rule, first: datetime, language: str) -> str:
    days = rule.weekdays or (Weekday(first.weekday()),)
    if rule.interval == 1 and days == _WORKDAYS:
        return translate(language, N_("every weekday, Monday to Friday"))
    if rule.interval == 1 and len(days) > _SUNDAY:
        return _daily(1, language)
    names = _listed([_weekday(on.day, language) for on in days], language)
    if rule.interval == 1:
        return translate(language, N_("every %(days)s"), {"days": names})
    return translate(language, N_("every %(n)s weeks on %(days)s"), {"n": rule.interval, "days": names})


def _monthly(rule: Rule, first: datetime, language: str) -> str | None:
    which = _which(rule, first, language)
    if which is None or rule.interval == 1:
        return which and translate(language, N_("every month %(which)s"), {"which": which})
    return translate(language, N_("every %(n)s months %(which)s"), {"n": rule.interval, "which": which})


def _which(rule: Rule, first: datetime, language: str) -> str | None:
    """Return on which days of a month."""
    if rule.weekdays:
        placed = [_placed(on, language) for on in rule.weekdays]
        known = [words for words in placed if words is not None]
        return _listed(known, language) if len(known) == len(placed) and not rule.month_days else None
    days = rule.month_days or (first.day,)
    if days == (-1,):
        return translate(language, N_("on the last day"))
    if min(days) < 0:
        return None
    return translate(language, N_("on day %(days)s"), {"days": _listed([str(day) for day in days], language)})


def _placed(on: Weekday, language: str) -> str | None:
    if on.place not in _PLACED:
        return None
    any_day, sunday = _PLACED[on.place]
    return translate(language, sunday if on.day == _SUNDAY else any_day, {"day": _weekday(on.day, language)})


def _yearly(rule: Rule, first: datetime, language: str) -> str | None:
    months = rule.months or (first.month,)
    if len(months) > 1 or (rule.month_days and not rule.months):
        return None
    if rule.weekdays:
        month = get_month_names("wide", locale=_locale(language))[months[0]]
        which = _which(rule, first, language)
        on = which and translate(language, N_("%(which)s of %(month)s"), {"which": which, "month": month})
    elif len(rule.month_days) > 1 or min(rule.month_days, default=1) < 0:
        on = None
    else:
        leap_day = date(2024, months[0], (rule.month_days or (first.day,))[0])
        on = translate(
            language,
            N_("on %(day)s"),
            {"day": format_skeleton("MMMMd", datetime.combine(leap_day, first.time()), locale=_locale(language))},
        )
    if on is None or rule.interval == 1:
        return on and translate(language, N_("every year %(on)s"), {"on": on})
    return translate(language, N_("every %(n)s years %(on)s"), {"n": rule.interval, "on": on})


def _day(on: date, language: str) -> str:
    return format_date(on, "long", locale=_locale(language))


def _weekday(day: int, language: str) -> str:
    return str(get_day_names("wide", locale=_locale(language))[day])


def _listed(words: list[str], language: str) -> str:
    return format_list(words, locale=_locale(language))


@cache
def _locale(language: str) -> Locale:
    return Locale.parse({"en": "en_GB"}.get(language, language))
