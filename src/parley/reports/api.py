"""The API of reports: attendance across sessions, and the record as files."""

from typing import Annotated

from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream

from parley import reports
from parley.ground import ids
from parley.ground.clock import Clock
from parley.ground.db import Connection, Store
from parley.ground.filters import MOMENT, id_named, moment_written
from parley.ground.paging import USUAL, Page
from parley.people import Caller, find_attendance_rules, needs
from parley.reports import Export, Format, Reading, Wanted
from parley.reports.views import AttendanceView, PersonAttendanceView, Share, ShareView
from parley.sessions import Kind

Organizers = Annotated[
    list[str] | None, QueryParameter(name="organizer", description="Hosted by this user; may be given several times")
]
Groups = Annotated[
    list[str] | None,
    QueryParameter(
        name="group", description="Hosted by somebody in this group or a part of it; may be given several times"
    ),
]
Since = Annotated[
    str | None, QueryParameter(name="from", description="Started at this time or later", schema_extra=MOMENT)
]
Until = Annotated[str | None, QueryParameter(name="to", description="Started before this time", schema_extra=MOMENT)]
Format_ = Annotated[Format, QueryParameter(name="format", description="csv or xlsx (a workbook for spreadsheets)")]


@get("/api/v1/attendance", opt=needs("sessions:read"), tags=["attendance"])
async def list_attendance_across(
    *,
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    organizer: Organizers = None,
    group: Groups = None,
    meeting: FromQuery[str | None] = None,
    participant: FromQuery[str | None] = None,
    since: Since = None,
    until: Until = None,
    limit: FromQuery[int] = USUAL,
    cursor: FromQuery[str | None] = None,
) -> Page[AttendanceView]:
    """List everybody in the sessions that you answer for, oldest first.

    These are what you host; of managers also what the people of their groups host; of administrators all that there is.
    """
    wanted = _wanted(organizer, group, meeting=meeting, participant=participant, since=since, until=until)
    found = await store.read_long(reports.find_attendance, wanted, by=caller, now=clock(), limit=limit, cursor=cursor)
    return Page(items=tuple(map(AttendanceView.of, found.items)), next=found.next)


@get("/api/v1/attendance/people", opt=needs("sessions:read"), tags=["attendance"])
async def list_people_across(
    *,
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    organizer: Organizers = None,
    group: Groups = None,
    meeting: FromQuery[str | None] = None,
    since: Since = None,
    until: Until = None,
) -> Page[PersonAttendanceView]:
    """List by name what attendance in these sessions comes to for each person, all on one page."""
    wanted = _wanted(organizer, group, meeting=meeting, since=since, until=until)
    found = await store.read_long(reports.attendance_by_person, wanted, by=caller, now=clock())
    return Page(items=tuple(map(PersonAttendanceView.of, found)), next=None)


@get("/api/v1/sessions/{session:str}/report", opt=needs("sessions:read"), tags=["attendance"])
async def report_on_session(
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    session: FromPath[str],
) -> Page[AttendanceView]:
    """List who was there or absent, late or gone early, and how long, all on one page."""
    found = await store.read_long(reports.attendance_of_session, ids.parse(session), by=caller, now=clock())
    return Page(items=tuple(map(AttendanceView.of, found)), next=None)


@get("/api/v1/meetings/{meeting:str}/attendance-share", opt=needs("meetings:read"), tags=["attendance"])
async def show_share(
    store: NamedDependency[Store], caller: NamedDependency[Caller], meeting: FromPath[str]
) -> ShareView:
    """Show which share of a session of the meeting is long enough to have attended it."""
    return await store.read(_share, ids.parse(meeting), by=caller)


@put("/api/v1/meetings/{meeting:str}/attendance-share", opt=needs("meetings:write"), tags=["attendance"])
async def set_share(
    *,
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    meeting: FromPath[str],
    data: JSONBody[Share],
) -> ShareView:
    """Give the meeting a share of its own, or null for the account's; it holds for all its sessions."""
    percent = data.long_enough_percent
    holds = await store.write(reports.set_share, ids.parse(meeting), percent, by=caller, now=clock())
    return ShareView(long_enough_percent=holds, own=percent is not None)


@get("/api/v1/exports/sessions", opt=needs("sessions:read"), tags=["exports"])
async def export_sessions(
    *,
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    format_: Format_ = Format.CSV,
    organizer: Organizers = None,
    group: Groups = None,
    meeting: FromQuery[str | None] = None,
    participant: FromQuery[str | None] = None,
    kind: FromQuery[Kind | None] = None,
    part: Annotated[str | None, QueryParameter(name="query", description="A part of the title")] = None,
    since: Since = None,
    until: Until = None,
) -> Stream:
    """Write every session that you may see, oldest first, with what attendance came to, as a file."""
    wanted = _wanted(
        organizer, group, meeting=meeting, participant=participant, kind=kind, query=part, since=since, until=until
    )
    return streamed(
        await reports.export_history(store, wanted, format_=format_, reading=Reading(), by=caller, now=clock())
    )


@get("/api/v1/exports/attendance", opt=needs("sessions:read"), tags=["exports"])
async def export_attendance(
    *,
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    format_: Format_ = Format.CSV,
    organizer: Organizers = None,
    group: Groups = None,
    meeting: FromQuery[str | None] = None,
    participant: FromQuery[str | None] = None,
    since: Since = None,
    until: Until = None,
) -> Stream:
    """Write everybody in the sessions that you answer for, oldest first, as a file."""
    wanted = _wanted(organizer, group, meeting=meeting, participant=participant, since=since, until=until)
    return streamed(
        await reports.export_attendance(store, wanted, format_=format_, reading=Reading(), by=caller, now=clock())
    )


@get("/api/v1/exports/sessions/{session:str}", opt=needs("sessions:read"), tags=["exports"])
async def export_session(
    *,
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    session: FromPath[str],
    format_: Format_ = Format.CSV,
) -> Stream:
    """Write everybody in a session as a file; a workbook has their stays and what was written as well."""
    return streamed(
        await reports.export_session(
            store, ids.parse(session), format_=format_, reading=Reading(), by=caller, now=clock()
        )
    )


def streamed(export: Export) -> Stream:
    """Return the answer that is written while it is sent; `Parley-Rows` says how many rows there will be."""
    return Stream(export.pieces, media_type=export.media_type, headers=export.headers)


def _share(db: Connection, meeting: int, *, by: Caller) -> ShareView:
    own = reports.find_share(db, meeting, by=by)
    usual = find_attendance_rules(db, by=by).long_enough_percent
    return ShareView(long_enough_percent=usual if own is None else own, own=own is not None)


def _wanted(
    organizers: list[str] | None,
    groups: list[str] | None,
    *,
    meeting: str | None = None,
    participant: str | None = None,
    kind: Kind | None = None,
    query: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Wanted:
    return Wanted(
        organizers=tuple(id_named(one, filter_="organizer") or 0 for one in organizers or ()),
        groups=tuple(id_named(one, filter_="group") or 0 for one in groups or ()),
        meeting=id_named(meeting, filter_="meeting"),
        participant=id_named(participant, filter_="participant"),
        kind=kind,
        query=query,
        since=moment_written(since, filter_="from"),
        until=moment_written(until, filter_="to"),
    )


routes = [
    list_attendance_across,
    list_people_across,
    report_on_session,
    show_share,
    set_share,
    export_sessions,
    export_attendance,
    export_session,
]
