"""The table of one-time links, and every question asked of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    LargeBinary,
    Row,
    Table,
    Text,
    delete,
    update,
)

from parley.access.link import Link, Purpose
from parley.access.rows.by_hash import add_hashed, row_by_hash
from parley.ground.db import Id, Instant, metadata

links = Table(
    "one_time_links",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the link"),
    Column("purpose", Text, nullable=False, comment="setup, invitation or reset"),
    Column("person", Id, ForeignKey("users.id"), comment="The user whom it lets set a password; empty for setup"),
    Column("email_folded", Text, comment="Their address when it was made: it dies when that changes"),
    Column("token_hash", LargeBinary, nullable=False, unique=True, comment="SHA-256 of the secret in the link"),
    Column("created_at", Instant, nullable=False, comment="When it was made (UTC)"),
    Column("expires_at", Instant, nullable=False, comment="When it stops working (UTC)"),
    Column("used_at", Instant, comment="When it was used (UTC); it works once"),
    Index("ix_one_time_links_person", "person"),
    comment="Links that let somebody in once: to set up the server, or to set a password",
)


def _link_of(row: Row[Any]) -> Link:
    return Link(
        id=row.id,
        purpose=Purpose(row.purpose),
        person=row.person,
        email_folded=row.email_folded,
        created_at=row.created_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
    )


def add_link(db: Connection, link: Link, token_hash: bytes) -> None:
    """Store a new link."""
    add_hashed(db, links, link, token_hash)


def link_by_hash(db: Connection, token_hash: bytes) -> Link | None:
    """Return the link whose secret this is."""
    row = row_by_hash(db, links, token_hash)
    return None if row is None else _link_of(row)


def use_link(db: Connection, link: int, *, now: datetime) -> None:
    """Store that a link was used."""
    db.execute(update(links).where(links.c.id == link).values(used_at=now))


def drop_links_of(db: Connection, person: int) -> None:
    """Remove somebody's links that were not used."""
    db.execute(delete(links).where(links.c.person == person, links.c.used_at.is_(None)))


def drop_setup_links(db: Connection) -> None:
    """Remove links for setting up the server that were not used."""
    db.execute(delete(links).where(links.c.purpose == Purpose.SETUP, links.c.used_at.is_(None)))


def forget_links(db: Connection, *, ended_before: datetime) -> None:
    """Remove links that stopped working before a moment."""
    db.execute(delete(links).where(links.c.expires_at < ended_before))
