"""The table of marks: where in a recording somebody came, shared a screen or began to speak."""

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
    insert,
    select,
)

from parley.ground.db import Id, metadata
from parley.recordings.mark import Mark, MarkKind

marks = Table(
    "recording_marks",
    metadata,
    Column("artefact", Id, ForeignKey("artefacts.id"), nullable=False, comment="The recording"),
    Column("number", Integer, nullable=False, comment="Counts its marks, from 1"),
    Column("milliseconds", Integer, nullable=False, comment="Where in the recording, from its beginning"),
    Column("kind", Text, nullable=False, comment="joined, left, sharing or speaking"),
    Column("participant", Id, ForeignKey("participants.id"), nullable=False, comment="Who"),
    PrimaryKeyConstraint("artefact", "number", name="pk_recording_marks"),
    comment="Where in a recording somebody came, went, shared a screen or began to speak",
)

_NUMBERS = select(marks.c.number).where(marks.c.artefact == bindparam("artefact"))
_OF = (
    select(marks.c.number, marks.c.milliseconds, marks.c.kind, marks.c.participant)
    .where(marks.c.artefact == bindparam("artefact"))
    .order_by(marks.c.milliseconds, marks.c.number)
)


def insert_marks(db: Connection, artefact: int, found: list[Mark]) -> None:
    """Write down marks that are not known yet."""
    known = set(db.execute(_NUMBERS, {"artefact": artefact}).scalars())
    fresh = [
        {"artefact": artefact, "number": one.number, "milliseconds": one.milliseconds, "kind": one.kind.value}
        | {"participant": one.participant}
        for one in found
        if one.number not in known
    ]
    if fresh:
        db.execute(insert(marks), fresh)


def marks_of(db: Connection, artefact: int) -> list[Mark]:
    """Return the marks of a recording in their order."""
    return [_mark(row) for row in db.execute(_OF, {"artefact": artefact})]


def _mark(row: Any) -> Mark:  # noqa: ANN401 (number, milliseconds, kind, participant)
    number, milliseconds, kind, participant = row
    return Mark(number=number, milliseconds=milliseconds, kind=MarkKind(kind), participant=participant)
