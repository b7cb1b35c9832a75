"""Finding what starts soon, for those who remind people of it."""

from datetime import datetime, timedelta

from parley.ground.db import Connection
from parley.meetings.occurrence import Occurrence
from parley.meetings.occurrences import expanded
from parley.meetings.rows.soon import meetings_soon

_AN_INSTANT = timedelta(microseconds=1)


def starting_soon(db: Connection, account: int, *, since: datetime, until: datetime) -> tuple[Occurrence, ...]:
    """Return what starts after `since` and not after `until`, is not live yet, and has people invited to it.

    Nobody's rights are asked: this is for those who write to the invited.
    """
    found = expanded(db, meetings_soon(db, account, since=since, until=until), since=since, until=until + _AN_INSTANT)
    return tuple(one for one in found if one.starts_at > since and not one.live)
