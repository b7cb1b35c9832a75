"""Which recording of a session runs."""

from parley.artefacts import Artefact, ArtefactState, artefact_whoever_asks
from parley.ground.db import Connection
from parley.recordings.recording import Recording
from parley.recordings.rows import recordings as rows


def running_in(db: Connection, session: int) -> tuple[Artefact, Recording] | None:
    """Return the recording of a session that goes on, if one does; nobody's rights are asked."""
    recording = rows.newest_in(db, session)
    if recording is None:
        return None
    artefact = artefact_whoever_asks(db, recording.artefact)
    return (artefact, recording) if artefact.state is ArtefactState.RECORDING else None
