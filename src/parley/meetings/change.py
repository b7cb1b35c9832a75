"""Changing a meeting. Its number and link stay as they are."""

from datetime import datetime

from msgspec.structs import replace

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import FieldError, Invalid
from parley.meetings.co_organizers import check_co_organizers
from parley.meetings.facts import MeetingChanged
from parley.meetings.meeting import Meeting
from parley.meetings.plan import MeetingChange, Plan, planned
from parley.meetings.rows.meetings import meeting_seen_by, save_meeting, save_password
from parley.meetings.rows.series import exceptions_of, save_exceptions
from parley.meetings.series import carried, repeating, stretch_from
from parley.meetings.start import dismiss_co_organizers, expect_co_organizers
from parley.people import Caller

_FIELDS = ("title", "starts_at", "ends_at", "time_zone", "co_organizers", "lobby")
_TIMES = {"starts_at", "ends_at", "time_zone", "recurrence"}


def change(
    db: Connection,
    meeting: int,
    change: MeetingChange,
    *,
    version: int,
    password_hash: str | None,
    by: Caller,
    now: datetime,
) -> Meeting:
    """Return the meeting after the change, which was made from `version`: Stale when that is not what is there now.

    `password_hash` is the hash of `change.password`. Raises Invalid with every field that is wrong.
    """
    by.need("meetings:write")
    before = meeting_seen_by(db, by, meeting)
    before.need_co_organizer(by)
    before.need_standing()
    before.need_version(version)
    errors: list[FieldError] = []
    plan = planned(change, kept=Plan.of(before), now=now, errors=errors).without(before.organizer)
    added = set(plan.co_organizers) - set(before.co_organizers)
    check_co_organizers(db, added, account=before.account, errors=errors)
    if errors:
        raise Invalid(*errors)
    fields = _different(before, plan, change)
    if not fields:
        return before
    if "co_organizers" in fields:
        before.need_organizer(by)
    after = replace(before, version=before.version + 1, **plan.chosen())
    if _TIMES & {*fields}:
        after = _repeated(db, after, plan)
    save_meeting(db, after)
    if "password" in fields:
        save_password(db, after, password_hash)
    _tell(db, after, fields, by=by, now=now)
    expect_co_organizers(db, after, added, by=by, now=now)
    dismiss_co_organizers(db, after, set(before.co_organizers) - set(plan.co_organizers), by=by, now=now)
    return after


def _repeated(db: Connection, after: Meeting, plan: Plan) -> Meeting:
    """Return the meeting as all of it repeats; single occurrences stay as they were where their days still are."""
    if plan.rule is None:
        if after.stretches:
            save_exceptions(db, after.id, {})
        return replace(after, stretches=(), repeats_until=None)
    stretch = stretch_from(plan.starts_at, plan.ends_at, time_zone=plan.time_zone, rule=plan.rule)
    exceptions = carried(exceptions_of(db, [after.id]).get(after.id, {}), (stretch,))
    save_exceptions(db, after.id, exceptions)
    return repeating(after, (stretch,), exceptions)


def _different(before: Meeting, plan: Plan, change: MeetingChange) -> list[str]:
    """Return the names of the fields that the change makes different; a password that is given anew is."""
    fields = [field for field in _FIELDS if getattr(before, field) != getattr(plan, field)]
    if before.rule != plan.rule:
        fields.append("recurrence")
    new_password = isinstance(change.password, str)
    return [*fields, "password"] if new_password or before.has_password != plan.has_password else fields


def _tell(db: Connection, after: Meeting, fields: list[str], *, by: Caller, now: datetime) -> None:
    tell(
        db,
        MeetingChanged(
            account=after.account,
            subject=after.id,
            actor=by.person,
            at=now,
            fields=tuple(fields),
            version=after.version,
            title=after.title,
            starts_at=after.starts_at,
            ends_at=after.ends_at,
            time_zone=after.time_zone,
            recurrence=None if after.rule is None else str(after.rule),
        ),
    )
