"""The table of browsers that are signed in, and every question asked of it."""

from collections.abc import Mapping
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
    bindparam,
    delete,
    or_,
    select,
    update,
)

from parley.access.browser_session import BrowserSession
from parley.access.rows.by_hash import add_hashed, row_by_hash, shown
from parley.ground.db import Id, Instant, metadata

browser_sessions = Table(
    "browser_sessions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the browser session"),
    Column("account", Id, ForeignKey("accounts.id"), nullable=False, comment="The account of the user"),
    Column("person", Id, ForeignKey("users.id"), nullable=False, comment="The user who signed in"),
    Column("token_hash", LargeBinary, nullable=False, unique=True, comment="SHA-256 of the cookie"),
    Column("address", Text, nullable=False, comment="Network address that it was signed in from"),
    Column("agent", Text, nullable=False, comment="What the browser calls itself (User-Agent)"),
    Column("created_at", Instant, nullable=False, comment="When they signed in (UTC)"),
    Column("seen_at", Instant, nullable=False, comment="When it was last used, to about a minute (UTC)"),
    Column("expires_at", Instant, nullable=False, comment="When it ends in any case (UTC)"),
    Index("ix_browser_sessions_person", "person"),
    comment="Browsers that are signed in; signing out removes the row",
)

_COLUMNS = shown(browser_sessions)


def _session_of(row: Row[Any]) -> BrowserSession:
    return BrowserSession(
        id=row.id,
        account=row.account,
        person=row.person,
        address=row.address,
        agent=row.agent,
        created_at=row.created_at,
        seen_at=row.seen_at,
        expires_at=row.expires_at,
    )


def add_session(db: Connection, session: BrowserSession, token_hash: bytes) -> None:
    """Store a browser that has signed in."""
    add_hashed(db, browser_sessions, session, token_hash)


def session_by_hash(db: Connection, token_hash: bytes) -> BrowserSession | None:
    """Return the browser session whose cookie this is."""
    row = row_by_hash(db, browser_sessions, token_hash)
    return None if row is None else _session_of(row)


def session_in(db: Connection, account: int, session: int) -> BrowserSession | None:
    """Return a browser session of somebody of the account."""
    asked = (browser_sessions.c.id == session, browser_sessions.c.account == account)
    row = db.execute(select(*_COLUMNS).where(*asked)).one_or_none()
    return None if row is None else _session_of(row)


def sessions_of(db: Connection, person: int) -> list[BrowserSession]:
    """Return somebody's browser sessions, last used first."""
    statement = select(*_COLUMNS).where(browser_sessions.c.person == person)
    order = (browser_sessions.c.seen_at.desc(), browser_sessions.c.id.desc())
    return [_session_of(row) for row in db.execute(statement.order_by(*order))]


def end_sessions(db: Connection, person: int, *, only: int | None = None, keep: int | None = None) -> tuple[int, ...]:
    """Remove browser sessions of somebody: all, only one, or all but one; return which."""
    statement = delete(browser_sessions).where(browser_sessions.c.person == person)
    if only is not None:
        statement = statement.where(browser_sessions.c.id == only)
    if keep is not None:
        statement = statement.where(browser_sessions.c.id != keep)
    return tuple(db.execute(statement.returning(browser_sessions.c.id)).scalars())


def note_seen(db: Connection, seen: Mapping[int, datetime]) -> None:
    """Store when browser sessions were last used."""
    statement = update(browser_sessions).where(browser_sessions.c.id == bindparam("session"))
    if seen:
        parameters = [{"session": session, "at": at} for session, at in seen.items()]
        db.execute(statement.values(seen_at=bindparam("at")), parameters)


def forget_sessions(db: Connection, *, now: datetime, unused_since: datetime) -> None:
    """Remove browser sessions that have expired."""
    over = or_(browser_sessions.c.expires_at <= now, browser_sessions.c.seen_at <= unused_since)
    db.execute(delete(browser_sessions).where(over))
