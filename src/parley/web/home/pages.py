"""Home: what is live, what is next, and the two ways to a meeting."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Template

from parley.access import needs
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.people import Caller
from parley.web.home.glance import at_a_glance, live_now
from parley.web.shell import Page, by_day
from parley.web.shell.times import day_of, greeting


@get("/", opt=needs("me"))
async def home(
    caller: NamedDependency[Caller], store: NamedDependency[Store], clock: NamedDependency[Clock]
) -> Template:
    """Show the day."""
    now = clock()
    glance = await store.read(at_a_glance, by=caller, now=now)
    return Page(
        "home/home.html",
        greeting=greeting(now, zone_name=caller.time_zone),
        live=glance.live,
        days=by_day(glance.planned, lambda row: day_of(row.meeting.starts_at, caller.time_zone)),
        more=glance.more,
        lately=glance.lately,
        allowed=glance.allowed,
    )


@get("/now", opt=needs("me"))
async def now_part(
    caller: NamedDependency[Caller], store: NamedDependency[Store], clock: NamedDependency[Clock]
) -> Template:
    """Show only what is live, for the page that is open already."""
    return Page("home/now.html", live=await store.read(live_now, by=caller, now=clock()))


routes = [home, now_part]
