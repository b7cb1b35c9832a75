"""Finding what is known of a recording beside its artefact, for those who may see that."""

from parley.artefacts import artefact_kept_by
from parley.ground.db import Connection
from parley.ground.faults import NotFound
from parley.ground.words import N_
from parley.people import Caller
from parley.recordings.mark import Mark
from parley.recordings.recording import Recording
from parley.recordings.rows import consents, marks, recordings
from parley.recordings.rows.consents import Consent


def recording_of(db: Connection, artefact: int) -> Recording | None:
    """Return what is known of a recording, to who was shown its artefact; None for an artefact that is none."""
    return recordings.recording_whoever_asks(db, artefact)


def marks_of(db: Connection, artefact: int) -> tuple[Mark, ...]:
    """Return where in a recording something happened, in order, to who was shown its artefact."""
    return tuple(marks.marks_of(db, artefact))


def consents_of(db: Connection, artefact: int, *, by: Caller) -> tuple[Consent, ...]:
    """Return who was told of a recording and who agreed; Forbidden for who does not keep it."""
    artefact_kept_by(db, artefact, by=by)
    if recordings.recording_whoever_asks(db, artefact) is None:
        raise NotFound(N_("There is no recording or file under this id."))
    return tuple(consents.consents_of(db, artefact))
