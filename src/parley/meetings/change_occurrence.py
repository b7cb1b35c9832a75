"""Changing single occurrences of a meeting that repeats, and it from one of them on. Its number and link stay."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from parley.calendar import Stretch
from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import Conflict, FieldError, Invalid
from parley.ground.words import N_
from parley.meetings.facts import MeetingChanged, OccurrenceCancelled, OccurrenceChanged
from parley.meetings.meeting import Meeting
from parley.meetings.occurrence import Exceptions, Moved, Occurrence, occurrence_starting, stretch_of
from parley.meetings.occurrences import occurrence_named
from parley.meetings.plan import MeetingChange, Plan, planned
from parley.meetings.rows.meetings import meeting_seen_by, save_meeting
from parley.meetings.rows.series import exceptions_of, save_exceptions
from parley.meetings.series import carried, cut, ends_of, repeating, rest_of, stretch_from
from parley.people import Caller

_MOST_EXCEPTIONS = 1000


class OccurrenceChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When one occurrence takes place instead, or, `and_following`, the meeting from this one on."""

    starts_at: str | UnsetType = UNSET
    ends_at: str | UnsetType = UNSET
    time_zone: str | UnsetType = UNSET
    recurrence: str | UnsetType = UNSET
    and_following: bool = False

    @staticmethod
    def check_readable(readable: Mapping[str, Any], *, by: Caller, now: datetime, errors: list[FieldError]) -> None:
        """Find out what is wrong with those fields that could be read."""
        MeetingChange.check_readable(
            {name: readable[name] for name in _TIMES & readable.keys()}, by=by, now=now, errors=errors
        )


_TIMES = {"starts_at", "ends_at", "time_zone", "recurrence"}


def change_occurrence(
    db: Connection,
    meeting: int,
    original_start: datetime,
    change: OccurrenceChange,
    *,
    version: int,
    by: Caller,
    now: datetime,
) -> Occurrence:
    """Move one occurrence, or the meeting from it on; return it as it is then planned.

    What was cancelled takes place again. Raises NotFound when the rule names none then, Stale as every change does.
    """
    before, one = _to_change(db, meeting, original_start, version=version, by=by)
    plan = _planned(before, one, change, now=now)
    if change.and_following:
        return _change_following(db, before, one, plan, by=by, now=now)
    if change.recurrence is not UNSET or change.time_zone is not UNSET:
        raise Invalid(FieldError("and_following", N_("One occurrence has the rule and the zone of all.")))
    if not one.cancelled and (plan.starts_at, plan.ends_at) == (one.starts_at, one.ends_at):
        return one
    return _move(db, before, one, Moved(starts_at=plan.starts_at, ends_at=plan.ends_at), by=by, now=now)


def _move(db: Connection, before: Meeting, one: Occurrence, to: Moved, *, by: Caller, now: datetime) -> Occurrence:
    stretch = stretch_of(before, one.local)
    is_as_ruled = stretch is not None and (to.starts_at, to.ends_at - to.starts_at) == (
        one.original_start,
        stretch.length,
    )
    exceptions = {**exceptions_of(db, [before.id]).get(before.id, {}), one.local: to}
    if is_as_ruled:
        del exceptions[one.local]
    after = _save(db, before, exceptions)
    fact = OccurrenceChanged(
        account=after.account,
        subject=after.id,
        actor=by.person,
        at=now,
        original_start=one.original_start,
        starts_at=to.starts_at,
        ends_at=to.ends_at,
        version=after.version,
    )
    tell(db, fact)
    return replace(
        one, meeting=after, starts_at=to.starts_at, ends_at=to.ends_at, moved=not is_as_ruled, cancelled=False
    )


