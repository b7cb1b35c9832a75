"""The table of API tokens, and every question asked of it."""

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
    func,
    or_,
    select,
    update,
)

from parley.access.rows.by_hash import add_hashed, row_by_hash, shown
from parley.access.token import Token
from parley.ground.db import Id, Instant, Json, metadata

tokens = Table(
    "tokens",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the token"),
    Column("account", Id, ForeignKey("accounts.id"), nullable=False, comment="The account of its owner"),
    Column("person", Id, ForeignKey("users.id"), nullable=False, comment="Its owner, in whose name it acts"),
    Column("name", Text, nullable=False, comment="What it is for, in its owner's words"),
    Column("token_hash", LargeBinary, nullable=False, unique=True, comment="SHA-256 of the token"),
    Column("scopes", Json, nullable=False, comment="What it may do at most; its owner's role limits it too"),
    Column("created_at", Instant, nullable=False, comment="When it was created (UTC)"),
    Column("expires_at", Instant, comment="When it ends (UTC); empty for never"),
    Column("used_at", Instant, comment="When it was last used, to about a minute (UTC); empty for never"),
    Column(
        "made_with", Id, ForeignKey("tokens.id"), comment="The token with which it was made, and ends; empty for none"
    ),
    Index("ix_tokens_made_with", "made_with"),
    Index("ix_tokens_account_id", "account", "id"),
    Index("ix_tokens_person_id", "person", "id"),
    comment="Personal API tokens; revoking one removes its row",
)

_COLUMNS = shown(tokens)


def _token_of(row: Row[Any]) -> Token:
    return Token(
        id=row.id,
        account=row.account,
        person=row.person,
        name=row.name,
        scopes=frozenset(row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        made_with=row.made_with,
    )


def add_token(db: Connection, token: Token, token_hash: bytes) -> None:
    """Store a new token."""
    add_hashed(db, tokens, token, token_hash, scopes=sorted(token.scopes))


def token_by_hash(db: Connection, token_hash: bytes) -> Token | None:
    """Return the token whose secret this is."""
    row = row_by_hash(db, tokens, token_hash)
    return None if row is None else _token_of(row)


def token_in(db: Connection, account: int, token: int) -> Token | None:
    """Return a token of somebody of the account."""
    row = db.execute(select(*_COLUMNS).where(tokens.c.id == token, tokens.c.account == account)).one_or_none()
    return None if row is None else _token_of(row)


def token_anywhere(db: Connection, token: int) -> Token | None:
    """Return a token of any account."""
    row = db.execute(select(*_COLUMNS).where(tokens.c.id == token)).one_or_none()
    return None if row is None else _token_of(row)


def tokens_of(db: Connection, person: int) -> list[Token]:
    """Return somebody's tokens, newest first."""
    statement = select(*_COLUMNS).where(tokens.c.person == person).order_by(tokens.c.id.desc())
    return [_token_of(row) for row in db.execute(statement)]


def made_with(db: Connection, token: int) -> list[Token]:
    """Return the tokens that were made with a token."""
    return [_token_of(row) for row in db.execute(select(*_COLUMNS).where(tokens.c.made_with == token))]


def tokens_in(db: Connection, account: int, *, behind: int | None, limit: int) -> list[Token]:
    """Return tokens of everybody of the account, newest first, those behind an id."""
    statement = select(*_COLUMNS).where(tokens.c.account == account).order_by(tokens.c.id.desc()).limit(limit)
    if behind is not None:
        statement = statement.where(tokens.c.id < behind)
    return [_token_of(row) for row in db.execute(statement)]


def count_of(db: Connection, person: int, *, now: datetime) -> int:
    """Return how many tokens somebody has that have not expired."""
    works = or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > now)
    return db.execute(select(func.count()).where(tokens.c.person == person, works)).scalar_one()


def delete_token(db: Connection, token: int) -> None:
    """Remove a token; it works no more."""
    db.execute(delete(tokens).where(tokens.c.id == token))


def forget_tokens(db: Connection, *, expired_before: datetime) -> None:
    """Remove tokens that expired before; those that were made with one expired no later than it."""
    db.execute(delete(tokens).where(tokens.c.expires_at < expired_before))


def note_used(db: Connection, used: Mapping[int, datetime]) -> None:
    """Store when tokens were last used."""
    statement = update(tokens).where(tokens.c.id == bindparam("token")).values(used_at=bindparam("at"))
    if used:
        db.execute(statement, [{"token": token, "at": at} for token, at in used.items()])
