"""What the pages of meetings show, read in one go."""

from datetime import datetime

import msgspec

from parley import meetings, sessions
from parley.ground.db import Connection
from parley.meetings import Allowance, Invitation, Meeting, Occurrence, Reply, Stage
from parley.people import RIGHTS, Caller, User, users_named
from parley.web.meetings.overlap import Overlap, overlap_of
from parley.web.shell.agenda import Held, Live, Planned, held_row, live_rows, planned_rows

_MOST_RUNS = 10
_MOST_AHEAD = 5


class Details(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting with its organizers and its runs."""

    meeting: Meeting
    stage: Stage
    organizers: tuple[User, ...]
    next_ones: tuple[Occurrence, ...]
    runs: tuple[Held, ...]
    more_runs: bool
    allowed: Allowance
    overlap: Overlap | None
    may_change: bool
    may_cancel: bool
    replies: dict[Reply, int]
    """How many of the invited answered what."""

    own: Invitation | None
    """The invitation of whoever reads."""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A page of meetings, with those that are live on the first one."""

    live: tuple[Live, ...]
    rows: tuple[Planned, ...]
    next: str | None


def details(db: Connection, meeting: int, *, by: Caller, now: datetime) -> Details:
    """Return the meeting as its page shows it."""
    found = meetings.meeting_seen_by(db, meeting, by=by)
    people = users_named(db, (found.organizer, *found.co_organizers), account=by.account)
    runs = sessions.history(db, by=by, meeting=meeting, limit=_MOST_RUNS)
    return Details(
        meeting=found,
        stage=found.stage(now),
        organizers=tuple(people[person] for person in (found.organizer, *found.co_organizers) if person in people),
        next_ones=_next_ones(db, found, by=by, now=now),
        runs=tuple(held_row(run, zone=by.time_zone, now=now) for run in runs.items),
        more_runs=runs.next is not None,
        allowed=meetings.allowance(db, found.organizer, by=by, now=now),
        overlap=overlap_of(db, found, by=by, now=now),
        may_change=found.may_be_changed_by(by),
        may_cancel=found.may_be_cancelled_by(by),
        replies=meetings.replies_to(db, meeting),
        own=meetings.invitation_to(db, meeting, by=by),
    )


class Created(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting that was just made, and what its organizer may expect of it."""

    meeting: Meeting
    allowed: Allowance


def created(db: Connection, meeting: int, *, by: Caller, now: datetime) -> Created:
    """Return the meeting as the page shows it that stands after its making."""
    found = meetings.meeting_seen_by(db, meeting, by=by)
    return Created(meeting=found, allowed=meetings.allowance(db, found.organizer, by=by, now=now))


def _next_ones(db: Connection, meeting: Meeting, *, by: Caller, now: datetime) -> tuple[Occurrence, ...]:
    """Return the next occurrences of a meeting that repeats, also those that are cancelled."""
    if not meeting.stretches or meeting.cancelled_at is not None:
        return ()
    return meetings.occurrences_of(db, meeting.id, by=by, since=now, limit=_MOST_AHEAD).items


def listed(db: Connection, *, by: Caller, now: datetime, stage: Stage, query: str, cursor: str | None) -> Listed:
    """Return a page of the meetings in this stage, latest first; of what is planned each time, soonest first."""
    part = query or None
    if stage is not Stage.PLANNED:
        page = meetings.find_meetings(db, by=by, now=now, stage=stage, query=part, cursor=cursor)
        return Listed(live=(), rows=planned_rows(db, page.items, by=by, now=now), next=page.next)
    ahead = meetings.agenda(db, by=by, now=now, query=part, cursor=cursor)
    live = () if cursor else meetings.find_meetings(db, by=by, now=now, stage=Stage.LIVE, query=part).items
    rows = planned_rows(db, [one.as_meeting() for one in ahead.items], by=by, now=now)
    return Listed(live=live_rows(db, live, by=by), rows=rows, next=ahead.next)


def may_co_organize(user: User) -> bool:
    """Tell whether somebody may be chosen as a co-organizer."""
    return "meetings:write" in RIGHTS[user.role]
