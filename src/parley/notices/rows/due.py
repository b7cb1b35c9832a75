"""The tables of what is to be written next (due meetings, a place in the log of facts), and all SQL on them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Column, ForeignKey, Index, Table, Text, delete, insert, select, update

from parley.ground.db import Connection, Id, Instant, metadata

CLAIM = timedelta(minutes=5)
"""How long a meeting is left to who writes about it."""

due = Table(
    "notices_due",
    metadata,
    Column(
        "meeting",
        Id,
        ForeignKey("meetings.id"),
        primary_key=True,
        autoincrement=False,
        comment="The meeting about which people may have to be told something",
    ),
    Column("account", Id, ForeignKey("accounts.id"), nullable=False, comment="The account whose meeting it is"),
    Column("due_at", Instant, nullable=False, comment="When that is looked at (UTC)"),
    Index("ix_notices_due_due_at", "due_at"),
    comment="Meetings that changed, until those who are invited were written to",
)

readers = Table(
    "fact_readers",
    metadata,
    Column("name", Text, primary_key=True, comment="Who reads: notices"),
    Column("cursor", Text, nullable=False, comment="Behind which fact they go on"),
    comment="How far those who follow the log of facts have come",
)

_NAME = "notices"


def cursor_of_notices(db: Connection) -> str | None:
    """Return behind which fact to go on; None where nobody has read yet."""
    found: str | None = db.execute(select(readers.c.cursor).where(readers.c.name == _NAME)).scalar()
    return found


def save_cursor(db: Connection, cursor: str | None) -> None:
    """Store behind which fact to go on; None for nobody reads."""
    db.execute(delete(readers).where(readers.c.name == _NAME))
    if cursor is not None:
        db.execute(insert(readers), {"name": _NAME, "cursor": cursor})


def mark_due(db: Connection, meeting: int, *, account: int, at: datetime) -> None:
    """Have a meeting looked at then, or earlier where that was agreed."""
    known = db.execute(select(due.c.due_at).where(due.c.meeting == meeting)).scalar()
    if known is None:
        db.execute(insert(due), {"meeting": meeting, "account": account, "due_at": at})
    elif at < known:
        db.execute(update(due).where(due.c.meeting == meeting).values(due_at=at))


def is_due(db: Connection, *, now: datetime) -> bool:
    """Tell whether it is time for any meeting; to ask costs others nothing, to claim makes writers wait."""
    return db.execute(select(due.c.meeting).where(due.c.due_at <= now).limit(1)).scalar() is not None


def claim_due(db: Connection, *, now: datetime, limit: int) -> Mapping[int, int]:
    """Return meetings that it is time for, with their accounts; for a while nobody else is given them."""
    rows = db.execute(
        select(due.c.meeting, due.c.account).where(due.c.due_at <= now).order_by(due.c.due_at).limit(limit)
    )
    found = {row.meeting: row.account for row in rows}
    if found:
        db.execute(update(due).where(due.c.meeting.in_(tuple(found))).values(due_at=now + CLAIM))
    return found


def drop_due(db: Connection, meeting: int, *, claimed_at: datetime) -> None:
    """Have done with a meeting, unless it changed again since it was claimed."""
    db.execute(delete(due).where(due.c.meeting == meeting, due.c.due_at == claimed_at + CLAIM))


def drop_all_due(db: Connection) -> None:
    """Have done with every meeting."""
    db.execute(delete(due))
