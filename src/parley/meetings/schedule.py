"""Scheduling a meeting."""

import secrets
from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import FieldError, Forbidden, Invalid
from parley.ground.ids import new_id
from parley.ground.words import N_
from parley.meetings.co_organizers import check_co_organizers
from parley.meetings.facts import MeetingScheduled
from parley.meetings.meeting import Meeting
from parley.meetings.plan import NewMeeting, Plan, planned
from parley.meetings.rows.meetings import add_meeting
from parley.meetings.series import repeating, stretch_from
from parley.people import Caller

_SMALLEST_NUMBER = 100_000_000
_NUMBERS = 900_000_000


def schedule(db: Connection, new: NewMeeting, *, password_hash: str | None, by: Caller, now: datetime) -> Meeting:
    """Plan a meeting that `by` organizes; raises Invalid with every field that is wrong.

    `password_hash` is the hash of `new.password`: hashing takes long, so that it is done before the verb runs.
    """
    errors: list[FieldError] = []
    blank = Plan(title="", starts_at=now, ends_at=now, time_zone=by.time_zone)
    plan = planned(new, kept=blank, now=now, errors=errors).without(by.person)
    check_co_organizers(db, plan.co_organizers, account=by.account, errors=errors)
    if errors:
        raise Invalid(*errors)
    return store_meeting(db, plan, password_hash=password_hash, by=by, now=now)


def any_number() -> int:
    """Return nine digits that nobody can foresee."""
    return _SMALLEST_NUMBER + secrets.randbelow(_NUMBERS)


def store_meeting(
    db: Connection,
    plan: Plan,
    *,
    immediate: bool = False,
    password_hash: str | None = None,
    by: Caller,
    now: datetime,
    draw: Callable[[], int] = any_number,
) -> Meeting:
    """Write down a new meeting under a number that none has yet, and tell it."""
    by.need("meetings:write")
    if by.person is None:
        raise Forbidden(N_("Only somebody with a user of their own can organize a meeting."))
    meeting = Meeting(
        id=new_id(),
        account=by.account,
        organizer=by.person,
        number=draw(),
        immediate=immediate,
        version=1,
        created_at=now,
        **plan.chosen(),
    )
    if plan.rule is not None:
        meeting = repeating(
            meeting, (stretch_from(plan.starts_at, plan.ends_at, time_zone=plan.time_zone, rule=plan.rule),), {}
        )
    while not add_meeting(db, meeting, password_hash=password_hash):
        meeting = replace(meeting, number=draw())
    _tell(db, meeting)
    return meeting


def _tell(db: Connection, meeting: Meeting) -> None:
    tell(
        db,
        MeetingScheduled(
            account=meeting.account,
            subject=meeting.id,
            actor=meeting.organizer,
            at=meeting.created_at,
            title=meeting.title,
            number=meeting.number,
            organizer=meeting.organizer,
            immediate=meeting.immediate,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            time_zone=meeting.time_zone,
            recurrence=None if meeting.rule is None else str(meeting.rule),
        ),
    )
