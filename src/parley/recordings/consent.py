"""Consent: who was told that a session is recorded, and who agreed."""

from datetime import datetime

from parley.artefacts import artefact_whoever_asks
from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import NotFound
from parley.ground.words import N_
from parley.recordings.facts import RecordingAgreed
from parley.recordings.rows import consents as rows
from parley.recordings.rows.consents import Consent
from parley.sessions import participant_of_room


def agree(db: Connection, artefact: int, *, participant: int, agreed: bool, now: datetime) -> None:
    """Write down that somebody was shown the notice, or that they agreed. Again changes nothing.

    Raises NotFound for a recording of another session.
    """
    recorded = artefact_whoever_asks(db, artefact)
    who = participant_of_room(db, participant)
    if recorded.session != who.session:
        raise NotFound(N_("There is no recording or file under this id."))
    known = rows.consent_of(db, artefact, participant)
    if known is not None and (known.agreed_at is not None or not agreed):
        return
    told_at = now if known is None else known.told_at
    consent = Consent(participant=participant, told_at=told_at, agreed_at=now if agreed else None)
    rows.save_consent(db, artefact, consent)
    if agreed:
        fact = RecordingAgreed(
            account=recorded.account,
            subject=artefact,
            actor=who.person,
            at=now,
            session=recorded.session,
            participant=participant,
            person=who.person,
        )
        tell(db, fact)
