"""A meeting as a file for calendars."""

from datetime import datetime

from parley.calendar import Entry, as_ical
from parley.ground.db import Connection
from parley.meetings.meeting import Meeting
from parley.meetings.rows.meetings import meeting_seen_by
from parley.meetings.rows.series import exceptions_of
from parley.people import Caller


def calendar_file(db: Connection, meeting: int, *, by: Caller, url: str, now: datetime) -> bytes:
    """Return the meeting as iCalendar (RFC 5545), with all its times, on the server that is reached under `url`."""
    return as_ical(calendar_entry(db, meeting, by=by, url=url, now=now)[1])


def calendar_entry(db: Connection, meeting: int, *, by: Caller, url: str, now: datetime) -> tuple[Meeting, Entry]:
    """Return the meeting, and it as calendars take it in."""
    by.need("meetings:read")
    found = meeting_seen_by(db, by, meeting)
    exceptions = exceptions_of(db, [found.id]).get(found.id, {})
    return found, Entry(
        uid=f"{found.number}@{url.partition('://')[2].partition('/')[0]}",
        title=found.title,
        url=f"{url}/join/{found.number}",
        sequence=found.version - 1,
        changed_at=now,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        time_zone=found.time_zone,
        cancelled=found.cancelled_at is not None,
        stretches=found.stretches,
        moved={local: None if one is None else (one.starts_at, one.ends_at) for local, one in exceptions.items()},
    )
