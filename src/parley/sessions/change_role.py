"""Changing a role: somebody has another role in a session that runs."""

from msgspec.structs import replace

from parley.ground.db import Connection
from parley.sessions.participant import Participant, RoomRole
from parley.sessions.rows.participants import (
    participant_of,
    participant_whoever_asks,
    save_participant,
)


def change_role(db: Connection, session: int, *, person: int, role: RoomRole) -> Participant | None:
    """Give a user another role and return them; None for one who is neither expected nor was let in."""
    known = participant_of(db, session, person=person)
    if known is None:
        return None
    other = replace(known, role=role)
    save_participant(db, other)
    return other


def give_role(db: Connection, participant: int, *, role: RoomRole) -> None:
    """Give a participant another role, a guest too."""
    save_participant(db, replace(participant_whoever_asks(db, participant), role=role))
