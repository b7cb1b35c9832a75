"""Missing somebody: their connection is lost, and they may be back in a moment."""

from datetime import datetime

from parley.ground.db import Connection
from parley.sessions.rows.attendance import open_stay, save_away


def miss(db: Connection, participant: int, *, since: datetime) -> None:
    """Write down since when the participant is away; when the session ends before they are back, their stay ended then.

    Arriving again makes it undone. Who is not there is passed over.
    """
    stay = open_stay(db, participant)
    if stay is not None:
        save_away(db, stay, since=max(since, stay.joined_at))
