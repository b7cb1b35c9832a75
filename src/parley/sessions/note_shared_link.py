"""A personal link that is open on two devices at once."""

from datetime import datetime

from msgspec.structs import replace

from parley.ground.db import Connection
from parley.sessions.participant import Participant
from parley.sessions.rows.attendance import open_stay
from parley.sessions.rows.participants import save_participant


def is_there(db: Connection, participant: int) -> bool:
    """Tell whether somebody is in the room at this moment, or away for a moment."""
    return open_stay(db, participant) is not None


def note_shared_link(db: Connection, participant: Participant, *, now: datetime) -> None:
    """Write down that somebody's personal link was opened on a second device while they were there."""
    save_participant(db, replace(participant, link_shared_at=now))
