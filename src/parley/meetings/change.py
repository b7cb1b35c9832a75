"""Changing a meeting. Its number and link stay as they are."""

from datetime import datetime

from msgspec.structs import asdict, replace

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import Invalid, Wrong
from parley.meetings.facts import MeetingChanged
from parley.meetings.hosts import check_hosts
from parley.meetings.meeting import Meeting
from parley.meetings.plan import MeetingChange, Plan, planned
from parley.meetings.rows.meetings import keep_meeting, keep_password, meeting_seen_by
from parley.meetings.start import dismiss_hosts, expect_hosts
from parley.people import Caller

_FIELDS = {
    "title": "title",
    "starts_at": "starts_at",
    "ends_at": "ends_at",
    "time_zone": "time_zone",
    "hosts": "co_organizers",
}


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
    before.need_host(by)
    before.need_standing()
    before.need_version(version)
    wrongs: list[Wrong] = []
    plan = planned(change, kept=Plan.of(before), now=now, wrongs=wrongs).without(before.organizer)
    added = set(plan.hosts) - set(before.hosts)
    check_hosts(db, added, account=before.account, wrongs=wrongs)
    if wrongs:
        raise Invalid(*wrongs)
    fields = _different(before, plan, change)
    if not fields:
        return before
    if "co_organizers" in fields:
        before.need_organizer(by)
    after = replace(before, version=before.version + 1, **asdict(plan))
    keep_meeting(db, after)
    if "password" in fields:
        keep_password(db, after, password_hash)
    _tell(db, after, fields, by=by, now=now)
    expect_hosts(db, after, added)
    dismiss_hosts(db, after, set(before.hosts) - set(plan.hosts), by=by, now=now)
    return after


def _different(before: Meeting, plan: Plan, change: MeetingChange) -> list[str]:
    """Return the names of the fields that the change makes different; a password that is given anew is."""
    fields = [name for field, name in _FIELDS.items() if getattr(before, field) != getattr(plan, field)]
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
        ),
    )
