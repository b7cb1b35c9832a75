"""Rows of meetings as every agenda shows them: who is with you, who is here, what may be done."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from parley import meetings, sessions
from parley.ground.db import Connection
from parley.meetings import Meeting, Reply, Stage
from parley.people import Caller, users_named
from parley.web.shell.times import day_of

T = TypeVar("T")

_MOST_LIVE = 10

_MOST_MISSED = 3

_SOON = timedelta(hours=12)
"""What begins within this time is offered to be started."""

_EARLY = timedelta(hours=1)
"""What is live longer than this before its planned start is rehearsed."""


class Face(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody by name."""

    id: int
    name: str


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A row for a meeting."""

    meeting: Meeting
    stage: Stage
    people: tuple[Face, ...]
    invited: int
    """How many are invited."""

    own: Reply | None
    """What the reader answered who is one of them."""

    may_start: bool
    soon: bool


class Live(msgspec.Struct, frozen=True, kw_only=True):
    """A row for a meeting that takes place now: who is here, and who else is expected and not here."""

    meeting: Meeting
    session: sessions.Session
    rehearsal: bool
    present: tuple[Face, ...]
    missing: tuple[Face, ...]
    """Some of them, who are required and who lead it first."""

    missing_more: int
    """How many others."""


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A row for a session: on which day it was in the reader's zone, and how long it took."""

    session: sessions.Session
    on: date
    took: timedelta


def planned_rows(db: Connection, found: Iterable[Meeting], *, by: Caller, now: datetime) -> tuple[Planned, ...]:
    """Return a row for each meeting."""
    found = tuple(found)
    ids = {person for meeting in found for person in (meeting.organizer, *meeting.co_organizers)}
    names = {user.id: Face(id=user.id, name=user.name) for user in users_named(db, ids, account=by.account).values()}
    invited = meetings.invited_to(db, [meeting.id for meeting in found], by=by)
    return tuple(
        Planned(
            meeting=meeting,
            invited=invited.get(meeting.id, (0, None))[0],
            own=invited.get(meeting.id, (0, None))[1],
            stage=meeting.stage(now),
            people=tuple(names[person] for person in (meeting.organizer, *meeting.co_organizers) if person in names),
            may_start=meeting.may_be_changed_by(by),
            soon=meeting.starts_at - now < _SOON,
        )
        for meeting in found
    )


def live_rows(db: Connection, found: Iterable[Meeting], *, by: Caller) -> tuple[Live, ...]:
    """Return a row for each of these meetings that is live."""
    return tuple(
        _live(db, meeting, meeting.running, by=by) for meeting in [*found][:_MOST_LIVE] if meeting.running is not None
    )


def _live(db: Connection, meeting: Meeting, running: int, *, by: Caller) -> Live:
    everybody = sessions.participations_of(db, running, by=by)
    session = sessions.session_seen_by(db, running, by=by)
    if meeting.stretches:
        meeting = replace(meeting, starts_at=session.planned_start, ends_at=session.planned_end)
    missing = sorted((one for one in everybody if _is_missed(one, by=by)), key=_is_needed_less)
    return Live(
        meeting=meeting,
        session=session,
        rehearsal=meeting.starts_at - session.started_at > _EARLY,
        present=tuple(_face(one) for one in everybody if one.present),
        missing=tuple(_face(one) for one in missing[:_MOST_MISSED]),
        missing_more=max(0, len(missing) - _MOST_MISSED),
    )


def _is_missed(one: sessions.Participation, *, by: Caller) -> bool:
    return one.participant.invited and not one.present and one.participant.person != by.person


def _is_needed_less(one: sessions.Participation) -> bool:
    return not one.participant.required and one.participant.role is sessions.RoomRole.ATTENDEE


def _face(one: sessions.Participation) -> Face:
    return Face(id=one.participant.person or one.participant.id, name=one.participant.name)


def held_row(session: sessions.Session, *, zone: str, now: datetime) -> Held:
    """Return the row of a session."""
    return Held(
        session=session, on=day_of(session.started_at, zone), took=(session.ended_at or now) - session.started_at
    )


def by_day(rows: Sequence[T], day: Callable[[T], date]) -> list[tuple[date, list[T]]]:
    """Return the rows, which are in order, under the day that each belongs to."""
    return [(on, [*group]) for on, group in groupby(rows, key=day)]
