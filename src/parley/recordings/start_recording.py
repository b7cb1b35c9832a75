"""Starting a recording: from now on its browser sends chunks."""

from datetime import datetime

import msgspec
from msgspec.structs import replace

from parley.artefacts import Artefact, ArtefactKind, ArtefactState, add_artefact
from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import Conflict, FieldError, Invalid
from parley.ground.secrets import fresh_token, token_hash
from parley.ground.words import N_
from parley.recordings.consent import agree
from parley.recordings.facts import RecordingStarted
from parley.recordings.recording import FORMATS, SILENT_AFTER, Recording
from parley.recordings.rows import recordings as rows
from parley.recordings.running import running_in
from parley.recordings.stop import stop
from parley.sessions import State, participant_of_room, session_of_room

_PREFIX = "rec_"


class StartedRecording(msgspec.Struct, frozen=True, kw_only=True):
    """A recording that begins, and the secret with which its chunks are sent; it is shown this once."""

    artefact: Artefact
    secret: str


def start_recording(db: Connection, participant: int, *, format_: str, now: datetime) -> StartedRecording:
    """Begin to record the session that somebody is in, in a media type that browsers record in.

    Whoever records already (their page was loaded again) begins another recording, and the one before ends. Raises
    Conflict while somebody else records, and when the session is over.
    """
    kind = format_.partition(";")[0].strip().lower()
    if kind not in FORMATS:
        raise Invalid(FieldError("format", N_("Recordings are of one of these types: %(types)s."), types=_types()))
    recorder = participant_of_room(db, participant)
    session = session_of_room(db, recorder.session)
    if session.state is State.ENDED:
        raise Conflict(N_("This session has ended already."))
    _make_way(db, recorder.session, participant=participant, now=now)
    begun = add_artefact(
        db,
        session.id,
        kind=ArtefactKind.RECORDING,
        name=session.title,
        format_=kind,
        state=ArtefactState.RECORDING,
        participant=participant,
        person=recorder.person,
        now=now,
    )
    secret = fresh_token(_PREFIX)
    recording = Recording(artefact=begun.id, session=session.id, heard_at=now)
    rows.insert_recording(db, recording, key_hash=token_hash(secret))
    agree(db, begun.id, participant=participant, agreed=True, now=now)
    fact = RecordingStarted(
        account=session.account,
        subject=begun.id,
        actor=recorder.person,
        at=now,
        session=session.id,
        participant=participant,
    )
    tell(db, fact)
    return StartedRecording(artefact=begun, secret=secret)


def _make_way(db: Connection, session: int, *, participant: int, now: datetime) -> None:
    """End what is recorded already, where that may be."""
    running = running_in(db, session)
    if running is None:
        return
    artefact, recording = running
    if artefact.participant != participant and now - recording.heard_at < SILENT_AFTER:
        raise Conflict(N_("This session is being recorded already."))
    rows.update_recording(db, replace(recording, stopped_at=now))
    stop(db, artefact, state=ArtefactState.UPLOADING, now=now)


def _types() -> str:
    return ", ".join(FORMATS)
