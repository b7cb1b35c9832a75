"""Letting somebody in who waits, or sending them away: a host decides, and the record knows who."""

from datetime import datetime

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.live import rows
from parley.live.facts import SeatAdmitted, SeatRefused
from parley.sessions import let_in, participant_of_room


def admit_waiting(db: Connection, participant: int, *, by: int, person: int | None, now: datetime) -> None:
    """Let in somebody who waits; again changes nothing. `by` is the participant who does it, `person` their user."""
    if rows.save_admitted(db, participant, at=now) == 0:
        return
    let_in(db, participant, now=now)
    admitted = participant_of_room(db, participant)
    tell(
        db,
        SeatAdmitted(
            account=admitted.account,
            subject=participant,
            actor=person,
            at=now,
            session=admitted.session,
            person=admitted.person,
            name=admitted.name,
            by=by,
        ),
    )


def refuse_waiting(db: Connection, participant: int, *, by: int, person: int | None, now: datetime) -> None:
    """Send somebody away who waits: their seat is void. They may ask again; who was let in meanwhile stays."""
    if rows.save_refused(db, participant, at=now) == 0:
        return
    refused = participant_of_room(db, participant)
    tell(
        db,
        SeatRefused(
            account=refused.account,
            subject=participant,
            actor=person,
            at=now,
            session=refused.session,
            person=refused.person,
            name=refused.name,
            by=by,
        ),
    )
