"""The record as the room itself reads it: nobody's rights are asked, for a seat was given already."""

from parley.ground.db import Connection
from parley.sessions.message import Message
from parley.sessions.participant import Participant, RoomRole
from parley.sessions.rows.messages import last_messages_in
from parley.sessions.rows.participants import participant_whoever_asks, participants_in
from parley.sessions.rows.sessions import session_whoever_asks
from parley.sessions.session import Session


def session_of_room(db: Connection, session: int) -> Session:
    """Return the session to its own room."""
    return session_whoever_asks(db, session)


def participant_of_room(db: Connection, participant: int) -> Participant:
    """Return a participant to the room that they are in."""
    return participant_whoever_asks(db, participant)


def hosts_of_room(db: Connection, session: int) -> list[Participant]:
    """Return who is the host of a session, on record, to its room."""
    return [one for one in participants_in(db, session) if one.role is RoomRole.HOST]


def messages_of_room(db: Connection, session: int, *, limit: int = 200) -> tuple[Message, ...]:
    """Return the last messages to the room in which they were said, oldest first."""
    return tuple(last_messages_in(db, session, limit=limit))
