"""The table of shares: which meetings have another one that is long enough than their account."""

from sqlalchemy import Column, Connection, ForeignKey, Integer, Table, delete, insert, select

from parley.ground.db import Id, metadata

shares = Table(
    "attendance_shares",
    metadata,
    Column("meeting", Id, ForeignKey("meetings.id"), primary_key=True, autoincrement=False, comment="The meeting"),
    Column(
        "long_enough_percent",
        Integer,
        nullable=False,
        comment="Per cent of a session of it that somebody must be there to have attended it",
    ),
    comment="Meetings with a share of their own that is long enough; without a row, the account's holds",
)


def share_of(db: Connection, meeting: int) -> int | None:
    """Return the meeting's own share; None where the account's holds."""
    return db.execute(select(shares.c.long_enough_percent).where(shares.c.meeting == meeting)).scalar()


def save_share(db: Connection, meeting: int, percent: int | None) -> None:
    """Write down the meeting's own share; None takes it away."""
    db.execute(delete(shares).where(shares.c.meeting == meeting))
    if percent is not None:
        db.execute(insert(shares).values(meeting=meeting, long_enough_percent=percent))