def cancel_occurrence(
    db: Connection,
    meeting: int,
    original_start: datetime,
    *,
    and_following: bool = False,
    version: int,
    by: Caller,
    now: datetime,
) -> Meeting:
    """Cancel one occurrence, or end the meeting before it; return the meeting. Cancelling twice is cancelling once.

    Raises Conflict for one that is live, and for the first with all that follow: that is cancelling the meeting.
    """
    before, one = _to_change(db, meeting, original_start, version=version, by=by)
    before.need_organizer(by)
    if one.live:
        raise Conflict(N_("This meeting is live. End it first, then cancel it."))
    if and_following:
        left = cut(before.stretches, one.local)
        if not left:
            raise Conflict(N_("This is the first occurrence: cancel the whole meeting instead."))
        return _save_rule(db, before, left, by=by, now=now)
    if one.cancelled:
        return before
    exceptions: dict[datetime, Moved | None] = {**exceptions_of(db, [before.id]).get(before.id, {}), one.local: None}
    after = _save(db, before, exceptions)
    fact = OccurrenceCancelled(
        account=after.account,
        subject=after.id,
        actor=by.person,
        at=now,
        original_start=one.original_start,
        version=after.version,
    )
    tell(db, fact)
    return after


def _to_change(
    db: Connection, meeting: int, original_start: datetime, *, version: int, by: Caller
) -> tuple[Meeting, Occurrence]:
    by.need("meetings:write")
    before = meeting_seen_by(db, by, meeting)
    before.need_co_organizer(by)
    before.need_standing()
    before.need_version(version)
    return before, occurrence_named(db, before, original_start)


def _planned(before: Meeting, one: Occurrence, change: OccurrenceChange, *, now: datetime) -> Plan:
    """Return what is planned from this occurrence on."""
    stretch = stretch_of(before, one.local)
    kept = Plan(
        title=before.title,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        time_zone=one.time_zone,
        rule=rest_of(stretch, one.local) if stretch is not None and change.and_following else None,
    )
    errors: list[FieldError] = []
    wanted = MeetingChange(
        starts_at=change.starts_at,
        ends_at=change.ends_at,
        time_zone=change.time_zone,
        recurrence=change.recurrence if change.and_following else UNSET,
    )
    plan = planned(wanted, kept=kept, now=now, errors=errors)
    if errors:
        raise Invalid(*errors)
    return plan


def _change_following(
    db: Connection, before: Meeting, one: Occurrence, plan: Plan, *, by: Caller, now: datetime
) -> Occurrence:
    if plan.rule is None:
        raise Invalid(FieldError("recurrence", N_("Say by which rule it goes on.")))
    following = stretch_from(plan.starts_at, plan.ends_at, time_zone=plan.time_zone, rule=plan.rule)
    after = _save_rule(db, before, (*cut(before.stretches, one.local), following), since=one.local, by=by, now=now)
    found = occurrence_starting(after, {}, following.slot(following.first).starts_at)
    return replace(one, meeting=after) if found is None else found


def _save_rule(
    db: Connection,
    before: Meeting,
    stretches: tuple[Stretch, ...],
    *,
    since: datetime | None = None,
    by: Caller,
    now: datetime,
) -> Meeting:
    exceptions = carried(exceptions_of(db, [before.id]).get(before.id, {}), stretches, since=since)
    after = replace(repeating(before, stretches, exceptions), version=before.version + 1)
    save_meeting(db, after)
    save_exceptions(db, after.id, exceptions)
    fact = MeetingChanged(
        account=after.account,
        subject=after.id,
        actor=by.person,
        at=now,
        fields=("recurrence",),
        version=after.version,
        title=after.title,
        starts_at=after.starts_at,
        ends_at=after.ends_at,
        time_zone=after.time_zone,
        recurrence=str(after.rule),
    )
    tell(db, fact)
    return after


def _save(db: Connection, before: Meeting, exceptions: Exceptions) -> Meeting:
    if len(exceptions) > _MOST_EXCEPTIONS:
        raise Conflict(
            N_("Of this meeting %(most)s occurrences are moved or cancelled. Change the rule instead."),
            most=_MOST_EXCEPTIONS,
        )
    after = replace(before, version=before.version + 1, repeats_until=ends_of(before.stretches, exceptions))
    save_meeting(db, after)
    save_exceptions(db, after.id, exceptions)
    return after
