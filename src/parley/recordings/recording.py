"""A recording: one take of one browser, which arrives in numbered chunks."""

import hashlib
from datetime import datetime, timedelta

import msgspec

CHUNK_LIMIT = 8 * 1024 * 1024
"""The largest chunk, in bytes."""

MOST_CHUNKS = 50_000
"""How many chunks a recording has at most: a day of them."""

SILENT_AFTER = timedelta(seconds=45)
"""When nothing came for this long, its browser is taken for gone; what comes later is put in all the same."""

SILENT_AFTER_END = timedelta(seconds=5)
"""The same once the session is over, when nobody begins anything any more."""

LATE_CHUNKS_FOR = timedelta(days=1)
"""How long chunks are kept of a recording whose end nobody told: its browser may come back with the rest."""

FORMATS = {"video/webm": "webm", "video/mp4": "mp4", "audio/webm": "webm", "audio/mp4": "mp4"}
"""What browsers record in, and how such a file is called."""


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a recording beside its artefact."""

    artefact: int
    session: int
    heard_at: datetime
    stopped_at: datetime | None = None
    chunks: int | None = None
    """How many chunks it has, once its maker said so."""

    milliseconds: int | None = None
    claimed_until: datetime | None = None


class Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a recording: what `MediaRecorder` gave at one time."""

    number: int
    """Counts from 1."""

    bytes: int
    sha256: str


def chunk_of(number: int, content: bytes) -> Chunk:
    """Return what is known of a chunk with these bytes."""
    return Chunk(number=number, bytes=len(content), sha256=hashlib.sha256(content).hexdigest())


def in_a_row(chunks: list[Chunk]) -> list[Chunk]:
    """Return the chunks from the first on, up to the first gap."""
    return [chunk for number, chunk in enumerate(chunks, start=1) if chunk.number == number]
