"""The API of the record: which sessions took place, who was there, from when to when, and what was said."""

from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from parley import sessions
from parley.ground import ids
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.filters import MOMENT, id_named, moment_written
from parley.ground.paging import USUAL, Page
from parley.people import Caller, needs
from parley.sessions import Kind
from parley.sessions.views import MessageView, ParticipantView, SessionView, StayView

_Groups = Annotated[
    list[str] | None,
    QueryParameter(description="Hosted by somebody in this group or a part of it; may be given several times"),
]
_Since = Annotated[
    str | None, QueryParameter(name="from", description="Started at this time or later", schema_extra=MOMENT)
]
_Until = Annotated[str | None, QueryParameter(name="to", description="Started before this time", schema_extra=MOMENT)]


@get("/api/v1/sessions", opt=needs("sessions:read"), tags=["sessions"])
async def list_sessions(
    *,
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    meeting: FromQuery[str | None] = None,
    organizer: FromQuery[str | None] = None,
    group: _Groups = None,
    participant: FromQuery[str | None] = None,
    kind: FromQuery[Kind | None] = None,
    part: Annotated[str | None, QueryParameter(name="query", description="A part of the title")] = None,
    since: _Since = None,
    until: _Until = None,
    limit: FromQuery[int] = USUAL,
    cursor: FromQuery[str | None] = None,
) -> Page[SessionView]:
    """List sessions, newest first: those in which you were or were expected; of overseers, all of the account.

    Managers see those of their groups as well. `participant` is a user who was let in, `query` a part of the title.
    """
    page = await (store.read_long if part or caller.manages else store.read)(
        sessions.history,
        by=caller,
        meeting=id_named(meeting, filter_="meeting"),
        organizer=id_named(organizer, filter_="organizer"),
        groups=[id_named(one, filter_="group") or 0 for one in group or ()],
        participant=id_named(participant, filter_="participant"),
        kind=kind,
        query=part,
        since=moment_written(since, filter_="from"),
        until=moment_written(until, filter_="to"),
        limit=limit,
        cursor=cursor,
    )
    return Page(items=tuple(map(SessionView.of, page.items)), next=page.next)


@get("/api/v1/sessions/{session:str}", opt=needs("sessions:read"), tags=["sessions"])
async def show_session(
    store: NamedDependency[Store], caller: NamedDependency[Caller], session: FromPath[str]
) -> SessionView:
    """Show a session."""
    return SessionView.of(await store.read(sessions.session_seen_by, ids.parse(session), by=caller))


@get("/api/v1/sessions/{session:str}/participants", opt=needs("sessions:read"), tags=["sessions"])
async def list_participants(
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    session: FromPath[str],
) -> Page[ParticipantView]:
    """List everybody who was let in or expected, all on one page, with how long they were there."""
    everybody = await store.read(sessions.participations_of, ids.parse(session), by=caller)
    now = clock()
    return Page(items=tuple(ParticipantView.of(one, now=now) for one in everybody), next=None)


@get("/api/v1/sessions/{session:str}/attendance", opt=needs("sessions:read"), tags=["sessions"])
async def list_attendance(
    store: NamedDependency[Store], caller: NamedDependency[Caller], session: FromPath[str]
) -> Page[StayView]:
    """List every stay of everybody, oldest first, all on one page."""
    stays = await store.read(sessions.attendance_of, ids.parse(session), by=caller)
    return Page(items=tuple(map(StayView.of, stays)), next=None)


@get("/api/v1/sessions/{session:str}/messages", opt=needs("sessions:read"), tags=["sessions"])
async def list_messages(
    *,
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    session: FromPath[str],
    limit: FromQuery[int] = USUAL,
    cursor: FromQuery[str | None] = None,
) -> Page[MessageView]:
    """List what was said, oldest first."""
    page = await store.read(sessions.messages_of, ids.parse(session), by=caller, limit=limit, cursor=cursor)
    return Page(items=tuple(map(MessageView.of, page.items)), next=page.next)


routes = [list_sessions, show_session, list_participants, list_attendance, list_messages]
