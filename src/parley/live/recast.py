"""Recasting seats: somebody may do more, or less, in a room than when they were let in."""

from datetime import datetime

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.live import rows
from parley.live.facts import SeatChanged
from parley.sessions import participant_of_room


def recast_seats(db: Connection, participant: int, *, role: str, by: int | None, now: datetime) -> None:
    """Give all valid seats of a participant another role; it counts in the room at once. Again changes nothing."""
    if rows.keep_role(db, participant, role=role) == 0:
        return
    recast = participant_of_room(db, participant)
    tell(
        db,
        SeatChanged(
            account=recast.account,
            subject=participant,
            actor=by,
            at=now,
            session=recast.session,
            person=recast.person,
            role=role,
        ),
    )
