"""Changing a meeting. Its number and link stay as they are."""

from datetime import datetime

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import Invalid, Wrong
from parley.meetings.facts import MeetingChanged
from parley.meetings.hosts import check_hosts
from parley.meetings.meeting import Meeting
from parley.meetings.plan import MeetingChange, plan_change
from parley.meetings.rows.meetings import keep_meeting, meeting_seen_by
from parley.meetings.start import expect_hosts
from parley.people import Caller

_FIELDS = ("title", "starts_at", "ends_at", "time_zone", "hosts", "password_hash")
_NAMES = {"hosts": "co_organizers", "password_hash": "password"}


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
    after = plan_change(change, meeting=before, password_hash=password_hash, now=now, wrongs=wrongs)
    added = set(after.hosts) - set(before.hosts)
    check_hosts(db, added, account=before.account, wrongs=wrongs)
    if wrongs:
        raise Invalid(*wrongs)
    if after.hosts != before.hosts:
        before.need_organizer(by)
    if after is not before:
        _keep(db, before, after, by=by, now=now)
    if added and after.running is not None:
        expect_hosts(db, after, added)
    return after


def _keep(db: Connection, before: Meeting, after: Meeting, *, by: Caller, now: datetime) -> None:
    keep_meeting(db, after)
    different = [field for field in _FIELDS if getattr(before, field) != getattr(after, field)]
    tell(
        db,
        MeetingChanged(
            account=after.account,
            subject=after.id,
            actor=by.person,
            at=now,
            fields=tuple(_NAMES.get(field, field) for field in different),
            version=after.version,
            title=after.title,
            starts_at=after.starts_at,
            ends_at=after.ends_at,
            time_zone=after.time_zone,
        ),
    )
