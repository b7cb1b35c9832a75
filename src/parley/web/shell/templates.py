"""The templates' environment: escaping, the reader's language, and the few functions that templates call."""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template import TemplateConfig
from markupsafe import Markup, escape

from parley.calendar import rule_words
from parley.ground.words import LANGUAGES, catalogue, translate
from parley.meetings import Meeting
from parley.people import LOBBY_NAMES, ROLE_NAMES, is_zone
from parley.web.shell import reach, times, zones
from parley.web.shell.assets import address
from parley.web.shell.reader import Reader
from parley.web.shell.sizes import running, size_words

FOLDER = Path(__file__).parent.parent / "templates"

_OWN_ICONS = frozenset({"raised-hand", "raised-hand-fill"})
"""Drawn for Parley, where Bootstrap has none that is understood."""


def environment() -> Environment:
    """Return an environment in which every undefined name is an error, and every value is escaped."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.policies["ext.i18n.trimmed"] = True
    made.globals.update(_FUNCTIONS)
    return made


@cache
def template_config() -> TemplateConfig[JinjaTemplateEngine]:
    """Return what an app needs to answer with pages: each template is compiled once in a process."""
    return TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment()))


def _reader(context: Context) -> Reader:
    reader: Reader = context["reader"]
    return reader


@pass_context
def _gettext(context: Context, message: str) -> str:
    return catalogue(_reader(context).language).gettext(message)


@pass_context
def _ngettext(context: Context, one: str, many: str, count: int) -> str:
    return catalogue(_reader(context).language).ngettext(one, many, count)


@pass_context
def say(context: Context, message: str, parameters: dict[str, object] | None = None) -> str:
    """Return a message id in the reader's language."""
    return translate(_reader(context).language, message, parameters)


@pass_context
def clock(context: Context, at: datetime, zone: str | None = None) -> Markup:
    """Return the time of day, in the reader's zone unless another is named."""
    reader = _reader(context)
    return _time(at, times.clock(at, zone_name=zone or reader.zone, language=reader.language))


@pass_context
def moment(context: Context, at: datetime, zone: str | None = None) -> Markup:
    """Return date and time of day."""
    reader = _reader(context)
    return _time(at, times.date_and_clock(at, zone_name=zone or reader.zone, language=reader.language))


@pass_context
def day(context: Context, at: datetime | date, zone: str | None = None) -> str:
    """Return the day of the week and the date, of a day or of the day on which a moment lies."""
    reader = _reader(context)
    on = times.day_of(at, zone or reader.zone) if isinstance(at, datetime) else at
    return times.day(on, today=times.day_of(reader.now, reader.zone), language=reader.language)


@pass_context
def day_ahead(context: Context, at: datetime | date) -> str:
    """Return `Today`, `Tomorrow`, or the day, of a day or of a moment."""
    reader = _reader(context)
    on = times.day_of(at, reader.zone) if isinstance(at, datetime) else at
    return times.day_ahead(on, today=times.day_of(reader.now, reader.zone), language=reader.language)


@pass_context
def lasting(context: Context, length: timedelta) -> str:
    """Return how long that is."""
    return times.lasting(length, language=_reader(context).language)


@pass_context
def sized(context: Context, size: int) -> str:
    """Return how large a file is."""
    return size_words(size, language=_reader(context).language)


@pass_context
def zone_words(context: Context, zone: str | None = None) -> str:
    """Return `Berlin time`."""
    reader = _reader(context)
    return times.zone_words(zone or reader.zone, language=reader.language)


@pass_context
def zone_choices(context: Context) -> tuple[tuple[str, str], ...]:
    """Return every time zone with the city and country that it is looked for by."""
    return zones.choices(_reader(context).language)


@pass_context
def city(context: Context, zone: str) -> str:
    """Return the city that names a zone."""
    return zones.city(zone, language=_reader(context).language)


@pass_context
def time_in(context: Context, zone: str) -> Markup | None:
    """Return the time of day in a zone that somebody typed; None where that is no zone."""
    return clock(context, _reader(context).now, zone) if is_zone(zone) else None


@pass_context
def repeats(context: Context, meeting: Meeting) -> str:
    """Return `every Monday`; nothing for a meeting that does not repeat."""
    if not meeting.stretches:
        return ""
    last = meeting.stretches[-1]
    return rule_words(last.rule, first=last.first, language=_reader(context).language)


@pass_context
def only_here(context: Context, link: str) -> bool:
    """Tell whether to warn the reader that a link works on this computer only."""
    return reach.only_here(link, _reader(context).caller)


@cache
def icon(name: str) -> Markup:
    """Return an icon of a sprite, which screen readers pass over: a word always stands beside it."""
    sprite = address("icons/signs.svg" if name in _OWN_ICONS else "vendor/bootstrap-icons.svg")
    return Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>').format(sprite, name)


def initials(name: str) -> str:
    """Return up to two letters that stand for a person."""
    letters = [word[0] for word in name.split() if word[0].isalnum()] or ["?"]
    return (letters[0] + letters[-1] if len(letters) > 1 else letters[0]).upper()


def shade(name: str) -> str:
    """Return one of four quiet colors, always the same for the same name (`static/live/markup.js` does likewise)."""
    return "abcd"[sum(map(ord, name)) % 4]


def grouped(number: int) -> str:
    """Return a meeting number as people read it aloud."""
    return f"{number:011,}".replace(",", "-")


def _time(at: datetime, words: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), escape(words))


_FUNCTIONS: dict[str, Any] = {
    "LANGUAGES": LANGUAGES,
    "city": city,
    "clock": clock,
    "day": day,
    "day_ahead": day_ahead,
    "grouped": grouped,
    "icon": icon,
    "initials": initials,
    "lasting": lasting,
    "moment": moment,
    "only_here": only_here,
    "repeats": repeats,
    "role_names": ROLE_NAMES,
    "lobby_names": [*LOBBY_NAMES.items()],
    "running": running,
    "say": say,
    "shade": shade,
    "sized": sized,
    "static": address,
    "time_in": time_in,
    "zone_choices": zone_choices,
    "zone_words": zone_words,
}
