"""Letting in: somebody who waited before the room is a participant like others now; or has to wait after all."""

from datetime import datetime

from msgspec.structs import replace

from parley.ground.db import Connection
from parley.sessions.rows.participants import participant_whoever_asks, save_participant


def let_in(db: Connection, participant: int, *, now: datetime) -> None:
    """Write down that somebody who waited was let in; who was let in before stays let in since then."""
    waiting = participant_whoever_asks(db, participant)
    if waiting.admitted_at is None:
        save_participant(db, replace(waiting, admitted_at=now))


def let_wait(db: Connection, participant: int) -> None:
    """Write down that somebody who never came is not let in any more."""
    save_participant(db, replace(participant_whoever_asks(db, participant), admitted_at=None))
