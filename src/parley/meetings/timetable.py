"""A timetable: all that stands in a calendar between two moments, planned, live, held, or over."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from operator import attrgetter

import msgspec

from parley import sessions
from parley.ground.db import Connection
from parley.ground.faults import FieldError, Invalid
from parley.ground.words import N_
from parley.meetings.meeting import Stage
from parley.meetings.occurrence import Occurrence
from parley.meetings.occurrences import expanded
from parley.meetings.rows.lists import meetings_seen_by
from parley.meetings.rows.times import Single, Which, singles_between
from parley.people import Caller, Role

MOST_DAYS = 62
"""The longest period that is asked for at once."""


class Happening(msgspec.Struct, frozen=True):
    """One time at which a meeting is planned, or a session of it."""

    meeting: int | None
    title: str
    starts_at: datetime
    ends_at: datetime
    stage: Stage
    organizer: int
    may_change: bool = False
    version: int = 0
    original_start: datetime | None = None
    """Of a meeting that repeats: when its rule says."""

    moved: bool = False
    session: int | None = None
    """The session that is or was held; then the times are those of the session."""


def timetable(
    db: Connection, *, by: Caller, since: datetime, until: datetime, now: datetime, mine: bool = False
) -> list[Happening]:
    """Return in order what takes place between the two, as it was held or, where it was not, as it is planned.

    Of what `by` organizes, is invited to or was in; unless they want only `mine`, also of what they oversee or manage.
    What is cancelled is not among it. Raises Invalid for a period that is empty or longer than `MOST_DAYS`.
    """
    by.need("meetings:read")
    check_period(since, until)
    held = sessions.runs(db, by=by, since=since, until=until, mine=mine) if by.may("sessions:read") else []
    takes = {
        (run.meeting, run.planned_start) for run in held if run.ended_at is None or run.ended_at >= run.planned_start
    }
    found = [*_singles(db, takes, by=by, since=since, until=until, now=now, mine=mine)]
    found += _series(db, takes, by=by, since=since, until=until, now=now, mine=mine)
    found += (_run(run, now=now) for run in held)
    found.sort(key=attrgetter("starts_at"))
    return found


def check_period(since: datetime, until: datetime) -> None:
    """Raise Invalid unless something lies between the two, and not too much."""
    if until <= since:
        raise Invalid(FieldError("to", N_("The end must be after the start.")))
    if until - since > timedelta(days=MOST_DAYS):
        raise Invalid(FieldError("to", N_("This is longer than %(most)s days; ask for less at once."), most=MOST_DAYS))


def _singles(
    db: Connection,
    takes: set[tuple[int | None, datetime]],
    *,
    by: Caller,
    since: datetime,
    until: datetime,
    now: datetime,
    mine: bool,
) -> Iterator[Happening]:
    read = partial(singles_between, db, by, since=since, until=until)
    writes = by.may("meetings:write")
    if by.oversees and not mine:
        listed: Iterable[Single] = read(Which.ALL)
        own = frozenset[int]()
    else:
        organized = read(Which.ORGANIZED)
        managed = read(Which.MANAGED) if by.manages and not mine else []
        listed = {one.id: one for one in (*organized, *read(Which.INVITED), *managed)}.values()
        own = frozenset(one.id for one in organized)
    every = by.role is Role.ADMINISTRATOR
    planned, ended = Stage.PLANNED, Stage.ENDED
    for one in listed:
        if (one.id, one.starts_at) in takes:
            continue
        yield Happening(
            one.id,
            one.title,
            one.starts_at,
            one.ends_at,
            planned if one.ends_at > now else ended,
            one.organizer,
            writes and (every or one.id in own),
            one.version,
        )


def _series(
    db: Connection,
    takes: set[tuple[int | None, datetime]],
    *,
    by: Caller,
    since: datetime,
    until: datetime,
    now: datetime,
    mine: bool,
) -> Iterator[Happening]:
    found = meetings_seen_by(
        db,
        by,
        mine=mine,
        earliest_first=True,
        stage=None,
        wanted={"going_on": since, "now": now},
        repeating=True,
        limit=0,
    )
    standing = [meeting for meeting in found if meeting.cancelled_at is None]
    for one in expanded(db, standing, since=since, until=until):
        if (one.meeting.id, one.starts_at) not in takes:
            yield _occurrence(one, by=by, now=now)


def _occurrence(one: Occurrence, *, by: Caller, now: datetime) -> Happening:
    return Happening(
        meeting=one.meeting.id,
        title=one.meeting.title,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        stage=Stage.PLANNED if one.ends_at > now else Stage.ENDED,
        organizer=one.meeting.organizer,
        may_change=one.meeting.may_be_changed_by(by),
        version=one.meeting.version,
        original_start=one.original_start,
        moved=one.moved,
    )


def _run(run: sessions.Run, *, now: datetime) -> Happening:
    live = run.ended_at is None
    return Happening(
        meeting=run.meeting,
        title=run.title,
        starts_at=run.started_at,
        ends_at=run.ended_at or max(now, run.planned_end),
        stage=Stage.LIVE if live else Stage.ENDED,
        organizer=run.host,
        session=run.id,
    )
