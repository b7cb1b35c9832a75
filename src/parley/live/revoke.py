"""Revoking seats: somebody is removed from a session and does not come back with the same link."""

from datetime import datetime

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.live import rows
from parley.live.facts import SeatRevoked
from parley.sessions import Departure, depart, participant_of_room


def revoke_seats(db: Connection, participant: int, *, by: int | None, now: datetime) -> None:
    """Take all seats of a participant away and end their stay; their sockets close at once. Again changes nothing."""
    if rows.save_revoked(db, participant, at=now) == 0:
        return
    depart(db, participant, at=now, how=Departure.REMOVED)
    removed = participant_of_room(db, participant)
    tell(
        db,
        SeatRevoked(
            account=removed.account,
            subject=participant,
            actor=by,
            at=now,
            session=removed.session,
            person=removed.person,
        ),
    )
