"""What took place between two moments, as a calendar shows it."""

from datetime import datetime, timedelta

from parley.ground.db import Connection
from parley.people import Caller
from parley.sessions.rows.runs import Run, runs_seen_by

_LONGEST = timedelta(days=2)


def runs(db: Connection, *, by: Caller, since: datetime, until: datetime, mine: bool = False) -> list[Run]:
    """Return the sessions that were going on between the two, earliest first, also the one that runs.

    What `by` was expected in or came to; unless they want only `mine`, also what they oversee or manage.
    What began more than two days before `since` is not among it.
    """
    by.need("sessions:read")
    return runs_seen_by(db, by, mine=mine, earliest=since - _LONGEST, since=since, until=until)
