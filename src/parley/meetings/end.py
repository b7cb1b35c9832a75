"""Ending a meeting for all."""

from datetime import datetime

from parley import sessions
from parley.ground.db import Connection
from parley.ground.words import N_
from parley.meetings.meeting import NotLive
from parley.meetings.rows.meetings import meeting_seen_by
from parley.people import Caller


def end(db: Connection, meeting: int, *, by: Caller, now: datetime) -> sessions.Session:
    """End the session that runs, and return it as it ended; raises Conflict when none runs."""
    by.need("meetings:write")
    running = meeting_seen_by(db, by, meeting)
    running.need_co_organizer(by)
    if running.running is None:
        raise NotLive(N_("This meeting is not live."))
    return sessions.close_session(db, running.running, by=by.person, how=sessions.Ending.HOST, now=now)
