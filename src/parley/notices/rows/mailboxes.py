"""The table of the mailbox that answers come to, and all SQL on it."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Column, Table, Text, insert, select, update

from parley.ground.db import Connection, Instant, Json, metadata

mailboxes = Table(
    "mailboxes",
    metadata,
    Column("name", Text, primary_key=True, comment="Which mailbox: its address without the password"),
    Column("validity", BigInteger, nullable=False, comment="UIDVALIDITY of IMAP: with another, it is a new mailbox"),
    Column("uid", BigInteger, nullable=False, comment="The UID of the last message that was read"),
    Column("next_at", Instant, nullable=False, comment="When it is looked at next (UTC)"),
    Column("error", Json, comment="Why it could not be read last: a message and its parameters; empty when it was"),
    comment="How far the mailbox was read to which answers and returned letters come",
)


class Place(msgspec.Struct, frozen=True):
    """Behind which message reading goes on."""

    validity: int
    uid: int


def claim_mailbox(db: Connection, name: str, *, now: datetime, until: datetime) -> Place | None:
    """Return the place in the mailbox; None where it is not time, or somebody else reads it just now."""
    row = db.execute(select(mailboxes).where(mailboxes.c.name == name)).one_or_none()
    if row is None:
        db.execute(insert(mailboxes), {"name": name, "validity": 0, "uid": 0, "next_at": until})
        return Place(0, 0)
    if row.next_at > now:
        return None
    db.execute(update(mailboxes).where(mailboxes.c.name == name).values(next_at=until))
    return Place(row.validity, row.uid)


def save_place(db: Connection, name: str, place: Place) -> None:
    """Store up to where the mailbox was read."""
    db.execute(update(mailboxes).where(mailboxes.c.name == name).values(validity=place.validity, uid=place.uid))


def release_mailbox(db: Connection, name: str, *, next_at: datetime, error: dict[str, Any] | None = None) -> None:
    """Store when the mailbox is looked at next, and why it could not be read."""
    db.execute(update(mailboxes).where(mailboxes.c.name == name).values(next_at=next_at, error=error))


def mailbox_error(db: Connection, name: str) -> dict[str, Any] | None:
    """Return why the mailbox could not be read last; None when it was, or never was looked at."""
    found: dict[str, Any] | None = db.execute(select(mailboxes.c.error).where(mailboxes.c.name == name)).scalar()
    return found
