"""The table of links by which an artefact is shared with people who have no account."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    bindparam,
    insert,
    select,
    update,
)

from parley.artefacts.link import SharedLink
from parley.ground.db import Id, Instant, metadata

links = Table(
    "artefact_links",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the link, in time order"),
    Column("artefact", Id, ForeignKey("artefacts.id"), nullable=False, comment="What it opens"),
    Column("label", Text, nullable=False, comment="For whom it is, as its maker wrote; may be empty"),
    Column("key_hash", LargeBinary, nullable=False, comment="SHA-256 of the secret in the link; never the secret"),
    Column("downloads", Boolean, nullable=False, comment="Whether it also lets people download"),
    Column("created_by", Id, ForeignKey("users.id"), comment="The user who made it; empty for the command line"),
    Column("created_at", Instant, nullable=False, comment="When it was made (UTC)"),
    Column("expires_at", Instant, nullable=False, comment="Until when it works (UTC)"),
    Column("withdrawn_at", Instant, comment="When it was withdrawn (UTC)"),
    Column("opened", Integer, nullable=False, comment="How often it was opened"),
    Index("uq_artefact_links_key_hash", "key_hash", unique=True),
    Index("ix_artefact_links_artefact_id", "artefact", "id"),
    comment="Links by which somebody without an account watches a recording or reads a file",
)

_COLUMNS = tuple(column for column in links.c if column.name != "key_hash")
_BY_KEY = select(*_COLUMNS).where(links.c.key_hash == bindparam("hash"))
_ONE = select(*_COLUMNS).where(links.c.id == bindparam("link"), links.c.artefact == bindparam("artefact"))
_OF = select(*_COLUMNS).where(links.c.artefact == bindparam("artefact")).order_by(links.c.id.desc())


def insert_link(db: Connection, link: SharedLink, *, key_hash: bytes) -> None:
    """Write down a fresh link."""
    row = {column.name: getattr(link, column.name) for column in _COLUMNS}
    db.execute(insert(links).values(row | {"key_hash": key_hash}))


def link_with(db: Connection, key_hash: bytes) -> SharedLink | None:
    """Return the link of a secret, whether or not it still works."""
    row = db.execute(_BY_KEY, {"hash": key_hash}).one_or_none()
    return None if row is None else _link(row)


def link_of(db: Connection, artefact: int, *, link: int) -> SharedLink | None:
    """Return a link of an artefact."""
    row = db.execute(_ONE, {"link": link, "artefact": artefact}).one_or_none()
    return None if row is None else _link(row)


def links_of(db: Connection, artefact: int) -> list[SharedLink]:
    """Return every link of an artefact, newest first."""
    return [_link(row) for row in db.execute(_OF, {"artefact": artefact})]


def save_withdrawn(db: Connection, link: int, *, at: datetime) -> None:
    """Write down that a link works no more."""
    db.execute(update(links).where(links.c.id == link, links.c.withdrawn_at.is_(None)).values(withdrawn_at=at))


def count_opened(db: Connection, link: int) -> None:
    """Write down that a link was opened once more."""
    db.execute(update(links).where(links.c.id == link).values(opened=links.c.opened + 1))


def _link(row: Any) -> SharedLink:  # noqa: ANN401 (a row of _COLUMNS)
    return SharedLink(**dict(zip((column.name for column in _COLUMNS), row, strict=True)))
