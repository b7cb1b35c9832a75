"""Taking chunks: what came is durable before anybody says so, and what comes twice is there once."""

from datetime import datetime

from msgspec.structs import replace

from parley.artefacts import Artefact, ArtefactState, artefact_whoever_asks, change_state
from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import Conflict, FieldError, Invalid, NotFound, Unauthenticated
from parley.ground.secrets import token_hash
from parley.ground.words import N_
from parley.people import operator
from parley.recordings.facts import RecordingStarted
from parley.recordings.mark import Mark
from parley.recordings.recording import CHUNK_LIMIT, MOST_CHUNKS, Chunk, Recording
from parley.recordings.rows import chunks as chunk_rows
from parley.recordings.rows import marks as marks_rows
from parley.recordings.rows import recordings as rows
from parley.recordings.stop import stop
from parley.sessions import State, participants_of, session_of_room

MOST_MARKS = 500
"""How many marks are taken at once."""


def recording_of_key(db: Connection, artefact: int, *, key: str) -> Recording:
    """Return a recording to who shows the secret with which its chunks are sent."""
    found = rows.recording_with(db, artefact, key_hash=token_hash(key))
    if found is None:
        raise Unauthenticated(N_("This secret does not belong to this recording."))
    return found


def artefact_of_key(db: Connection, artefact: int, *, key: str) -> Artefact:
    """Return a recording's artefact to who shows the secret with which its chunks are sent."""
    recording_of_key(db, artefact, key=key)
    return artefact_whoever_asks(db, artefact)


def knows_chunk(db: Connection, artefact: int, chunk: Chunk, *, key: str) -> bool:
    """Tell whether a chunk is here already, so that its bytes need not be stored.

    Raises Conflict for another one under the same number, Invalid for what cannot be one, and NotFound when the
    recording was deleted.
    """
    recording = recording_of_key(db, artefact, key=key)
    _standing(db, artefact)
    if not 1 <= chunk.number <= MOST_CHUNKS:
        raise Invalid(FieldError("number", N_("Chunks are numbered from 1 to %(most)s."), most=MOST_CHUNKS))
    if not 1 <= chunk.bytes <= CHUNK_LIMIT:
        raise Invalid(FieldError("body", N_("A chunk has between 1 and %(most)s bytes."), most=CHUNK_LIMIT))
    known = chunk_rows.chunk_of(db, artefact, chunk.number)
    if known is not None and known != chunk:
        raise Conflict(N_("Another chunk has this number."))
    let_go = known is None and _is_put_together(db, artefact)
    if known is None and (let_go if recording.chunks is None else chunk.number > recording.chunks):
        raise Conflict(N_("This recording ended before this chunk."))
    return known is not None or let_go


def take_chunk(db: Connection, artefact: int, chunk: Chunk, *, key: str, now: datetime) -> None:
    """Write down that a chunk's bytes are in the storage; a recording that had fallen silent goes on."""
    if knows_chunk(db, artefact, chunk, key=key):
        return
    recording = replace(recording_of_key(db, artefact, key=key), heard_at=now, claimed_until=None)
    chunk_rows.insert_chunk(db, artefact, chunk, at=now)
    rows.update_recording(db, recording)
    _go_on(db, artefact_whoever_asks(db, artefact), recording, now=now)


def take_marks(db: Connection, artefact: int, found: list[Mark], *, key: str) -> None:
    """Write down where in a recording something happened; a number that is known already changes nothing."""
    recording = recording_of_key(db, artefact, key=key)
    if len(found) > MOST_MARKS:
        raise Invalid(FieldError("marks", N_("At most %(most)s marks at once."), most=MOST_MARKS))
    account = artefact_whoever_asks(db, artefact).account
    known = {one.id for one in participants_of(db, recording.session, by=operator(account))}
    marks_rows.insert_marks(db, artefact, [one for one in found if one.participant in known])


def finish_recording(
    db: Connection, artefact: int, *, chunks: int, milliseconds: int | None, key: str, now: datetime
) -> Artefact:
    """Write down that a recording is over and how many chunks it has: when all are here, it is put together.

    Again changes nothing, and neither does it when its chunks were let go of. Raises Conflict when more are here than
    that, and NotFound when the recording was deleted.
    """
    recording = recording_of_key(db, artefact, key=key)
    ended = _standing(db, artefact)
    if recording.chunks is not None or _is_put_together(db, artefact):
        return ended
    _, highest = chunk_rows.received(db, artefact)
    if chunks < highest:
        raise Conflict(N_("More chunks came than that."))
    stopped_at = recording.stopped_at or now
    over = replace(recording, chunks=chunks, milliseconds=milliseconds, stopped_at=stopped_at, claimed_until=None)
    rows.update_recording(db, over)
    return stop(db, ended, state=_state_of(db, over), now=now)


def _go_on(db: Connection, artefact: Artefact, recording: Recording, *, now: datetime) -> None:
    """Let the state follow what came."""
    if artefact.state is ArtefactState.RECORDING:
        return
    if recording.chunks is None and recording.stopped_at is None and _is_live(db, recording.session):
        change_state(db, artefact, ArtefactState.RECORDING)
        fact = RecordingStarted(
            account=artefact.account,
            subject=artefact.id,
            actor=None,
            at=now,
            session=artefact.session,
            participant=artefact.participant or 0,
        )
        tell(db, fact)
    else:
        change_state(db, artefact, _state_of(db, recording))


def _state_of(db: Connection, recording: Recording) -> ArtefactState:
    """Return how far a recording has come that is over."""
    if recording.chunks == 0:
        return ArtefactState.FAILED
    count, _ = chunk_rows.received(db, recording.artefact)
    return ArtefactState.VERIFYING if count == recording.chunks else ArtefactState.UPLOADING


def _is_live(db: Connection, session: int) -> bool:
    return session_of_room(db, session).state is State.LIVE


def _standing(db: Connection, artefact: int) -> Artefact:
    """Return the artefact of a recording; raises NotFound when it was deleted."""
    found = artefact_whoever_asks(db, artefact)
    if found.state is ArtefactState.DELETED:
        raise NotFound(N_("This recording was deleted."))
    return found


def _is_put_together(db: Connection, artefact: int) -> bool:
    """Tell whether what came of a recording was verified and its chunks were let go of: nothing can be added then."""
    count, _ = chunk_rows.received(db, artefact)
    return count == 0 and artefact_whoever_asks(db, artefact).state is ArtefactState.READY
