"""The tables of recordings: what is known of each beside the artefact, and its numbered chunks."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from parley.artefacts import IS_UNDER_WAY, Artefact, artefact_in, artefacts
from parley.ground.db import Id, Instant, metadata
from parley.recordings.recording import Chunk, Recording

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

COLUMNS = tuple(artefacts.c)

chunks = Table(
    "recording_chunks",
    metadata,
    Column("artefact", Id, ForeignKey("artefacts.id"), nullable=False, comment="The recording"),
    Column("number", Integer, nullable=False, comment="Counts its chunks, from 1"),
    Column("bytes", Integer, nullable=False, comment="How large it is"),
    Column("sha256", Text, nullable=False, comment="SHA-256 of its bytes, in hexadecimal"),
    Column("received_at", Instant, nullable=False, comment="When it was durable here (UTC)"),
    PrimaryKeyConstraint("artefact", "number", name="pk_recording_chunks"),
    comment="The parts of recordings, as long as they are kept: until the whole is verified",
)

_COLUMNS = tuple(column for column in recordings.c if column.name != "key_hash")
_ONE = select(*_COLUMNS).where(recordings.c.artefact == bindparam("artefact"))
_WITH_KEY = _ONE.where(recordings.c.key_hash == bindparam("hash"))
_NEWEST = (
    select(*_COLUMNS)
    .where(recordings.c.session == bindparam("session"))
    .order_by(recordings.c.artefact.desc())
    .limit(1)
)
_CHUNKS = (
    select(chunks.c.number, chunks.c.bytes, chunks.c.sha256)
    .where(chunks.c.artefact == bindparam("artefact"))
    .order_by(chunks.c.number)
)
_OPEN = (
    select(*COLUMNS, *(recordings.c[column.name] for column in _COLUMNS))
    .join(recordings, recordings.c.artefact == artefacts.c.id)
    .where(IS_UNDER_WAY)
    .order_by(artefacts.c.id)
)
_KEEPING_CHUNKS = (
    select(*_COLUMNS)
    .where(
        exists().where(chunks.c.artefact == recordings.c.artefact),
        exists().where(
            artefacts.c.id == recordings.c.artefact, artefacts.c.state.in_([bindparam("ready"), bindparam("deleted")])
        ),
    )
    .order_by(recordings.c.artefact)
)
_CHUNK = select(chunks.c.number, chunks.c.bytes, chunks.c.sha256).where(
    chunks.c.artefact == bindparam("artefact"), chunks.c.number == bindparam("number")
)
_SUM = select(func.count(), func.coalesce(func.sum(chunks.c.bytes), 0), func.coalesce(func.max(chunks.c.number), 0))


def insert_recording(db: Connection, recording: Recording, *, key_hash: bytes) -> None:
    """Write down a recording that begins."""
    row = {column.name: getattr(recording, column.name) for column in _COLUMNS}
    db.execute(insert(recordings).values(row | {"key_hash": key_hash}))


def update_recording(db: Connection, recording: Recording) -> None:
    """Write down what became of a recording."""
    values = {column.name: getattr(recording, column.name) for column in _COLUMNS if column.name != "artefact"}
    db.execute(update(recordings).where(recordings.c.artefact == recording.artefact).values(values))


def recording_with(db: Connection, artefact: int, *, key_hash: bytes) -> Recording | None:
    """Return a recording to who has the secret with which its chunks are sent."""
    row = db.execute(_WITH_KEY, {"artefact": artefact, "hash": key_hash}).one_or_none()
    return None if row is None else _recording(row)


def recording_whoever_asks(db: Connection, artefact: int) -> Recording | None:
    """Return a recording to those who keep it; None for an artefact that is none."""
    row = db.execute(_ONE, {"artefact": artefact}).one_or_none()
    return None if row is None else _recording(row)


def newest_in(db: Connection, session: int) -> Recording | None:
    """Return the recording of a session that was begun last."""
    row = db.execute(_NEWEST, {"session": session}).one_or_none()
    return None if row is None else _recording(row)


def under_way(db: Connection) -> list[tuple[Artefact, Recording]]:
    """Return every recording that is not yet ready, failed or deleted, oldest first."""
    found = db.execute(_OPEN).all()
    return [(artefact_in(row), _recording(row[len(COLUMNS) :])) for row in found]


def keeping_chunks(db: Connection) -> list[Recording]:
    """Return the recordings that are put together, or deleted, and whose chunks are still here."""
    return [_recording(row) for row in db.execute(_KEEPING_CHUNKS, {"ready": "ready", "deleted": "deleted"})]


def insert_chunk(db: Connection, artefact: int, chunk: Chunk, *, at: datetime) -> None:
    """Write down that a chunk is durable."""
    row = {"artefact": artefact, "number": chunk.number, "bytes": chunk.bytes, "sha256": chunk.sha256}
    db.execute(insert(chunks).values(row | {"received_at": at}))


def chunk_of(db: Connection, artefact: int, number: int) -> Chunk | None:
    """Return a chunk that came."""
    row = db.execute(_CHUNK, {"artefact": artefact, "number": number}).one_or_none()
    return None if row is None else _chunk(row)


def chunks_of(db: Connection, artefact: int) -> list[Chunk]:
    """Return the chunks that came, in order; there may be gaps."""
    return [_chunk(row) for row in db.execute(_CHUNKS, {"artefact": artefact})]


def received(db: Connection, artefact: int) -> tuple[int, int, int]:
    """Return how many chunks came, their bytes together, and the highest number."""
    count, size, highest = db.execute(_SUM.where(chunks.c.artefact == artefact)).one()
    return int(count), int(size), int(highest)


def delete_chunks(db: Connection, artefact: int) -> None:
    """Forget the chunks of a recording."""
    db.execute(delete(chunks).where(chunks.c.artefact == artefact))


def _chunk(row: Any) -> Chunk:  # noqa: ANN401 (number, bytes, sha256)
    number, size, sha256 = row
    return Chunk(number=number, bytes=size, sha256=sha256)


def _recording(row: Any) -> Recording:  # noqa: ANN401 (a row of _COLUMNS)
    return Recording(**dict(zip((column.name for column in _COLUMNS), row, strict=True)))
