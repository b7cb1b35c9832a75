"""The API of meetings, and of joining one with another client."""

from enum import StrEnum
from typing import Annotated, Any

from litestar import Request, Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED

from parley import meetings
from parley.access import PUBLIC, Context, client_info, needs
from parley.ground import ids
from parley.ground.answers import Answer
from parley.ground.filters import MOMENT, id_named, moment_written
from parley.ground.paging import USUAL, Page
from parley.ground.secrets import Keyring
from parley.ground.versions import IfMatch, etag, version_named
from parley.meetings import Meeting, MeetingChange, NewMeeting, Stage
from parley.meetings.calendar_routes import routes as calendar_routes
from parley.meetings.invitation_routes import routes as invitation_routes
from parley.meetings.occurrence_routes import routes as occurrence_routes
from parley.meetings.part_routes import routes as part_routes
from parley.meetings.template_routes import routes as template_routes
from parley.meetings.views import JoinRequest, MeetingView, MeetNow, SeatView, showing_meetings
from parley.meetings.visit import ShownLink
from parley.people import Caller
from parley.sessions import SessionView


class Order(StrEnum):
    """How a list of meetings is sorted: by planned start."""

    LATEST = "latest"
    EARLIEST = "earliest"


@post("/api/v1/meetings", opt=needs("meetings:write"), tags=["meetings"])
async def schedule_meeting(
    context: NamedDependency[Context], caller: NamedDependency[Caller], data: JSONBody[NewMeeting]
) -> Response[MeetingView]:
    """Schedule a meeting. Times carry an offset, or are local times in `time_zone`, which is kept as chosen."""
    password_hash = await meetings.hashed(context.hasher, data.password)
    made = await context.store.write(
        meetings.schedule, data, password_hash=password_hash, by=caller, now=context.clock()
    )
    return _made(made, context=context)


@post("/api/v1/meetings/now", opt=needs("meetings:write"), tags=["meetings"])
async def meet_now(
    context: NamedDependency[Context], caller: NamedDependency[Caller], data: JSONBody[MeetNow]
) -> Response[MeetingView]:
    """Make a meeting and start it at once."""
    return _made(
        await context.store.write(meetings.meet_now, title=data.title, by=caller, now=context.clock()), context=context
    )


@get("/api/v1/meetings", opt=needs("meetings:read"), tags=["meetings"])
async def list_meetings(
    *,
    context: NamedDependency[Context],
    caller: NamedDependency[Caller],
    since: Annotated[
        str | None, QueryParameter(name="from", description="Planned for this time or later", schema_extra=MOMENT)
    ] = None,
    until: Annotated[
        str | None, QueryParameter(name="to", description="Planned for before this time", schema_extra=MOMENT)
    ] = None,
    organizer: FromQuery[str | None] = None,
    stage: FromQuery[Stage | None] = None,
    part: Annotated[str | None, QueryParameter(name="query", description="A part of the title")] = None,
    order: FromQuery[Order] = Order.LATEST,
    limit: FromQuery[int] = USUAL,
    cursor: FromQuery[str | None] = None,
) -> Page[MeetingView]:
    """List meetings by planned start: those that you organize, or all of the account if you oversee it."""
    now = context.clock()
    page = await (context.store.read_long if part else context.store.read)(
        meetings.find_meetings,
        by=caller,
        now=now,
        organizer=id_named(organizer, filter_="organizer"),
        stage=stage,
        since=moment_written(since, filter_="from"),
        until=moment_written(until, filter_="to"),
        query=part,
        earliest_first=order is Order.EARLIEST,
        limit=limit,
        cursor=cursor,
    )
    url = context.settings.url
    return Page(items=tuple([MeetingView.of(meeting, url=url, now=now) for meeting in page.items]), next=page.next)


@get("/api/v1/meetings/{meeting:str}", opt=needs("meetings:read"), tags=["meetings"])
async def show_meeting(
    context: NamedDependency[Context], caller: NamedDependency[Caller], meeting: FromPath[str]
) -> Response[MeetingView]:
    """Show a meeting."""
    return _shown(await context.store.read(meetings.meeting_seen_by, ids.parse(meeting), by=caller), context=context)


