"""How many people there is room for."""

from datetime import datetime

from parley.ground.db import Connection
from parley.live import rows


def room_size(db: Connection, *, now: datetime) -> int | None:
    """Return how many people there is room for in a session; None when no server ever kept a room."""
    return rows.most_publishers(db, now=now)


def smaller(*limits: int | None) -> int | None:
    """Return the smallest of some limits; None is no limit."""
    return min((limit for limit in limits if limit is not None), default=None)
