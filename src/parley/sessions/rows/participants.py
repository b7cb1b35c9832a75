"""The table of participants: who was expected or let in, one row per person and session."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from parley.ground.db import Id, Instant, metadata
from parley.ground.faults import NotFound
from parley.ground.words import N_
from parley.sessions.participant import Participant, RoomRole

participants = Table(
    "participants",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the participant, in time order"),
    Column("account", Id, ForeignKey("accounts.id"), nullable=False, comment="The account whose session it is"),
    Column("session", Id, ForeignKey("sessions.id"), nullable=False, comment="The session"),
    Column("person", Id, ForeignKey("users.id"), comment="The user; empty for a guest"),
    Column("name", Text, nullable=False, comment="What they were called in this session"),
    Column("role", Text, nullable=False, comment="host, cohost or attendee"),
    Column(
        "invited", Boolean, nullable=False, comment="Whether they were expected: host, co-hosts, and who was invited"
    ),
    Column("admitted_at", Instant, comment="When they were first let in (UTC); empty for those who were only expected"),
    Column("removed_at", Instant, comment="When a host removed them (UTC)"),
    Column(
        "session_started_at",
        Instant,
        nullable=False,
        comment="The session's started_at, repeated to read a person's sessions in order",
    ),
    Column("required", Boolean, nullable=False, comment="Whether they should come"),
    Column("invitation", Id, comment="The invitation of who is no user; empty for guests without one"),
    Column("came_by", Id, comment="The invitation of somebody else, by whose personal link they came"),
    Column(
        "link_shared_at",
        Instant,
        comment="When their personal link was opened on a second device while they were there (UTC)",
    ),
    Index("uq_participants_session_person", "session", "person", unique=True),
    Index("uq_participants_session_invitation", "session", "invitation", unique=True),
    Index("ix_participants_person_session_started_at_session", "person", "session_started_at", "session"),
    comment="One row for every person in a session, whether they came or were only expected",
)

_COLUMNS = tuple(column for column in participants.c if column.name != "session_started_at")
_FIELDS = tuple(column.name for column in _COLUMNS)
_INSERT = insert(participants).inline()


def add_participant(db: Connection, participant: Participant, *, session_started_at: datetime) -> None:
    """Write down who is expected, or is let in for the first time."""
    add_participants(db, [participant], session_started_at=session_started_at)


def add_participants(db: Connection, fresh: Sequence[Participant], *, session_started_at: datetime) -> None:
    """Write down everybody who is expected, however many, at once."""
    rows = [{field: getattr(each, field) for field in _FIELDS} for each in fresh]
    if rows:
        db.execute(_INSERT, [row | {"session_started_at": session_started_at} for row in rows])


def remove_participant(db: Connection, participant: Participant) -> None:
    """Take back that somebody was expected who never came in."""
    db.execute(delete(participants).where(participants.c.id == participant.id))


def save_participant(db: Connection, participant: Participant) -> None:
    """Write down what changed about a participant."""
    db.execute(
        update(participants)
        .where(participants.c.id == participant.id)
        .values(
            name=participant.name,
            role=participant.role,
            invited=participant.invited,
            admitted_at=participant.admitted_at,
            removed_at=participant.removed_at,
            required=participant.required,
            came_by=participant.came_by,
            link_shared_at=participant.link_shared_at,
        )
    )


_ONE = select(*_COLUMNS).where(participants.c.id == bindparam("participant"))
_PERSON = select(*_COLUMNS).where(
    participants.c.session == bindparam("session"), participants.c.person == bindparam("person")
)
_INVITED = select(*_COLUMNS).where(
    participants.c.session == bindparam("session"), participants.c.invitation == bindparam("invitation")
)
_OF_SESSION = select(*_COLUMNS).where(participants.c.session == bindparam("session")).order_by(participants.c.id)


def participant_whoever_asks(db: Connection, participant: int) -> Participant:
    """Return the participant to the room that they are in."""
    row = db.execute(_ONE, {"participant": participant}).one_or_none()
    if row is None:
        raise NotFound(N_("There is no participant under this id."))
    return _participant(row)


def participant_of(db: Connection, session: int, *, person: int) -> Participant | None:
    """Return the participant that a user is in the session; None before they are one."""
    row = db.execute(_PERSON, {"session": session, "person": person}).one_or_none()
    return None if row is None else _participant(row)


def participant_invited(db: Connection, session: int, *, invitation: int) -> Participant | None:
    """Return the participant that somebody is by an invitation who is no user; None before they are one."""
    row = db.execute(_INVITED, {"session": session, "invitation": invitation}).one_or_none()
    return None if row is None else _participant(row)


def participants_in(db: Connection, session: int) -> list[Participant]:
    """Return everybody who was expected or let in, in that order; who may ask is decided with the session."""
    return [_participant(row) for row in db.execute(_OF_SESSION, {"session": session})]


def _participant(row: Any) -> Participant:  # noqa: ANN401 (a row of _COLUMNS)
    found = dict(zip(_FIELDS, row, strict=True))
    return Participant(**found | {"role": RoomRole(found["role"])})
