"""The board: what runs just now, what should, and who is missing."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby

import msgspec

from parley import meetings
from parley.ground.db import Connection
from parley.meetings import Occurrence
from parley.people import Caller, managed_among, users_named
from parley.reports.attendance import Attendance
from parley.reports.rows import attendance as rows
from parley.reports.wanted import Wanted, bound
from parley.sessions import Sight

SOON = timedelta(hours=1)
"""What begins within this time is on the board already."""

_MOST_PLANNED = 100


class Running(msgspec.Struct, frozen=True, kw_only=True):
    """A session that runs: who is here, and who of those who were expected is not."""

    session: int
    meeting: int | None
    title: str
    host: int
    host_name: str
    started_at: datetime
    planned_end: datetime
    here: tuple[str, ...]
    missing: tuple[str, ...]
    """Who should be here and is not: required people, and the host."""

    others_missing: int
    """How many more were expected and are not here."""

    over_by: timedelta | None
    """For how long it should be over."""


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting that should run and does not, or begins soon."""

    meeting: int
    number: int
    title: str
    organizer: int
    organizer_name: str
    starts_at: datetime
    ends_at: datetime
    late_by: timedelta | None
    """For how long it should be running; None as long as it need not."""


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody answers for, at one moment: the most urgent first."""

    running: tuple[Running, ...]
    due: tuple[Planned, ...]
    soon: tuple[Planned, ...]

    @property
    def overrunning(self) -> int:
        """How many sessions should be over."""
        return sum(one.over_by is not None for one in self.running)

    @property
    def missing(self) -> int:
        """How many people should be somewhere and are not."""
        return sum(len(one.missing) for one in self.running)


def board(db: Connection, *, by: Caller, now: datetime) -> Board:
    """Return what `by` answers for: what they host, what their groups host, or what all of the account does."""
    by.need("sessions:read")
    by.need("meetings:read")
    given = bound(db, Wanted(), by=by, now=now) | {"live": True}
    found = rows.attendance_in(db, by, wanted=given, sight=Sight.ANSWERED_FOR, limit=None)
    coming = meetings.agenda(db, by=by, now=now, until=now + SOON, limit=_MOST_PLANNED).items
    answered = _answered_for(db, {one.meeting.organizer for one in coming}, by=by)
    planned = _planned(db, (one for one in coming if one.meeting.organizer in answered), by=by, now=now)
    return Board(
        running=_running(found, now=now),
        due=tuple(one for one in planned if one.late_by is not None),
        soon=tuple(one for one in planned if one.late_by is None),
    )


def _answered_for(db: Connection, organizers: set[int], *, by: Caller) -> set[int]:
    """Return those of these organizers for whom `by` answers: an agenda also has what somebody is only invited to."""
    if by.oversees or by.person is None:
        return organizers
    own = organizers & {by.person}
    return own | managed_among(db, by.person, tuple(organizers)) if by.manages else own


def _running(found: Iterable[Attendance], *, now: datetime) -> tuple[Running, ...]:
    listed = [_one(tuple(everybody), now=now) for _, everybody in groupby(found, key=lambda one: one.session)]
    return tuple(sorted(listed, key=lambda one: (-(one.over_by or timedelta()), one.started_at)))


def _one(everybody: tuple[Attendance, ...], *, now: datetime) -> Running:
    first = everybody[0]
    absent = [one for one in everybody if one.invited and not _is_here(one)]
    needed = [one for one in absent if one.required or one.person == first.host]
    return Running(
        session=first.session,
        meeting=first.meeting,
        title=first.title,
        host=first.host,
        host_name=first.host_name,
        started_at=first.started_at,
        planned_end=first.planned_end,
        here=tuple(one.name for one in everybody if _is_here(one)),
        missing=tuple(one.name for one in needed),
        others_missing=len(absent) - len(needed),
        over_by=now - first.planned_end if now > first.planned_end else None,
    )


def _is_here(one: Attendance) -> bool:
    return one.joined_at is not None and one.left_at is None


def _planned(db: Connection, coming: Iterable[Occurrence], *, by: Caller, now: datetime) -> list[Planned]:
    coming = tuple(coming)
    names = users_named(db, {one.meeting.organizer for one in coming}, account=by.account)
    return [
        Planned(
            meeting=one.meeting.id,
            number=one.meeting.number,
            title=one.meeting.title,
            organizer=one.meeting.organizer,
            organizer_name=names[one.meeting.organizer].name,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            late_by=now - one.starts_at if now >= one.starts_at else None,
        )
        for one in coming
    ]
