"""The table of accounts."""

from typing import Any

from sqlalchemy import Column, Connection, Integer, Row, Table, Text, insert, select, update

from parley.ground.db import Id, Instant, metadata
from parley.people.account import Account
from parley.people.lobby import Lobby

accounts = Table(
    "accounts",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the account"),
    Column("name", Text, nullable=False, comment="What the organization is called"),
    Column("created_at", Instant, nullable=False, comment="When the account was created (UTC)"),
    Column("sessions_at_once", Integer, comment="The most sessions at once; empty when there is no limit"),
    Column(
        "long_enough_percent",
        Integer,
        nullable=False,
        server_default="80",
        comment="Per cent of a session that somebody must be there to have attended it",
    ),
    Column(
        "late_after_minutes",
        Integer,
        nullable=False,
        server_default="5",
        comment="Minutes after the start, and before the end, that nobody is late or has left early for",
    ),
    Column(
        "lobby",
        Text,
        nullable=False,
        server_default="guests",
        comment="Who waits before meetings without a password that say nothing else: off, guests or everyone",
    ),
    comment="Organizations on this server; they know nothing of each other",
)


def add_account(db: Connection, account: Account) -> None:
    """Store a new account."""
    db.execute(insert(accounts).values(_values(account)))


def save_account(db: Connection, account: Account) -> None:
    """Store what became of an account."""
    db.execute(update(accounts).where(accounts.c.id == account.id).values(_values(account)))


def _values(account: Account) -> dict[str, Any]:
    return {column.name: getattr(account, column.name) for column in accounts.c}


def account_with(db: Connection, account: int) -> Account | None:
    """Return the account of an id."""
    row = db.execute(select(accounts).where(accounts.c.id == account)).one_or_none()
    return None if row is None else _account(row)


def find_accounts(db: Connection) -> list[Account]:
    """Return all accounts of this server by name."""
    found = db.execute(select(accounts).order_by(accounts.c.name, accounts.c.id))
    return list(map(_account, found))


def any_account(db: Connection) -> bool:
    """Tell whether there is an account on this server yet."""
    return db.execute(select(accounts.c.id).limit(1)).first() is not None


def _account(row: Row[Any]) -> Account:
    return Account(**{**row._mapping, "lobby": Lobby(row.lobby)})  # noqa: SLF001 (SQLAlchemy's own way to a row by names)
