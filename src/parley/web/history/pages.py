"""The pages of the history: what took place, and the record of one session."""

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from msgspec import structs

from parley.access import needs
from parley.ground import ids
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.people import Caller
from parley.web.history.filters import Asked
from parley.web.history.views import listed, record
from parley.web.shell import Page, by_day


@get("/history", opt=needs("sessions:read"))
async def history_page(
    request: Request[Any, Any, Any],
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    *,
    cursor: FromQuery[str | None] = None,
) -> Template:
    """List the sessions of the reader; of managers their groups', of those who oversee the account all of them."""
    asked = Asked.of(request.query_params)
    found = await store.read_long(listed, asked.wanted(caller.time_zone), by=caller, now=clock(), cursor=cursor)
    return Page(
        "history/history.html",
        form=asked.form,
        filtered=asked.any,
        query=asked.query,
        offered=found.offered,
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


routes = [history_page, session_page]
