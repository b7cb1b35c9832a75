"""Attendance across sessions: everybody in each, by person, and by session."""

from datetime import datetime

from parley.ground.db import Connection
from parley.ground.filters import moment_named
from parley.ground.paging import USUAL, IdKey, Page, key_behind, page_of, page_size
from parley.people import Caller, folded
from parley.reports.attendance import Attendance, PersonAttendance, SessionAttendance
from parley.reports.rows import attendance as rows
from parley.reports.wanted import Wanted, bound, need_answer_for
from parley.sessions import Sight, session_seen_by


def find_attendance(
    db: Connection, wanted: Wanted, *, by: Caller, now: datetime, limit: int = USUAL, cursor: str | None = None
) -> Page[Attendance]:
    """Return everybody in the sessions that `by` answers for, oldest first.

    These are what they host; of managers also what the people of their groups host; of overseers all of the account.
    Raises Forbidden for organizers and groups that they do not answer for.
    """
    given = _given(db, wanted, by=by, now=now)
    if cursor is not None:
        at, given["at_session"], given["at_participant"] = key_behind(cursor, tuple[datetime, IdKey, IdKey])
        given["at"] = moment_named(at, filter_="cursor")
    found = rows.attendance_in(db, by, wanted=given, sight=Sight.ANSWERED_FOR, limit=page_size(limit) + 1)
    return page_of(found, limit=limit, key=lambda one: (one.started_at, one.session, one.participant))


def attendance_by_person(db: Connection, wanted: Wanted, *, by: Caller, now: datetime) -> tuple[PersonAttendance, ...]:
    """Return by name what attendance comes to for each person in the sessions that `by` answers for."""
    found = rows.by_person(db, by, wanted=_given(db, wanted, by=by, now=now), sight=Sight.ANSWERED_FOR)
    return tuple(sorted(found, key=lambda one: (folded(one.name), one.person or 0)))


def attendance_by_session(
    db: Connection, wanted: Wanted, *, by: Caller, now: datetime
) -> tuple[SessionAttendance, ...]:
    """Return what attendance comes to in each session that `by` answers for, oldest first."""
    given = _given(db, wanted, by=by, now=now)
    return tuple(rows.by_session(db, by, wanted=given, sight=Sight.ANSWERED_FOR, limit=None))


def attendance_of_session(db: Connection, session: int, *, by: Caller, now: datetime) -> tuple[Attendance, ...]:
    """Return everybody in a session that `by` may see, in the order in which they were expected or came."""
    session_seen_by(db, session, by=by)
    given = bound(db, Wanted(session=session), by=by, now=now)
    return tuple(rows.attendance_in(db, by, wanted=given, sight=Sight.SEEN, limit=None))


def _given(db: Connection, wanted: Wanted, *, by: Caller, now: datetime) -> dict[str, object]:
    by.need("sessions:read")
    need_answer_for(db, wanted, by=by)
    return bound(db, wanted, by=by, now=now)
