"""Pages of one meeting and of all of them: look, start, end, cancel."""

from contextlib import suppress
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from msgspec import structs

from parley import meetings
from parley.access import Context, needs
from parley.ground import ids
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.faults import Conflict, Fault, OverLimit
from parley.ground.words import N_, translate
from parley.meetings import AlreadyLive, Meeting, Stage
from parley.people import Caller, Unlicensed
from parley.web.meetings.invitations import REPLY_WORDS
from parley.web.meetings.post import post_shown
from parley.web.meetings.views import created, details, listed
from parley.web.shell import Form, Note, Page, by_day, go, sought
from parley.web.shell.times import day_of

_SHOWN = {"planned", "ended", "cancelled"}


@get("/meetings", opt=needs("meetings:read"))
async def overview(
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    *,
    show: FromQuery[str] = "planned",
    q: FromQuery[str] = "",
    cursor: FromQuery[str | None] = None,
) -> Template:
    """List the meetings of the reader; for those who oversee the account, all of them."""
    stage = Stage(show) if show in _SHOWN else Stage.PLANNED
    found = await store.read_long(listed, by=caller, now=clock(), stage=stage, query=sought(q), cursor=cursor)
    return Page(
        "meetings/list.html",
        show=stage,
        query=q,
        live=found.live,
        days=by_day(found.rows, lambda row: day_of(row.meeting.starts_at, caller.time_zone)),
        next=found.next,
    )


@get("/meetings/{meeting:str}", opt=needs("meetings:read"))
async def meeting_page(
    meeting: FromPath[str],
    *,
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Template:
    """Show a meeting: when, how people join, who holds it, and what took place."""
    found = await context.store.read(details, ids.parse(meeting), by=caller, now=context.clock())
    post = await context.store.read(post_shown, found.meeting, by=caller)
    return Page(
        "meetings/details.html",
        **structs.asdict(found),
        reply_words=REPLY_WORDS,
        link=_link(found.meeting, context),
        post=post,
        can_send=context.mailer.can_send,
    )


@get("/meetings/{meeting:str}/created", opt=needs("meetings:read"))
async def created_page(
    meeting: FromPath[str],
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Template:
    """Show what was just made, and the invitation to pass on."""
    found = await context.store.read(created, ids.parse(meeting), by=caller, now=context.clock())
    return Page("meetings/created.html", **structs.asdict(found), link=_link(found.meeting, context))


@get("/meetings/{meeting:str}/calendar.ics", opt=needs("meetings:read"))
async def calendar_file(
    meeting: FromPath[str],
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Response[bytes]:
    """Answer the meeting as a file for the reader's calendar."""
    url, now = context.settings.url, context.clock()
    written = await context.store.read(meetings.calendar_file, ids.parse(meeting), by=caller, url=url, now=now)
    headers = {"Content-Disposition": 'attachment; filename="meeting.ics"'}
    return Response(written, media_type="text/calendar; charset=utf-8", headers=headers)


@post("/meetings/now", opt=needs("meetings:write"))
async def meet_now(
    caller: NamedDependency[Caller], store: NamedDependency[Store], clock: NamedDependency[Clock]
) -> Redirect:
    """Make a meeting, start it and go there."""
    title = translate(caller.locale, N_("Meeting with %(name)s"), {"name": caller.name})
    try:
        made = await store.write(meetings.meet_now, title=title, by=caller, now=clock())
    except (Unlicensed, OverLimit) as fault:
        return go("/", _refused(fault))
    return go(f"/join/{made.number}")


@post("/meetings/{meeting:str}/start", opt=needs("meetings:write"))
async def start(
    meeting: FromPath[str],
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
) -> Redirect:
    """Start the meeting and go there; where it is live already, just go there."""
    found = await store.read(meetings.meeting_seen_by, ids.parse(meeting), by=caller)
    try:
        with suppress(AlreadyLive):
            await store.write(meetings.start, found.id, by=caller, now=clock())
    except (Unlicensed, OverLimit) as fault:
        return go(f"/meetings/{found.id}", _refused(fault))
    return go(f"/join/{found.number}")


@post("/meetings/{meeting:str}/end", opt=needs("meetings:write"))
async def end(
    meeting: FromPath[str],
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
) -> Redirect:
    """End the meeting for all and show its record."""
    try:
        over = await store.write(meetings.end, ids.parse(meeting), by=caller, now=clock())
    except meetings.NotLive as fault:
        return go(f"/meetings/{meeting}", Note(message=fault.message, kind="warn"))
    return go(f"/history/{over.id}", Note(message=N_("The meeting is over for all.")))


@post("/meetings/{meeting:str}/cancel", opt=needs("meetings:write"))
async def cancel(
    request: Request[Any, Any, Any],
    meeting: FromPath[str],
    *,
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
) -> Redirect:
    """Cancel the meeting as it was shown."""
    form = await Form.sent(request)
    try:
        await store.write(meetings.cancel, ids.parse(meeting), version=form.number("version"), by=caller, now=clock())
    except Conflict as fault:
        return go(f"/meetings/{meeting}", Note(message=fault.message, kind="warn"))
    return go(f"/meetings/{meeting}", Note(message=N_("The meeting is cancelled.")))


def _refused(fault: Fault) -> Note:
    return Note(
        message=fault.message, parameters={name: str(value) for name, value in fault.parameters.items()}, kind="warn"
    )


def _link(meeting: Meeting, context: Context) -> str:
    return f"{context.settings.url}/join/{meeting.number}"


routes = [overview, meeting_page, created_page, calendar_file, meet_now, start, end, cancel]
