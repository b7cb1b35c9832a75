"""Letting somebody into a session: they become a participant in the record."""

from datetime import datetime

from msgspec.structs import replace

from parley.ground.db import Connection
from parley.ground.faults import Conflict, Forbidden
from parley.ground.ids import new_id
from parley.ground.words import N_
from parley.sessions.participant import Participant, RoomRole
from parley.sessions.rows.participants import (
    add_participant,
    participant_invited,
    participant_of,
    save_participant,
)
from parley.sessions.rows.sessions import session_whoever_asks
from parley.sessions.session import State


def enter(
    db: Connection,
    session: int,
    *,
    person: int | None,
    name: str,
    role: RoomRole,
    waits: bool = False,
    invitation: int | None = None,
    came_by: int | None = None,
    now: datetime,
) -> Participant:
    """Return the participant that somebody is in this session; who `waits` is not let in yet, unless they were before.

    A user is one participant, from however many devices they come, and keeps the role that they have on record, also
    where they come with less (by a token with fewer rights). So is a guest by the `invitation` that is theirs; any
    other guest is a new one each time, for nobody knows who they are. `came_by` is somebody else's invitation by whose
    link they come. Raises Conflict when the session is over, and Forbidden for somebody known whom a host removed.
    """
    running = session_whoever_asks(db, session)
    if running.state is State.ENDED:
        raise Conflict(N_("This session has ended already."))
    known = _known(db, session, person=person, invitation=invitation)
    admitted_at = None if waits else now
    if known is not None:
        return _again(db, known, name=name, admitted_at=admitted_at, came_by=came_by)
    entered = Participant(
        id=new_id(),
        account=running.account,
        session=session,
        person=person,
        name=name,
        role=role,
        invited=False,
        admitted_at=admitted_at,
        invitation=invitation,
        came_by=came_by,
    )
    add_participant(db, entered, session_started_at=running.started_at)
    return entered


def _again(
    db: Connection, known: Participant, *, name: str, admitted_at: datetime | None, came_by: int | None
) -> Participant:
    """Return the participant as they come now; once let in, they stay so."""
    if known.removed_at is not None:
        raise Forbidden(N_("A host removed you from this session."))
    admitted_at = known.admitted_at or admitted_at
    entered = replace(known, name=name, admitted_at=admitted_at, came_by=came_by or known.came_by)
    if entered != known:
        save_participant(db, entered)
    return entered


def _known(db: Connection, session: int, *, person: int | None, invitation: int | None) -> Participant | None:
    if person is not None:
        return participant_of(db, session, person=person)
    return None if invitation is None else participant_invited(db, session, invitation=invitation)
