"""Times as people read them: in their zone and language, the zone named wherever it is not their own."""

import re
from datetime import date, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_interval, format_skeleton

from parley.ground.words import N_, translate
from parley.web.shell.zones import city

_LOCALES = {"en": "en_GB", "de": "de_DE", "fr": "fr_FR", "it": "it_IT"}
_NO_BREAK = "\N{NO-BREAK SPACE}"


@cache
def babel(language: str) -> Locale:
    """Return the rules by which this language writes dates and numbers."""
    return Locale.parse(_LOCALES.get(language, "en_GB"))


def zone(name: str) -> tzinfo:
    """Return the zone of this name."""
    return ZoneInfo(name)


def clock(at: datetime, *, zone_name: str, language: str) -> str:
    """Return the time of day, `10:00`."""
    return format_datetime(at, "HH:mm", tzinfo=zone(zone_name), locale=babel(language))


def day_of(at: datetime, zone_name: str) -> date:
    """Return the day on which this moment lies in the zone."""
    return at.astimezone(zone(zone_name)).date()


def day(on: date, *, today: date, language: str) -> str:
    """Return `Saturday, 21 November`, with the year unless it is within half a year of today."""
    whole = babel(language).date_formats["full"].pattern
    near = abs(on - today) < timedelta(days=183)
    return format_date(on, re.sub(r"[,\s]*y$", "", whole) if near else whole, locale=babel(language))


def day_ahead(on: date, *, today: date, language: str) -> str:
    """Return `Today`, `Tomorrow`, or the day itself."""
    named = {0: N_("Today"), 1: N_("Tomorrow"), -1: N_("Yesterday")}.get((on - today).days)
    return translate(language, named) if named else day(on, today=today, language=language)


def month_words(on: date, *, language: str) -> str:
    """Return `November 2026`."""
    return format_skeleton("yMMMM", datetime.combine(on, datetime.min.time()), locale=babel(language))


def week_words(first: date, *, language: str) -> str:
    """Return `23 to 29 Nov 2026` as the language writes it, for the week that begins on this day."""
    return format_interval(first, first + timedelta(days=6), "yMMMd", locale=babel(language))


def date_and_clock(at: datetime, *, zone_name: str, language: str) -> str:
    """Return `21 Nov 2026, 10:00`."""
    return format_datetime(at, "medium", tzinfo=zone(zone_name), locale=babel(language)).rpartition(":")[0]


def lasting(length: timedelta, *, language: str) -> str:
    """Return `45 min`, `1 h` or `1 h 30 min`; less than a minute is `< 1 min`."""
    minutes = round(length.total_seconds() / 60)
    if minutes < 1:
        return translate(language, N_("< 1 min")).replace(" ", _NO_BREAK)
    hours, rest = divmod(minutes, 60)
    if not hours:
        words = translate(language, N_("%(minutes)s min"), {"minutes": rest})
    elif not rest:
        words = translate(language, N_("%(hours)s h"), {"hours": hours})
    else:
        words = translate(language, N_("%(hours)s h %(minutes)s min"), {"hours": hours, "minutes": rest})
    return words.replace(" ", _NO_BREAK)


def zone_words(zone_name: str, *, language: str) -> str:
    """Return `Berlin time`."""
    if "/" not in zone_name:
        return zone_name
    words = translate(language, N_("%(city)s time"), {"city": city(zone_name, language=language)})
    return _elided(words) if language == "fr" else words


def _elided(words: str) -> str:
    """Return French words as they are spoken: `heure d'Oslo`, `heure du Caire`."""
    return re.sub(r"\bde (?=[AEIOUÉÎ])", "d\N{RIGHT SINGLE QUOTATION MARK}", words).replace("de Le ", "du ")


def greeting(at: datetime, *, zone_name: str) -> str:
    """Return the message id of the greeting at this time of day; it takes a name."""
    hour = at.astimezone(zone(zone_name)).hour
    if 4 <= hour < 12:  # noqa: PLR2004 (hours)
        return N_("Good morning, %(name)s")
    if hour < 18 and hour >= 12:  # noqa: PLR2004 (hours)
        return N_("Good afternoon, %(name)s")
    return N_("Good evening, %(name)s")
