"""The table of consents: who was told that a session is recorded, and who agreed."""

from datetime import datetime

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    PrimaryKeyConstraint,
    Table,
    bindparam,
    insert,
    select,
    update,
)

from parley.ground.db import Id, Instant, metadata

consents = Table(
    "recording_consents",
    metadata,
    Column("artefact", Id, ForeignKey("artefacts.id"), nullable=False, comment="The recording"),
    Column("participant", Id, ForeignKey("participants.id"), nullable=False, comment="Who"),
    Column("told_at", Instant, nullable=False, comment="When their browser showed them the notice (UTC)"),
    Column("agreed_at", Instant, comment="When they agreed (UTC); empty for those who did not"),
    PrimaryKeyConstraint("artefact", "participant", name="pk_recording_consents"),
    comment="Who was told that a session is recorded, and who agreed",
)


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """What one participant knew of a recording, and said to it."""

    participant: int
    told_at: datetime
    agreed_at: datetime | None


_OF = select(consents.c.participant, consents.c.told_at, consents.c.agreed_at).where(
    consents.c.artefact == bindparam("artefact")
)
_ONE = _OF.where(consents.c.participant == bindparam("participant"))


def consent_of(db: Connection, artefact: int, participant: int) -> Consent | None:
    """Return what somebody said to a recording; None before they were told."""
    row = db.execute(_ONE, {"artefact": artefact, "participant": participant}).one_or_none()
    return None if row is None else Consent(participant=row[0], told_at=row[1], agreed_at=row[2])


def consents_of(db: Connection, artefact: int) -> list[Consent]:
    """Return what everybody said to a recording."""
    rows = db.execute(_OF, {"artefact": artefact})
    return [Consent(participant=row[0], told_at=row[1], agreed_at=row[2]) for row in rows]


def save_consent(db: Connection, artefact: int, consent: Consent) -> None:
    """Write down what somebody said."""
    one = (consents.c.artefact == artefact, consents.c.participant == consent.participant)
    if db.execute(update(consents).where(*one).values(agreed_at=consent.agreed_at)).rowcount == 0:
        values = msgspec.structs.asdict(consent)
        db.execute(insert(consents).values(values | {"artefact": artefact}))
