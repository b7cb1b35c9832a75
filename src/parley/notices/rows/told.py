"""The tables of what was told to whom, and all SQL on them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)

from parley.ground.db import Connection, Id, Instant, Json, metadata
from parley.notices.telling import Telling, Told

_AT_ONCE = 500

tellings = Table(
    "tellings",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id, in time order"),
    Column("meeting", Id, ForeignKey("meetings.id"), nullable=False, comment="The meeting"),
    Column("part", Integer, nullable=False, comment="Which stretch of a series, from 0; 0 of a single meeting"),
    Column("data", Json, nullable=False, comment="Title, times, rule and exceptions as they stood"),
    Column("created_at", Instant, nullable=False, comment="When there was this to tell (UTC)"),
    Index("ix_tellings_meeting_part_id", "meeting", "part", "id"),
    comment="What there was to tell by mail about a meeting, each time that it was different",
)

told = Table(
    "told",
    metadata,
    Column(
        "invitation",
        Id,
        ForeignKey("invitations.id"),
        primary_key=True,
        autoincrement=False,
        comment="The invitation of who was told",
    ),
    Column("part", Integer, primary_key=True, autoincrement=False, comment="Which stretch of a series, from 0"),
    Column("meeting", Id, ForeignKey("meetings.id"), nullable=False, comment="The meeting"),
    Column("telling", Id, ForeignKey("tellings.id"), comment="What they were told last; empty to tell them anew"),
    Column("standing", Boolean, nullable=False, comment="Whether it stands in their calendar: not once cancelled"),
    Column("sequence", Integer, nullable=False, comment="The SEQUENCE of iCalendar that they were told last"),
    Column("since", Integer, nullable=False, comment="The lowest SEQUENCE with the same times"),
    Column("email", Text, nullable=False, comment="The address that it was written to"),
    Column("name", Text, nullable=False, comment="What they were called in it"),
    Column("language", Text, nullable=False, comment="The language that it was written in"),
    Column("time_zone", Text, nullable=False, comment="The IANA time zone that it was written in"),
    Column("answered_at", Instant, comment="DTSTAMP of their newest answer by mail (UTC)"),
    Index("ix_told_meeting_invitation", "meeting", "invitation"),
    comment="What each person who is invited was told last by mail; a row for every part of a series",
)

_COLUMNS = [told.c[field] for field in Told.__struct_fields__]


def add_telling(db: Connection, telling: Telling, *, meeting: int, now: datetime) -> None:
    """Store what there is to tell, unless somebody did."""
    if db.execute(select(tellings.c.id).where(tellings.c.id == telling.id)).scalar() is None:
        row = {"id": telling.id, "meeting": meeting, "part": telling.part, "created_at": now}
        db.execute(insert(tellings), row | {"data": msgspec.to_builtins(telling.content)})


def tellings_of(db: Connection, meeting: int) -> Mapping[int, Telling]:
    """Return everything that was ever told about the meeting, by its id."""
    listed = select(tellings.c.id, tellings.c.part, tellings.c.data).where(tellings.c.meeting == meeting)
    rows = db.execute(listed.order_by(tellings.c.id))
    return {number: Telling.read(number, part, data) for number, part, data in rows}


def told_of(db: Connection, meeting: int) -> list[Told]:
    """Return who was told what about the meeting."""
    listed = select(*_COLUMNS).where(told.c.meeting == meeting).order_by(told.c.invitation, told.c.part)
    return [Told(*row) for row in db.execute(listed)]


def save_told(db: Connection, listed: Sequence[Told]) -> None:
    """Store what people were told, in the place of what they were told before."""
    for begin in range(0, len(listed), _AT_ONCE):
        rows = listed[begin : begin + _AT_ONCE]
        for part in {row.part for row in rows}:
            ids = tuple(row.invitation for row in rows if row.part == part)
            db.execute(delete(told).where(told.c.part == part, told.c.invitation.in_(ids)))
        db.execute(insert(told), [_row(row) for row in rows])


def save_answer(db: Connection, invitation: int, part: int, *, at: datetime) -> None:
    """Store when somebody answered last by mail."""
    db.execute(update(told).where(told.c.invitation == invitation, told.c.part == part).values(answered_at=at))


def forget_invited(db: Connection, invitations: Sequence[int]) -> None:
    """Forget that these people were ever told anything, and where they were written to."""
    for begin in range(0, len(invitations), _AT_ONCE):
        db.execute(delete(told).where(told.c.invitation.in_(invitations[begin : begin + _AT_ONCE])))


def forget_told(db: Connection, invitations: Iterable[int]) -> None:
    """Have these people told anew what stands."""
    db.execute(update(told).where(told.c.invitation.in_(tuple(invitations))).values(telling=None))


def _row(one: Told) -> dict[str, Any]:
    return msgspec.structs.asdict(one)
