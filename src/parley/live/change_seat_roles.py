"""Changing the role of seats: somebody may do more, or less, in a room than when they were let in."""

from datetime import datetime

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.live import rows
from parley.live.facts import SeatChanged
from parley.sessions import participant_of_room


def change_seat_roles(db: Connection, participant: int, *, role: str, by: int | None, now: datetime) -> None:
    """Give all valid seats of a participant another role; it counts in the room at once. Again changes nothing."""
    if rows.save_role(db, participant, role=role) == 0:
        return
    changed = participant_of_room(db, participant)
    tell(
        db,
        SeatChanged(
            account=changed.account,
            subject=participant,
            actor=by,
            at=now,
            session=changed.session,
            person=changed.person,
            role=role,
        ),
    )
