"""The table of attendance: one row per stay, with its witness."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Table,
    Text,
    bindparam,
    insert,
    select,
    update,
)

from parley.ground.db import Id, Instant, metadata
from parley.sessions.attendance import Confidence, Departure, Source, Stay

attendance = Table(
    "attendance",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the stay, in time order"),
    Column("account", Id, ForeignKey("accounts.id"), nullable=False, comment="The account whose session it is"),
    Column("session", Id, ForeignKey("sessions.id"), nullable=False, comment="The session"),
    Column("participant", Id, ForeignKey("participants.id"), nullable=False, comment="Who was there"),
    Column("joined_at", Instant, nullable=False, comment="When they came (UTC)"),
    Column("left_at", Instant, comment="When they were gone (UTC); empty while they are there"),
    Column("last_seen_at", Instant, nullable=False, comment="The last sign of life (UTC)"),
    Column(
        "away_since", Instant, comment="Since when their connection is lost (UTC); empty while it is not, and after"
    ),
    Column("source", Text, nullable=False, comment="The witness: heartbeat (the room itself)"),
    Column(
        "confidence",
        Text,
        nullable=False,
        comment="exact: both ends were seen; estimated: the end is the last sign of life",
    ),
    Column("node", Text, nullable=False, comment="The server process that kept the room"),
    Column("ended_by", Text, comment="left, lost, removed, ended or reconciled; empty while they are there"),
    Index("ix_attendance_session_participant_joined_at", "session", "participant", "joined_at"),
    comment="One row for every stay of a participant in a session, from coming to leaving",
)

IS_OPEN = attendance.c.left_at.is_(None)

Index(
    "uq_attendance_participant_open",
    attendance.c.participant,
    unique=True,
    sqlite_where=IS_OPEN,
    postgresql_where=IS_OPEN,
)
Index("ix_attendance_node_open", attendance.c.node, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)

_COLUMNS = (
    attendance.c.id,
    attendance.c.session,
    attendance.c.participant,
    attendance.c.joined_at,
    attendance.c.left_at,
    attendance.c.last_seen_at,
    attendance.c.away_since,
    attendance.c.source,
    attendance.c.confidence,
    attendance.c.node,
    attendance.c.ended_by,
)
_INSERT = insert(attendance).inline()


def add_stay(db: Connection, stay: Stay, *, account: int) -> None:
    """Write down that somebody came."""
    row = {column.name: getattr(stay, column.name) for column in _COLUMNS}
    db.execute(_INSERT, row | {"account": account})


_CLOSE = (
    update(attendance)
    .where(attendance.c.id == bindparam("stay"))
    .values(left_at=bindparam("at"), ended_by=bindparam("how"), confidence=bindparam("certain"), away_since=None)
)


def save_ended_stay(db: Connection, stay: Stay) -> None:
    """Write down when and how a stay ended."""
    db.execute(_CLOSE, {"stay": stay.id, "at": stay.left_at, "how": stay.ended_by, "certain": stay.confidence})


def save_away(db: Connection, stay: Stay, *, since: datetime) -> None:
    """Write down since when somebody's connection is lost."""
    db.execute(update(attendance).where(attendance.c.id == stay.id).values(away_since=since))


def save_return(db: Connection, stay: Stay, *, at: datetime) -> None:
    """Write down that somebody's connection is there again."""
    db.execute(update(attendance).where(attendance.c.id == stay.id).values(away_since=None, last_seen_at=at))


_SEEN = (
    update(attendance)
    .where(attendance.c.participant.in_(bindparam("seen", expanding=True)), IS_OPEN)
    .values(last_seen_at=bindparam("at"))
)


def save_last_seen(db: Connection, participants: Sequence[int], *, at: datetime) -> None:
    """Write down a sign of life of many at once."""
    db.execute(_SEEN, {"seen": list(participants), "at": at})


_OPEN_OF = select(*_COLUMNS).where(attendance.c.participant == bindparam("participant"), IS_OPEN)
_OPEN_IN = select(*_COLUMNS).where(attendance.c.session == bindparam("session"), IS_OPEN)
_OPEN_ON = select(*_COLUMNS).where(
    attendance.c.node == bindparam("node"), attendance.c.last_seen_at <= bindparam("seen"), IS_OPEN
)
_OF_SESSION = (
    select(*_COLUMNS)
    .where(attendance.c.session == bindparam("session"))
    .order_by(attendance.c.joined_at, attendance.c.id)
)


def open_stay(db: Connection, participant: int) -> Stay | None:
    """Return the stay that has not ended."""
    row = db.execute(_OPEN_OF, {"participant": participant}).one_or_none()
    return None if row is None else _stay(row)


def open_stays(db: Connection, session: int) -> list[Stay]:
    """Return the stays of everybody who is in the session."""
    return [_stay(row) for row in db.execute(_OPEN_IN, {"session": session})]


def open_on(db: Connection, node: str, *, seen_before: datetime) -> list[Stay]:
    """Return the open stays that this server process kept, and that gave no sign of life since."""
    return [_stay(row) for row in db.execute(_OPEN_ON, {"node": node, "seen": seen_before})]


def stays_in(db: Connection, session: int) -> list[Stay]:
    """Return all stays in the session, oldest first; who may ask is decided with the session."""
    return [_stay(row) for row in db.execute(_OF_SESSION, {"session": session})]


def _stay(row: Any) -> Stay:  # noqa: ANN401 (a row of _COLUMNS)
    number, session, participant, joined_at, left_at, last_seen_at, away_since, source, confidence, node, ended_by = row
    return Stay(
        id=number,
        session=session,
        participant=participant,
        joined_at=joined_at,
        left_at=left_at,
        last_seen_at=last_seen_at,
        away_since=away_since,
        source=Source(source),
        confidence=Confidence(confidence),
        node=node,
        ended_by=Departure(ended_by) if ended_by else None,
    )
