"""The API of occurrences: the single times at which meetings are planned."""

from datetime import datetime
from typing import Annotated

from litestar import Response, delete, get, patch
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from parley import meetings
from parley.access import Context, needs
from parley.ground import ids
from parley.ground.answers import Answer
from parley.ground.faults import NotFound
from parley.ground.filters import MOMENT, moment_written
from parley.ground.paging import USUAL, Page
from parley.ground.versions import IfMatch, etag, version_named
from parley.ground.words import N_
from parley.meetings.change_occurrence import OccurrenceChange
from parley.meetings.occurrence import Occurrence
from parley.meetings.views import OccurrenceView, showing_meetings
from parley.people import Caller

CALENDAR = "text/calendar; charset=utf-8"
From = Annotated[str | None, QueryParameter(name="from", description="Not over then", schema_extra=MOMENT)]
To = Annotated[str | None, QueryParameter(name="to", description="Begins before this", schema_extra=MOMENT)]


@get("/api/v1/occurrences", opt=needs("meetings:read"), tags=["meetings"])
async def list_agenda(
    *,
    context: NamedDependency[Context],
    caller: NamedDependency[Caller],
    since: From = None,
    until: To = None,
    limit: FromQuery[int] = USUAL,
    cursor: FromQuery[str | None] = None,
) -> Page[OccurrenceView]:
    """List what is planned from now on, soonest first: single meetings and each occurrence of those that repeat."""
    now = context.clock()
    page = await context.store.read_long(
        meetings.agenda,
        by=caller,
        now=now,
        since=moment_written(since, filter_="from"),
        until=moment_written(until, filter_="to"),
        limit=limit,
        cursor=cursor,
    )
    return _occurrences(page, context=context, now=now)


@get("/api/v1/meetings/{meeting:str}/occurrences", opt=needs("meetings:read"), tags=["meetings"])
async def list_occurrences(
    *,
    context: NamedDependency[Context],
    caller: NamedDependency[Caller],
    meeting: FromPath[str],
    since: From = None,
    until: To = None,
    limit: FromQuery[int] = USUAL,
    cursor: FromQuery[str | None] = None,
) -> Page[OccurrenceView]:
    """List the occurrences of a meeting, soonest first, cancelled ones too. Without `from`, from its beginning."""
    page = await context.store.read(
        meetings.occurrences_of,
        ids.parse(meeting),
        by=caller,
        since=moment_written(since, filter_="from"),
        until=moment_written(until, filter_="to"),
        limit=limit,
        cursor=cursor,
    )
    return _occurrences(page, context=context, now=context.clock())


@patch(
    "/api/v1/meetings/{meeting:str}/occurrences/{original_start:str}", opt=needs("meetings:write"), tags=["meetings"]
)
async def change_occurrence(
    *,
    context: NamedDependency[Context],
    caller: NamedDependency[Caller],
    meeting: FromPath[str],
    original_start: FromPath[str],
    data: JSONBody[OccurrenceChange],
    if_match: IfMatch = None,
) -> Response[OccurrenceView]:
    """Move one occurrence, or, `and_following`, the meeting from it on. One that was cancelled takes place again."""
    version = version_named(if_match)
    with showing_meetings(context):
        one = await context.store.write(
            meetings.change_occurrence,
            ids.parse(meeting),
            _named(original_start),
            data,
            version=version,
            by=caller,
            now=context.clock(),
        )
    view = OccurrenceView.of(one, url=context.settings.url, now=context.clock())
    return Answer(view, headers=etag(one.meeting.version))


@delete(
    "/api/v1/meetings/{meeting:str}/occurrences/{original_start:str}", opt=needs("meetings:write"), tags=["meetings"]
)
async def cancel_occurrence(
    *,
    context: NamedDependency[Context],
    caller: NamedDependency[Caller],
    meeting: FromPath[str],
    original_start: FromPath[str],
    and_following: FromQuery[bool] = False,
    if_match: IfMatch = None,
) -> None:
    """Cancel one occurrence, or, `and_following`, let the meeting end before it."""
    version = version_named(if_match)
    with showing_meetings(context):
        await context.store.write(
            meetings.cancel_occurrence,
            ids.parse(meeting),
            _named(original_start),
            and_following=and_following,
            version=version,
            by=caller,
            now=context.clock(),
        )


@get("/api/v1/meetings/{meeting:str}/calendar", opt=needs("meetings:read"), tags=["meetings"], media_type=CALENDAR)
async def show_calendar_file(
    context: NamedDependency[Context], caller: NamedDependency[Caller], meeting: FromPath[str]
) -> Response[bytes]:
    """Answer the meeting as a file for calendars (iCalendar, RFC 5545), with all its times."""
    url, now = context.settings.url, context.clock()
    written = await context.store.read(meetings.calendar_file, ids.parse(meeting), by=caller, url=url, now=now)
    return Response(written, media_type=CALENDAR)


def _named(original_start: str) -> datetime:
    named = moment_written(original_start, filter_="original_start")
    if named is None:
        raise NotFound(N_("This meeting has no occurrence that starts then."))
    return named


def _occurrences(page: Page[Occurrence], *, context: Context, now: datetime) -> Page[OccurrenceView]:
    url = context.settings.url
    return Page(items=tuple([OccurrenceView.of(one, url=url, now=now) for one in page.items]), next=page.next)


routes = [show_calendar_file, list_agenda, list_occurrences, change_occurrence, cancel_occurrence]
