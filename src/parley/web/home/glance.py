"""What Home shows: what is live, what is next, what was lately."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta

import msgspec

from parley import meetings, sessions
from parley.ground.db import Connection
from parley.ground.faults import NotFound
from parley.meetings import Allowance
from parley.people import Caller
from parley.web.shell.agenda import Held, Live, Planned, held_row, live_rows, planned_rows

AHEAD = timedelta(days=14)
_MOST_PLANNED = 30
_MOST_LATELY = 4


class Glance(msgspec.Struct, frozen=True, kw_only=True):
    """Home at one moment."""

    live: tuple[Live, ...]
    planned: tuple[Planned, ...]
    more: bool
    lately: tuple[Held, ...]
    allowed: Allowance | None
    """What they may expect of a meeting that they start now; None for those who hold none."""


def at_a_glance(db: Connection, *, by: Caller, now: datetime) -> Glance:
    """Return what is live, planned in the next two weeks, and was lately, of the reader's own meetings.

    What is rehearsed now is planned all the same.
    """
    next_ones = meetings.agenda(db, by=by, now=now, mine=True, until=now + AHEAD, limit=_MOST_PLANNED)
    recent = _recent(db, by=by)
    live = _live(db, recent, by=by, now=now)
    rehearsed = [row.meeting for row in live if row.rehearsal and row.meeting.starts_at < now + AHEAD]
    coming = (one.as_meeting() for one in next_ones.items)
    ahead = sorted((*coming, *rehearsed), key=lambda meeting: (meeting.starts_at, meeting.id))
    over = [session for session in recent if session.ended_at is not None][:_MOST_LATELY]
    return Glance(
        live=live,
        planned=planned_rows(db, ahead, by=by, now=now),
        more=next_ones.next is not None,
        lately=tuple(held_row(session, zone=by.time_zone, now=now) for session in over),
        allowed=_allowed(db, by=by, now=now),
    )


def _allowed(db: Connection, *, by: Caller, now: datetime) -> Allowance | None:
    if by.person is None or not by.may("meetings:write"):
        return None
    return meetings.allowance(db, by.person, by=by, now=now)


def live_now(db: Connection, *, by: Caller, now: datetime) -> tuple[Live, ...]:
    """Return the reader's meetings that are live: those they host, and those they were in."""
    return _live(db, _recent(db, by=by), by=by, now=now)


def _recent(db: Connection, *, by: Caller) -> tuple[sessions.Session, ...]:
    mine = by.person if by.oversees or by.manages else None
    return sessions.history(db, by=by, organizer=mine, limit=2 * _MOST_LATELY).items


def _live(db: Connection, recent: tuple[sessions.Session, ...], *, by: Caller, now: datetime) -> tuple[Live, ...]:
    mine = meetings.find_meetings(db, by=by, now=now, mine=True, stage=meetings.Stage.LIVE).items
    known = {meeting.id for meeting in mine}
    attended = (
        session.meeting
        for session in recent
        if session.ended_at is None and session.meeting is not None and session.meeting not in known
    )
    return live_rows(db, [*mine, *_seen(db, attended, by=by)], by=by)


def _seen(db: Connection, ids: Iterable[int], *, by: Caller) -> Iterator[meetings.Meeting]:
    for meeting in ids:
        with suppress(NotFound):
            yield meetings.meeting_seen_by(db, meeting, by=by)
