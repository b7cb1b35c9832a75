"""The table of when an account's people are reminded, and all SQL on it."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Column, ForeignKey, Integer, Table, delete, insert, select

from parley.ground.db import Connection, Id, metadata

reminding = Table(
    "reminding",
    metadata,
    Column(
        "account",
        Id,
        ForeignKey("accounts.id"),
        primary_key=True,
        autoincrement=False,
        comment="The account; without a row, people are reminded 15 minutes before",
    ),
    Column("minutes", Integer, comment="Minutes before the start; empty for no reminders"),
    comment="How long before a meeting those who are invited are reminded, where an account chose",
)

_MINUTE = timedelta(minutes=1)


def chosen_lead(db: Connection, account: int) -> tuple[timedelta | None] | None:
    """Return what an account chose; None where it chose nothing."""
    row = db.execute(select(reminding.c.minutes).where(reminding.c.account == account)).one_or_none()
    return None if row is None else (None if row.minutes is None else row.minutes * _MINUTE,)


def chosen_leads(db: Connection) -> Mapping[int, timedelta | None]:
    """Return what all accounts chose that chose something."""
    return {
        row.account: None if row.minutes is None else row.minutes * _MINUTE for row in db.execute(select(reminding))
    }


def save_lead(db: Connection, account: int, lead: timedelta | None) -> None:
    """Store what an account chooses."""
    db.execute(delete(reminding).where(reminding.c.account == account))
    db.execute(insert(reminding), {"account": account, "minutes": None if lead is None else lead // _MINUTE})
