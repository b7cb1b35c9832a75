"""Changing a meeting. Its number and link stay as they are."""

from datetime import datetime

from msgspec import UNSET

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import Invalid, Wrong
from parley.meetings.facts import MeetingChanged
from parley.meetings.hosts import check_hosts
from parley.meetings.meeting import Meeting
from parley.meetings.plan import MeetingChange, plan_change
from parley.meetings.rows.meetings import keep_meeting, keep_password, meeting_seen_by
from parley.meetings.start import expect_hosts
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
    after = plan_change(change, meeting=before, now=now, wrongs=wrongs)
    added = set(after.hosts) - set(before.hosts)
    check_hosts(db, added, account=before.account, wrongs=wrongs)
    if wrongs:
        raise Invalid(*wrongs)
    if after.hosts != before.hosts:
        before.need_organizer(by)
    if after is before:
        return before
    keep_meeting(db, after)
    fields = [name for field, name in _FIELDS.items() if getattr(before, field) != getattr(after, field)]
    if change.password is not UNSET and (before.has_password or after.has_password):
        keep_password(db, after, password_hash)
        fields.append("password")
    _tell(db, after, fields, by=by, now=now)
    if added and after.running is not None:
        expect_hosts(db, after, added)
    return after


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
