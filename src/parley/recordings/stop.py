"""Stopping: a session is not recorded any more."""

from datetime import datetime

from parley.artefacts import Artefact, ArtefactState, change_state, fail
from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.words import N_
from parley.recordings.facts import RecordingStopped

NOTHING_CAME = N_("Nothing of this recording reached the server.")


def stop(db: Connection, artefact: Artefact, *, state: ArtefactState, now: datetime) -> Artefact:
    """Write down how far a recording has come that ran until now; failed where nothing of it came."""
    if artefact.state is ArtefactState.RECORDING:
        fact = RecordingStopped(
            account=artefact.account, subject=artefact.id, actor=None, at=now, session=artefact.session
        )
        tell(db, fact)
    if state is ArtefactState.FAILED:
        return fail(db, artefact, why=NOTHING_CAME, now=now)
    return change_state(db, artefact, state)
