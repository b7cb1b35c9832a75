"""Moving a meeting in a calendar: to another time, and of one that repeats also all that follow, or all of it."""

from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from parley.calendar import Frequency, Rule, Weekday
from parley.ground.db import Connection
from parley.ground.faults import Conflict
from parley.ground.words import N_
from parley.meetings.change import change
from parley.meetings.change_occurrence import OccurrenceChange, change_occurrence
from parley.meetings.meeting import Meeting
from parley.meetings.occurrence import stretch_of
from parley.meetings.occurrences import occurrence_named
from parley.meetings.plan import MeetingChange
from parley.meetings.rows.meetings import meeting_seen_by
from parley.meetings.series import on_the_wall, rest_of
from parley.people import Caller

_DAYS_OF_A_WEEK = 7


class Reach(StrEnum):
    """How much of a meeting that repeats is moved with one occurrence."""

    ONE = "one"
    FOLLOWING = "following"
    ALL = "all"


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """To when it is moved; `original_start` names the occurrence that was taken hold of, of a meeting that repeats."""

    starts_at: datetime
    ends_at: datetime
    original_start: datetime | None = None
    reach: Reach = Reach.ONE


def move(db: Connection, meeting: int, to: Move, *, version: int, by: Caller, now: datetime) -> Meeting:
    """Move the meeting, and return it as it is then planned.

    A weekly meeting goes to other days of the week together with the one that was moved. One that repeats on days of
    the month stays on them: raises Conflict when it would not. Raises what `change` and `change_occurrence` raise.
    """
    if to.original_start is None:
        return change(db, meeting, _span(to), version=version, password_hash=None, by=by, now=now)
    if to.reach is Reach.ONE:
        asked = OccurrenceChange(starts_at=to.starts_at.isoformat(), ends_at=to.ends_at.isoformat())
        return change_occurrence(db, meeting, to.original_start, asked, version=version, by=by, now=now).meeting
    before = meeting_seen_by(db, by, meeting)
    one = occurrence_named(db, before, to.original_start)
    stretch = stretch_of(before, one.local)
    rule = before.rule if to.reach is Reach.ALL or stretch is None else rest_of(stretch, one.local)
    days = (on_the_wall(to.starts_at, before.time_zone).date() - one.local.date()).days
    recurrence = str(_shifted(rule, days)) if rule is not None else None
    if to.reach is Reach.ALL:
        span = _span(replace(to, **_of_first(before, to, days=days)))
        asked_all = replace(span, recurrence=recurrence)
        return change(db, meeting, asked_all, version=version, password_hash=None, by=by, now=now)
    asked = OccurrenceChange(
        starts_at=to.starts_at.isoformat(),
        ends_at=to.ends_at.isoformat(),
        recurrence=recurrence or msgspec.UNSET,
        and_following=True,
    )
    return change_occurrence(db, meeting, to.original_start, asked, version=version, by=by, now=now).meeting


def _span(to: Move) -> MeetingChange:
    return MeetingChange(starts_at=to.starts_at.isoformat(), ends_at=to.ends_at.isoformat())


def _of_first(before: Meeting, to: Move, *, days: int) -> dict[str, datetime]:
    """Return when the first occurrence is, moved by as many days, to the same time of day, with the same length."""
    day = on_the_wall(before.starts_at, before.time_zone).date() + timedelta(days=days)
    at = datetime.combine(day, on_the_wall(to.starts_at, before.time_zone).time(), ZoneInfo(before.time_zone))
    return {"starts_at": at, "ends_at": at + (to.ends_at - to.starts_at)}


def _shifted(rule: Rule, days: int) -> Rule:
    """Return the rule on days that lie so many later."""
    if days == 0:
        return rule
    if rule.frequency is Frequency.WEEKLY and not rule.places:
        moved = (Weekday((on.day + days) % _DAYS_OF_A_WEEK) for on in rule.weekdays)
        return replace(rule, weekdays=tuple(sorted(moved, key=lambda on: on.day)))
    if rule.weekdays or rule.month_days or rule.months or rule.places:
        raise Conflict(N_("Its rule names the days on which it repeats. Edit the meeting to choose others."))
    return rule
