"""The table of artefacts: recordings, files and other things that a session left behind."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Table,
    Text,
    bindparam,
    insert,
    literal_column,
    select,
    update,
)

from parley.artefacts.artefact import Artefact, ArtefactKind, ArtefactState
from parley.ground.db import Id, Instant, metadata
from parley.ground.faults import NotFound
from parley.ground.words import N_

artefacts = Table(
    "artefacts",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the artefact, in time order"),
    Column("account", Id, ForeignKey("accounts.id"), nullable=False, comment="The account whose session it is"),
    Column("session", Id, ForeignKey("sessions.id"), nullable=False, comment="The session that it comes from"),
    Column("kind", Text, nullable=False, comment="recording, file, whiteboard, notes or poll-results"),
    Column("name", Text, nullable=False, comment="What it is called, for a file its name"),
    Column("format", Text, nullable=False, comment="Its media type, for example video/webm"),
    Column("state", Text, nullable=False, comment="recording, uploading, verifying, ready, failed or deleted"),
    Column("participant", Id, ForeignKey("participants.id"), comment="Who made it; empty for nobody in the session"),
    Column("created_at", Instant, nullable=False, comment="When it was begun (UTC)"),
    Column("bytes", BigInteger, comment="How large it is; empty until it is ready"),
    Column("sha256", Text, comment="SHA-256 of its bytes, in hexadecimal; empty until it is ready"),
    Column("storage_key", Text, comment="Its name in the storage; empty as long as it has no bytes, or no more"),
    Column("failure", Text, comment="Why it failed, in English; empty for all others"),
    Column("keep_until", Instant, comment="When it is deleted by itself (UTC); empty for never"),
    Column("held", Boolean, nullable=False, comment="Whether it must not be deleted"),
    Column("deleted_at", Instant, comment="When its bytes were deleted (UTC)"),
    Column("deleted_by", Id, ForeignKey("users.id"), comment="The user who deleted it; empty when its time was up"),
    Index("ix_artefacts_session_id", "session", "id"),
    comment="One row for every recording, file or other thing that a session left behind",
)

Index(
    "ix_artefacts_keep_until",
    artefacts.c.keep_until,
    sqlite_where=artefacts.c.keep_until.is_not(None),
    postgresql_where=artefacts.c.keep_until.is_not(None),
)
IS_UNDER_WAY = artefacts.c.state.in_(
    [literal_column("'recording'"), literal_column("'uploading'"), literal_column("'verifying'")]
)
"""Written out, not bound: only so can the databases use the partial index."""

Index("ix_artefacts_state_under_way", artefacts.c.state, sqlite_where=IS_UNDER_WAY, postgresql_where=IS_UNDER_WAY)

HAS_BYTES_TO_GO = (artefacts.c.deleted_at.is_not(None)) & (artefacts.c.storage_key.is_not(None))

Index(
    "ix_artefacts_deleted_at_with_bytes",
    artefacts.c.deleted_at,
    sqlite_where=HAS_BYTES_TO_GO,
    postgresql_where=HAS_BYTES_TO_GO,
)

COLUMNS = tuple(artefacts.c)
_ONE = select(*COLUMNS).where(artefacts.c.id == bindparam("artefact"))
_OF_SESSION = (
    select(*COLUMNS)
    .where(artefacts.c.session == bindparam("session"), artefacts.c.state != literal_column("'deleted'"))
    .order_by(artefacts.c.id)
)
_EXPIRED = (
    select(*COLUMNS)
    .where(artefacts.c.keep_until <= bindparam("now", type_=Instant), artefacts.c.held.is_(False))
    .order_by(artefacts.c.keep_until)
    .limit(bindparam("limit"))
)
_DELETED = select(*COLUMNS).where(HAS_BYTES_TO_GO).order_by(artefacts.c.deleted_at).limit(bindparam("limit"))


def insert_artefact(db: Connection, artefact: Artefact) -> None:
    """Write down a new artefact."""
    db.execute(insert(artefacts).values({column.name: getattr(artefact, column.name) for column in COLUMNS}))


def update_artefact(db: Connection, artefact: Artefact) -> None:
    """Write down what became of an artefact."""
    fixed = {"id", "account", "session", "kind", "participant", "created_at"}
    values = {column.name: getattr(artefact, column.name) for column in COLUMNS if column.name not in fixed}
    db.execute(update(artefacts).where(artefacts.c.id == artefact.id).values(values))


def artefact_whoever_asks(db: Connection, artefact: int) -> Artefact:
    """Return the artefact to those who keep it; nobody's rights are asked."""
    row = db.execute(_ONE, {"artefact": artefact}).one_or_none()
    if row is None:
        raise NotFound(N_("There is no recording or file under this id."))
    return artefact_in(row)


def artefacts_in(db: Connection, session: int) -> list[Artefact]:
    """Return what a session left behind, oldest first; who may ask is decided with the session."""
    return [artefact_in(row) for row in db.execute(_OF_SESSION, {"session": session})]


def expired(db: Connection, *, now: datetime, limit: int) -> list[Artefact]:
    """Return artefacts whose time is up, of whatever account."""
    return [artefact_in(row) for row in db.execute(_EXPIRED, {"now": now, "limit": limit})]


def deleted_with_bytes(db: Connection, *, limit: int) -> list[Artefact]:
    """Return artefacts that were deleted and whose bytes are still in the storage."""
    return [artefact_in(row) for row in db.execute(_DELETED, {"limit": limit})]


def artefact_in(row: Any) -> Artefact:  # noqa: ANN401 (a row that begins with COLUMNS)
    """Return the artefact of a row."""
    values = dict(zip((column.name for column in COLUMNS), row, strict=False))
    kinds = {"kind": ArtefactKind(values["kind"]), "state": ArtefactState(values["state"])}
    return Artefact(**(values | kinds))
