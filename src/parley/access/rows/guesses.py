"""The table that counts guesses, and every question asked of it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, Table, delete, insert, select, update

from parley.ground.db import Instant, metadata

guesses = Table(
    "guesses",
    metadata,
    Column("subject", LargeBinary, primary_key=True, comment="SHA-256 of what is guessed at, or from where"),
    Column("attempts", Integer, nullable=False, comment="How many attempts there were"),
    Column("ends_at", Instant, nullable=False, comment="When the count begins anew (UTC)"),
    Index("ix_guesses_ends_at", "ends_at"),
    comment="Attempts to guess a password, counted so that they can be slowed down",
)


def running_counts(db: Connection, subjects: Collection[bytes], *, now: datetime) -> dict[bytes, tuple[int, datetime]]:
    """Return attempts and end of those counts that have not ended."""
    statement = select(guesses).where(guesses.c.subject.in_(subjects), guesses.c.ends_at > now)
    return {row.subject: (row.attempts, row.ends_at) for row in db.execute(statement)}


def begin_count(db: Connection, subject: bytes, *, ends_at: datetime) -> None:
    """Store the first attempt of a new count."""
    db.execute(delete(guesses).where(guesses.c.subject == subject))
    db.execute(insert(guesses).values(subject=subject, attempts=1, ends_at=ends_at))


def add_to_count(db: Connection, subject: bytes, attempts: int) -> None:
    """Store attempts more (or, below zero, fewer) in a running count."""
    counted = update(guesses).where(guesses.c.subject == subject, guesses.c.attempts + attempts >= 0)
    db.execute(counted.values(attempts=guesses.c.attempts + attempts))


def drop_count(db: Connection, subject: bytes) -> None:
    """Remove a count."""
    db.execute(delete(guesses).where(guesses.c.subject == subject))


def forget_counts(db: Connection, *, now: datetime) -> None:
    """Remove counts that have ended."""
    db.execute(delete(guesses).where(guesses.c.ends_at <= now))
