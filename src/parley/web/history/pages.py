"""The pages of the history: what took place, and the record of one session."""

from datetime import date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlencode

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Template
from msgspec import structs

from parley.access import needs
from parley.ground import ids
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.faults import NotFound
from parley.people import Caller
from parley.web.history.views import Wanted, listed, record
from parley.web.shell import Form, Page, by_day
from parley.web.shell.times import zone


@get("/history", opt=needs("sessions:read"))
async def history_page(
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    *,
    since: Annotated[str, QueryParameter(name="from")] = "",
    to: FromQuery[str] = "",
    organizer: FromQuery[str] = "",
    meeting: FromQuery[str] = "",
    cursor: FromQuery[str | None] = None,
) -> Template:
    """List the sessions of the reader; for those who oversee the account, all of them."""
    first, last = _day(since), _day(to)
    wanted = Wanted(
        meeting=_id(meeting),
        organizer=_id(organizer),
        since=_midnight(first, caller.time_zone) if first else None,
        until=_midnight(last + timedelta(days=1), caller.time_zone) if last else None,
    )
    found = await store.read_long(listed, wanted, by=caller, now=clock(), cursor=cursor)
    filters = {"from": since, "to": to, "organizer": organizer, "meeting": meeting}
    return Page(
        "history/history.html",
        form=Form.of(**filters),
        filtered=any(filters.values()),
        query=f"?{urlencode(filters)}",
        organizers=found.organizers,
        meeting=found.meeting,
        days=by_day(found.rows, lambda row: row.on),
        next=found.next,
    )


@get("/history/{session:str}", opt=needs("sessions:read"))
async def session_page(
    session: FromPath[str],
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    *,
    cursor: FromQuery[str | None] = None,
) -> Template:
    """Show the record of a session."""
    found = await store.read_long(record, ids.parse(session), by=caller, now=clock(), cursor=cursor)
    return Page("history/session.html", **structs.asdict(found), earlier=cursor is not None)


def _day(written: str) -> date | None:
    """Return the day that was chosen; one at the ends of the calendar, where arithmetic fails, is none."""
    try:
        chosen = date.fromisoformat(written)
    except ValueError:
        return None
    return chosen if date.min.year < chosen.year < date.max.year else None


def _midnight(day: date, zone_name: str) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone(zone_name))


def _id(written: str) -> int | None:
    try:
        return ids.parse(written) if written else None
    except NotFound:
        return None


routes = [history_page, session_page]
