"""Letting somebody into a session: they become a participant in the record."""

from datetime import datetime

from msgspec.structs import replace

from parley.ground.db import Connection
from parley.ground.faults import Conflict, Forbidden
from parley.ground.ids import new_id
from parley.ground.words import N_
from parley.sessions.participant import Participant, RoomRole
from parley.sessions.rows.participants import add_participant, participant_of, save_participant
from parley.sessions.rows.sessions import session_whoever_asks
from parley.sessions.session import State


def enter(db: Connection, session: int, *, person: int | None, name: str, role: RoomRole, now: datetime) -> Participant:
    """Return the participant that somebody is in this session.

    A user is one participant, from however many devices they come, and keeps the role that they have on record, though
    they may come with less (a token that was not given all of their rights): their seat is narrower then. A guest is a
    new one each time, for nobody knows who they are. Raises Conflict when the session is over, and Forbidden for a user
    whom a host removed from it.
    """
    running = session_whoever_asks(db, session)
    if running.state is State.ENDED:
        raise Conflict(N_("This session has ended already."))
    known = participant_of(db, session, person=person) if person is not None else None
    if known is None:
        entered = Participant(
            id=new_id(),
            account=running.account,
            session=session,
            person=person,
            name=name,
            role=role,
            invited=False,
            admitted_at=now,
        )
        add_participant(db, entered, session_started_at=running.started_at)
        return entered
    if known.removed_at is not None:
        raise Forbidden(N_("A host removed you from this session."))
    entered = replace(known, name=name, admitted_at=known.admitted_at or now)
    if entered != known:
        save_participant(db, entered)
    return entered
