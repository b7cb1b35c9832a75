"""The table of recordings: what is known of each beside its artefact."""

from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    bindparam,
    insert,
    select,
    update,
)

from parley.artefacts import IS_UNDER_WAY, Artefact, artefact_in, artefacts
from parley.ground.db import Id, Instant, metadata
from parley.recordings.recording import Recording

recordings = Table(
    "recordings",
    metadata,
    Column("artefact", Id, ForeignKey("artefacts.id"), primary_key=True, autoincrement=False, comment="The artefact"),
    Column("session", Id, ForeignKey("sessions.id"), nullable=False, comment="The session that is recorded"),
    Column("key_hash", LargeBinary, nullable=False, comment="SHA-256 of the secret with which its chunks are sent"),
    Column("heard_at", Instant, nullable=False, comment="When the last chunk came (UTC)"),
    Column("stopped_at", Instant, comment="When it was stopped (UTC); empty while it goes on"),
    Column("chunks", Integer, comment="How many chunks it has, as its maker says; empty as long as that is not known"),
    Column("milliseconds", Integer, comment="How long it is; empty where that is not known"),
    Column("claimed_until", Instant, comment="Until when (UTC) a server process works on it; empty for none"),
    Index("ix_recordings_session_artefact", "session", "artefact"),
    comment="One row for every recording: one take of one browser",
)

COLUMNS = tuple(column for column in recordings.c if column.name != "key_hash")
_ONE = select(*COLUMNS).where(recordings.c.artefact == bindparam("artefact"))
_WITH_KEY = _ONE.where(recordings.c.key_hash == bindparam("hash"))
_NEWEST = (
    select(*COLUMNS).where(recordings.c.session == bindparam("session")).order_by(recordings.c.artefact.desc()).limit(1)
)
_ARTEFACT = tuple(artefacts.c)
_OPEN = (
    select(*_ARTEFACT, *(recordings.c[column.name] for column in COLUMNS))
    .join(recordings, recordings.c.artefact == artefacts.c.id)
    .where(IS_UNDER_WAY)
    .order_by(artefacts.c.id)
)


def insert_recording(db: Connection, recording: Recording, *, key_hash: bytes) -> None:
    """Write down a recording that begins."""
    row = {column.name: getattr(recording, column.name) for column in COLUMNS}
    db.execute(insert(recordings).values(row | {"key_hash": key_hash}))


def update_recording(db: Connection, recording: Recording) -> None:
    """Write down what became of a recording."""
    values = {column.name: getattr(recording, column.name) for column in COLUMNS if column.name != "artefact"}
    db.execute(update(recordings).where(recordings.c.artefact == recording.artefact).values(values))


def recording_with(db: Connection, artefact: int, *, key_hash: bytes) -> Recording | None:
    """Return a recording to who has the secret with which its chunks are sent."""
    row = db.execute(_WITH_KEY, {"artefact": artefact, "hash": key_hash}).one_or_none()
    return None if row is None else recording_in(row)


def recording_whoever_asks(db: Connection, artefact: int) -> Recording | None:
    """Return a recording to those who keep it; None for an artefact that is none."""
    row = db.execute(_ONE, {"artefact": artefact}).one_or_none()
    return None if row is None else recording_in(row)


def newest_in(db: Connection, session: int) -> Recording | None:
    """Return the recording of a session that was begun last."""
    row = db.execute(_NEWEST, {"session": session}).one_or_none()
    return None if row is None else recording_in(row)


def under_way(db: Connection) -> list[tuple[Artefact, Recording]]:
    """Return every recording that is not yet ready, failed or deleted, oldest first."""
    found = db.execute(_OPEN).all()
    return [(artefact_in(row), recording_in(row[len(_ARTEFACT) :])) for row in found]


def recording_in(row: Any) -> Recording:  # noqa: ANN401 (a row of COLUMNS)
    """Return the recording of a row."""
    return Recording(**dict(zip((column.name for column in COLUMNS), row, strict=True)))