@patch("/api/v1/meetings/{meeting:str}", opt=needs("meetings:write"), tags=["meetings"])
async def change_meeting(
    *,
    context: NamedDependency[Context],
    caller: NamedDependency[Caller],
    meeting: FromPath[str],
    data: JSONBody[MeetingChange],
    if_match: IfMatch = None,
) -> Response[MeetingView]:
    """Change a meeting; what is not named stays, and so do its number and link."""
    version = version_named(if_match)
    password_hash = await meetings.hashed(context.hasher, data.password)
    with showing_meetings(context):
        changed = await context.store.write(
            meetings.change,
            ids.parse(meeting),
            data,
            version=version,
            password_hash=password_hash,
            by=caller,
            now=context.clock(),
        )
    return _shown(changed, context=context)


@delete("/api/v1/meetings/{meeting:str}", opt=needs("meetings:write"), tags=["meetings"])
async def cancel_meeting(
    context: NamedDependency[Context], caller: NamedDependency[Caller], meeting: FromPath[str], if_match: IfMatch = None
) -> None:
    """Cancel a meeting; its record stays. If-Match may be left out: cancelling is the same from every version."""
    version = None if if_match is None else version_named(if_match)
    with showing_meetings(context):
        await context.store.write(meetings.cancel, ids.parse(meeting), version=version, by=caller, now=context.clock())


@post("/api/v1/meetings/{meeting:str}/start", opt=needs("meetings:write"), tags=["meetings"], status_code=HTTP_200_OK)
async def start_meeting(
    context: NamedDependency[Context], caller: NamedDependency[Caller], meeting: FromPath[str]
) -> SessionView:
    """Start a meeting and answer its session. One that is live answers 409, with the session that runs as `current`."""
    session = await context.store.write(meetings.start, ids.parse(meeting), by=caller, now=context.clock())
    return SessionView.of(session)


@post("/api/v1/meetings/{meeting:str}/end", opt=needs("meetings:write"), tags=["meetings"], status_code=HTTP_200_OK)
async def end_meeting(
    context: NamedDependency[Context], caller: NamedDependency[Caller], meeting: FromPath[str]
) -> SessionView:
    """End a meeting for all and answer the session as it ended."""
    return SessionView.of(await context.store.write(meetings.end, ids.parse(meeting), by=caller, now=context.clock()))


@post("/api/v1/join", opt=PUBLIC, tags=["join"])
async def join_meeting(
    *,
    request: Request[Any, Any, Any],
    context: NamedDependency[Context],
    ring: NamedDependency[Keyring],
    visitor: NamedDependency[Caller | None],
    data: JSONBody[JoinRequest],
) -> SeatView:
    """Get a seat in a live meeting: as a guest, by a personal link, or with a token as the user that one is."""
    address = client_info(request.scope, context.settings).address
    issued = await meetings.join(
        context,
        data.number,
        by=visitor,
        name=data.name,
        password=data.password,
        link=None if data.key is None else ShownLink.of(data.key, device=data.device, ring=ring),
        address=address,
    )
    socket = f"ws{context.settings.url.removeprefix('http')}/live/v1"
    return SeatView(seat=issued.token, socket=socket, waits=issued.seat.admitted_at is None)


def _shown(meeting: Meeting, *, context: Context) -> Response[MeetingView]:
    view = MeetingView.of(meeting, url=context.settings.url, now=context.clock())
    return Answer(view, headers=etag(meeting.version))


def _made(meeting: Meeting, *, context: Context) -> Response[MeetingView]:
    view = MeetingView.of(meeting, url=context.settings.url, now=context.clock())
    headers = etag(meeting.version) | {"Location": f"{context.settings.url}/api/v1/meetings/{view.id}"}
    return Answer(view, status_code=HTTP_201_CREATED, headers=headers)


routes = [
    schedule_meeting,
    meet_now,
    list_meetings,
    show_meeting,
    change_meeting,
    cancel_meeting,
    start_meeting,
    end_meeting,
    join_meeting,
    *calendar_routes,
    *invitation_routes,
    *occurrence_routes,
    *part_routes,
    *template_routes,
]
