"""The calendar: month, week, and the same as a list; what is moved in it, and where something new begins."""

from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from parley import meetings
from parley.access import Context, needs
from parley.ground import ids
from parley.ground.db import Connection
from parley.ground.faults import Conflict, Fault, Invalid
from parley.ground.filters import moment_written
from parley.ground.words import N_, translate
from parley.meetings import Happening, Move, Reach
from parley.people import Caller
from parley.web.meetings.calendar_entries import Entries, drawn
from parley.web.meetings.calendar_period import Period, View, begin_of, day_written, end_of, offset_of, period_of
from parley.web.shell import Form, Page, by_day
from parley.web.shell.times import babel, date_and_clock, day_of, month_words, week_words, zone

VIEWS = ((View.MONTH, N_("Month")), (View.WEEK, N_("Week")), (View.AGENDA, N_("List")))
_MOST_LISTED = 200
_MOST_OF_A_DAY = {View.MONTH: 12, View.WEEK: 40}
_DAYS_OF_A_WEEK = 7


@get("/meetings/calendar", opt=needs("meetings:read"))
async def calendar_page(
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
    *,
    view: FromQuery[str] = View.MONTH,
    on: FromQuery[str] = "",
    whose: FromQuery[str] = "",
) -> Template:
    """Show a period: as a list, over which a script draws the month or the week."""
    now = context.clock()
    today = day_of(now, caller.time_zone)
    chosen = View(view) if view in set(View) else View.MONTH
    period = period_of(chosen, day_written(on, otherwise=today), language=caller.locale)
    mine = whose != "all"
    found = await context.store.read_long(_listed, period.first, period.last, by=caller, now=now, mine=mine)
    days = by_day(found[:_MOST_LISTED], lambda one: _day_in(period, one, caller.time_zone))
    return Page(
        "meetings/calendar.html",
        period=period,
        title=(week_words if chosen is View.WEEK else month_words)(period.first, language=caller.locale),
        views=VIEWS,
        whose="" if mine else "all",
        today=today,
        days=days,
        left_out=max(0, len(found) - _MOST_LISTED),
        first_day=(babel(caller.locale).first_week_day + 1) % _DAYS_OF_A_WEEK,
        offset=offset_of(now, caller.time_zone),
    )


@get("/meetings/calendar/entries", opt=needs("meetings:read"))
async def entries(
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
    *,
    view: FromQuery[str] = View.MONTH,
    on: FromQuery[str] = "",
    whose: FromQuery[str] = "",
) -> Entries:
    """Answer what the script draws; of days on which much takes place only the first ones."""
    now = context.clock()
    chosen = View.WEEK if view == View.WEEK else View.MONTH
    today = day_of(now, caller.time_zone)
    first, last = period_of(chosen, day_written(on, otherwise=today), language=caller.locale).drawn
    mine = whose != "all"
    found = await context.store.read_long(_listed, first, last, by=caller, now=now, mine=mine)
    return drawn(found, (first, last), time_zone=caller.time_zone, most=_MOST_OF_A_DAY[chosen], overlaps=mine)


class Moved(msgspec.Struct, frozen=True):
    """What is said after somebody let go of a meeting, and which version it now is."""

    words: str
    version: int | None = None
    original_start: datetime | None = None
    """By what the one that was taken hold of is known now."""


@post("/meetings/{meeting:str}/move", opt=needs("meetings:write"))
async def move(
    request: Request[Any, Any, Any],
    meeting: FromPath[str],
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Response[Moved]:
    """Move a meeting to where it was dropped, and say so; or say why it stays."""
    form = await Form.sent(request)
    try:
        to = _move_of(form, time_zone=caller.time_zone)
        moved = await context.store.write(
            meetings.move, ids.parse(meeting), to, version=form.number("version"), by=caller, now=context.clock()
        )
    except (Conflict, Invalid) as fault:
        return Response(Moved(words=_why(fault, caller.locale)), status_code=HTTPStatus.CONFLICT)
    when = date_and_clock(to.starts_at, zone_name=caller.time_zone, language=caller.locale)
    words = translate(caller.locale, N_("“%(title)s” is now on %(when)s."), {"title": moved.title, "when": when})
    known = to.original_start if to.reach is Reach.ONE else to.starts_at
    return Response(Moved(words=words, version=moved.version, original_start=known), status_code=HTTPStatus.OK)


def _why(fault: Fault, language: str) -> str:
    if isinstance(fault, Invalid):
        return " ".join(translate(language, error.message, error.parameters) for error in fault.errors)
    return translate(language, fault.message, fault.parameters)


def _move_of(form: Form, *, time_zone: str) -> Move:
    """Return what was asked for; its times are those that the clock on the reader's wall shows."""
    try:
        start, end = (_moment(form.text(name), time_zone=time_zone) for name in ("start", "end"))
        reach = Reach(form.text("reach") or Reach.ONE)
    except ValueError as fault:
        raise Conflict(N_("There is no such time.")) from fault
    original = moment_written(form.text("original_start") or None, filter_="original_start")
    return Move(starts_at=start, ends_at=end, original_start=original, reach=reach)


def _moment(written: str, *, time_zone: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=zone(time_zone)).astimezone(UTC)


def _listed(db: Connection, first: date, last: date, *, by: Caller, now: datetime, mine: bool) -> list[Happening]:
    since, until = begin_of(first, by.time_zone), end_of(last, by.time_zone)
    return meetings.timetable(db, by=by, since=since, until=until, now=now, mine=mine)


def _day_in(period: Period, one: Happening, time_zone: str) -> date:
    """Return the day under which it is listed: that of its start, or the first one for what began before."""
    return max(day_of(one.starts_at, time_zone), period.first)


routes = [calendar_page, entries, move]
