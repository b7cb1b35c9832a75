"""What is to be done about recordings after their last chunk: who does it, and what came of it."""

from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from parley.artefacts import (
    Artefact,
    ArtefactState,
    artefact_kept_by,
    artefact_whoever_asks,
    change_state,
    fail,
    keep_ready,
)
from parley.ground.db import Connection
from parley.ground.faults import Conflict
from parley.ground.words import N_
from parley.people import Caller
from parley.recordings.recording import LATE_CHUNKS_FOR, SILENT_AFTER, SILENT_AFTER_END, Chunk, Recording, in_a_row
from parley.recordings.rows import chunks as chunk_rows
from parley.recordings.rows import recordings as rows
from parley.recordings.stop import stop
from parley.sessions import State, session_of_room

CLAIMED_FOR = timedelta(seconds=30)
"""How long a server process has a recording for itself; it says again and again that it still works on it."""


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """A recording that is to be put together, from these chunks in a row."""

    artefact: Artefact
    recording: Recording
    chunks: tuple[Chunk, ...]

    @property
    def whole(self) -> bool:
        """Whether these are all that its maker told of."""
        return self.recording.chunks == len(self.chunks)


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    """What a recording came to, once it was put together, verified and stored."""

    storage_key: str
    bytes: int
    sha256: str
    milliseconds: int | None


def anything_to_do(db: Connection, *, now: datetime) -> bool:
    """Tell whether a recording waits for somebody to see to it."""
    return any(_is_silent(db, *one, now=now) or _is_free(*one, now=now) for one in rows.under_way(db))


def close_silent(db: Connection, *, now: datetime) -> int:
    """Take recordings of which nothing came for long as over, with what is here; return how many."""
    silent = [one for one in rows.under_way(db) if _is_silent(db, *one, now=now)]
    for artefact, _ in silent:
        count, _ = chunk_rows.received(db, artefact.id)
        stop(db, artefact, state=ArtefactState.VERIFYING if count else ArtefactState.FAILED, now=now)
    return len(silent)


def claim_work(db: Connection, *, now: datetime) -> Work | None:
    """Return a recording that is to be put together, for this process alone for a while; None where there is none."""
    free = next((one for one in rows.under_way(db) if _is_free(*one, now=now)), None)
    if free is None:
        return None
    artefact, recording = free
    claimed = replace(recording, claimed_until=now + CLAIMED_FOR)
    rows.update_recording(db, claimed)
    return Work(artefact=artefact, recording=claimed, chunks=tuple(in_a_row(chunk_rows.chunks_of(db, artefact.id))))


def renew_claim(db: Connection, artefact: int, *, now: datetime) -> None:
    """Say that this process still works on a recording."""
    recording = rows.recording_whoever_asks(db, artefact)
    if recording is not None and recording.claimed_until is not None:
        rows.update_recording(db, replace(recording, claimed_until=now + CLAIMED_FOR))


def settle(db: Connection, work: Work, whole: Whole, *, keep: timedelta, now: datetime) -> bool:
    """Write down that a recording is ready; False when more of it came meanwhile, so that it is done again."""
    artefact, recording = _as_it_stands(db, work)
    if artefact.state is not ArtefactState.VERIFYING or recording.heard_at != work.recording.heard_at:
        return False
    milliseconds = whole.milliseconds or recording.milliseconds
    rows.update_recording(db, replace(recording, milliseconds=milliseconds, claimed_until=None))
    keep_ready(
        db,
        artefact,
        storage_key=whole.storage_key,
        size=whole.bytes,
        sha256=whole.sha256,
        keep_until=now + keep if keep else None,
        now=now,
    )
    return True


def give_up(db: Connection, work: Work, *, why: str, now: datetime) -> None:
    """Write down why a recording could not be put together; its chunks stay, so that it can be tried again."""
    artefact, recording = _as_it_stands(db, work)
    if artefact.state is ArtefactState.VERIFYING:
        rows.update_recording(db, replace(recording, claimed_until=None))
        fail(db, artefact, why=why, now=now)


def retry_recording(db: Connection, artefact: int, *, by: Caller) -> Artefact:
    """Let a recording that failed be put together again.

    Raises Conflict for one that did not fail, or of which nothing came.
    """
    failed = artefact_kept_by(db, artefact, by=by)
    recording = rows.recording_whoever_asks(db, artefact)
    if recording is None or failed.state is not ArtefactState.FAILED:
        raise Conflict(N_("This recording has not failed."))
    count, _ = chunk_rows.received(db, artefact)
    if count == 0:
        raise Conflict(N_("Nothing of this recording reached the server."))
    return change_state(db, failed, ArtefactState.VERIFYING)


def spent_chunks(db: Connection, *, now: datetime) -> list[tuple[int, int]]:
    """Return recordings whose chunks can go, with the highest number of each: they are verified whole, or deleted.

    Those of a recording whose end nobody told are kept for a day: its browser may come back with the rest.
    """
    spent = []
    for recording in chunk_rows.keeping_chunks(db):
        count, highest = chunk_rows.received(db, recording.artefact)
        deleted = artefact_whoever_asks(db, recording.artefact).state is ArtefactState.DELETED
        if deleted or recording.chunks == count or now - recording.heard_at >= LATE_CHUNKS_FOR:
            spent.append((recording.artefact, highest))
    return spent


def forget_chunks(db: Connection, artefact: int) -> None:
    """Write down that the chunks of a recording are gone from the storage."""
    chunk_rows.delete_chunks(db, artefact)


def _as_it_stands(db: Connection, work: Work) -> tuple[Artefact, Recording]:
    artefact = work.artefact.id
    return artefact_whoever_asks(db, artefact), rows.recording_whoever_asks(db, artefact) or work.recording


def _is_silent(db: Connection, artefact: Artefact, recording: Recording, *, now: datetime) -> bool:
    quiet = now - recording.heard_at
    if artefact.state is ArtefactState.VERIFYING or quiet < SILENT_AFTER_END:
        return False
    return quiet >= SILENT_AFTER or session_of_room(db, recording.session).state is State.ENDED


def _is_free(artefact: Artefact, recording: Recording, *, now: datetime) -> bool:
    unclaimed = recording.claimed_until is None or recording.claimed_until <= now
    return artefact.state is ArtefactState.VERIFYING and unclaimed
