"""The table of chunks: the parts in which recordings arrive, as long as they are kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
)

from parley.artefacts import artefacts
from parley.ground.db import Id, Instant, metadata
from parley.recordings.recording import Chunk, Recording
from parley.recordings.rows.recordings import COLUMNS, recording_in, recordings

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

_CHUNK = (chunks.c.number, chunks.c.bytes, chunks.c.sha256)
_OF = select(*_CHUNK).where(chunks.c.artefact == bindparam("artefact")).order_by(chunks.c.number)
_ONE = select(*_CHUNK).where(chunks.c.artefact == bindparam("artefact"), chunks.c.number == bindparam("number"))
_HIGHEST = select(func.count(), func.coalesce(func.max(chunks.c.number), 0)).where(
    chunks.c.artefact == bindparam("artefact")
)
_DONE_WITH = artefacts.c.state.in_([literal_column("'ready'"), literal_column("'deleted'")])
_KEEPING = (
    select(*COLUMNS)
    .where(
        exists().where(chunks.c.artefact == recordings.c.artefact),
        exists().where(artefacts.c.id == recordings.c.artefact, _DONE_WITH),
    )
    .order_by(recordings.c.artefact)
)


def insert_chunk(db: Connection, artefact: int, chunk: Chunk, *, at: datetime) -> None:
    """Write down that a chunk is durable."""
    row = {"artefact": artefact, "number": chunk.number, "bytes": chunk.bytes, "sha256": chunk.sha256}
    db.execute(insert(chunks).values(row | {"received_at": at}))


def chunk_of(db: Connection, artefact: int, number: int) -> Chunk | None:
    """Return a chunk that came."""
    row = db.execute(_ONE, {"artefact": artefact, "number": number}).one_or_none()
    return None if row is None else _chunk(row)


def chunks_of(db: Connection, artefact: int) -> list[Chunk]:
    """Return the chunks that came, in order; there may be gaps."""
    return [_chunk(row) for row in db.execute(_OF, {"artefact": artefact})]


def received(db: Connection, artefact: int) -> tuple[int, int]:
    """Return how many chunks came, and the highest number."""
    count, highest = db.execute(_HIGHEST, {"artefact": artefact}).one()
    return int(count), int(highest)


def delete_chunks(db: Connection, artefact: int) -> None:
    """Forget the chunks of a recording."""
    db.execute(delete(chunks).where(chunks.c.artefact == artefact))


def keeping_chunks(db: Connection) -> list[Recording]:
    """Return the recordings that are put together, or deleted, and whose chunks are still here."""
    return [recording_in(row) for row in db.execute(_KEEPING)]


def _chunk(row: Any) -> Chunk:  # noqa: ANN401 (number, bytes, sha256)
    number, size, sha256 = row
    return Chunk(number=number, bytes=size, sha256=sha256)
