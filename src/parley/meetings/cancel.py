"""Cancelling a meeting; its record stays."""

from datetime import datetime

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.meetings.facts import MeetingCancelled
from parley.meetings.meeting import Meeting
from parley.meetings.rows.meetings import meeting_seen_by, save_meeting
from parley.people import Caller


def cancel(db: Connection, meeting: int, *, version: int | None = None, by: Caller, now: datetime) -> Meeting:
    """Cancel the meeting; what is cancelled stays so. With a version, Stale when that is not what is there now.

    Raises Conflict while it is live.
    """
    by.need("meetings:write")
    standing = meeting_seen_by(db, by, meeting)
    standing.need_organizer(by)
    if standing.cancelled_at is not None:
        return standing
    if version is not None:
        standing.need_version(version)
    cancelled = standing.cancelled(at=now)
    save_meeting(db, cancelled)
    tell(
        db,
        MeetingCancelled(
            account=cancelled.account, subject=cancelled.id, actor=by.person, at=now, title=cancelled.title
        ),
    )
    return cancelled
