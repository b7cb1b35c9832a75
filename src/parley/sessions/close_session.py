"""Closing a session: everybody is out, and the record of the run is complete."""

from datetime import datetime, timedelta

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.sessions.attendance import Departure
from parley.sessions.depart import close_stay
from parley.sessions.facts import SessionEnded
from parley.sessions.rows.attendance import open_stays
from parley.sessions.rows.sessions import save_ended, session_whoever_asks
from parley.sessions.session import Ending, Session

STILL_THERE = timedelta(seconds=30)
"""Whoever gave a sign of life within this time was there when the session ended; longer ago, they were gone before."""


def close_session(db: Connection, session: int, *, by: int | None, how: Ending, now: datetime) -> Session:
    """End the session and every stay in it; who was away just then was there until their connection was lost.

    Raises Conflict when it is over already.
    """
    over = session_whoever_asks(db, session).ended(at=now, how=how, by=by)
    save_ended(db, over)
    for stay in open_stays(db, session):
        if stay.away_since is not None:
            close_stay(db, stay, at=min(now, stay.away_since), how=Departure.LOST)
        elif now - stay.last_seen_at <= STILL_THERE:
            close_stay(db, stay, at=now, how=Departure.ENDED)
        else:
            close_stay(db, stay, at=stay.last_seen_at, how=Departure.RECONCILED)
    tell(db, SessionEnded(account=over.account, subject=session, actor=by, at=now, meeting=over.meeting, how=how))
    return over
