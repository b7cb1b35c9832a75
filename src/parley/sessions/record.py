"""The record of one session, for those who may read it: who was there, from when to when, what was said."""

from parley.ground.db import Connection
from parley.ground.paging import USUAL, IdKey, Page, key_behind, page_of, page_size
from parley.people import Caller
from parley.sessions.attendance import Participation, Stay, participations
from parley.sessions.message import Message
from parley.sessions.participant import Participant
from parley.sessions.rows import attendance, messages, participants, sessions
from parley.sessions.session import Session


def session_seen_by(db: Connection, session: int, *, by: Caller) -> Session:
    """Return the session; NotFound unless `by` oversees it, manages its host, or was expected or in and not removed."""
    by.need("sessions:read")
    return sessions.session_seen_by(db, by, session)


def participants_of(db: Connection, session: int, *, by: Caller) -> tuple[Participant, ...]:
    """Return everybody who was expected or let in, in that order."""
    session_seen_by(db, session, by=by)
    return tuple(participants.participants_in(db, session))


def attendance_of(db: Connection, session: int, *, by: Caller) -> tuple[Stay, ...]:
    """Return all stays, oldest first."""
    session_seen_by(db, session, by=by)
    return tuple(attendance.stays_in(db, session))


def participations_of(db: Connection, session: int, *, by: Caller) -> tuple[Participation, ...]:
    """Return everybody who was expected or let in, each with their own stays."""
    return participations(participants_of(db, session, by=by), attendance.stays_in(db, session))


def messages_of(
    db: Connection, session: int, *, by: Caller, limit: int = USUAL, cursor: str | None = None
) -> Page[Message]:
    """Return what was said to all, and what was said to one by those two alone, oldest first."""
    session_seen_by(db, session, by=by)
    behind = 0 if cursor is None else key_behind(cursor, IdKey)
    found = messages.messages_in(db, session, reader=by.person, behind=behind, limit=page_size(limit) + 1)
    return page_of(found, limit=limit, key=lambda message: message.id)
