"""Signs of life: the room says who is still connected."""

from collections.abc import Sequence
from datetime import datetime

from parley.ground.db import Connection
from parley.sessions.rows.attendance import save_last_seen


def heartbeat(db: Connection, participants: Sequence[int], *, now: datetime) -> None:
    """Write down that all these are there now; those without an open stay are passed over."""
    if participants:
        save_last_seen(db, participants, at=now)
