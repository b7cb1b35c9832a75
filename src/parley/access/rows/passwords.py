"""The table of passwords, and every question asked of it."""

from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Table, Text, delete, insert, select

from parley.ground.db import Id, Instant, metadata

passwords = Table(
    "passwords",
    metadata,
    Column(
        "person",
        Id,
        ForeignKey("users.id"),
        primary_key=True,
        autoincrement=False,
        comment="The user whose password it is",
    ),
    Column("hash", Text, nullable=False, comment="Argon2id, in the PHC string format"),
    Column("set_at", Instant, nullable=False, comment="When it was set (UTC)"),
    comment="What people sign in with; somebody who never set a password has no row",
)


def password_of(db: Connection, person: int) -> str | None:
    """Return the hash of somebody's password; None when they never set one."""
    found: str | None = db.execute(select(passwords.c.hash).where(passwords.c.person == person)).scalar()
    return found


def save_password(db: Connection, person: int, hashed: str, *, now: datetime) -> None:
    """Store the hash of somebody's password in place of the one before."""
    db.execute(delete(passwords).where(passwords.c.person == person))
    db.execute(insert(passwords).values(person=person, hash=hashed, set_at=now))


def delete_password(db: Connection, person: int) -> None:
    """Remove somebody's password."""
    db.execute(delete(passwords).where(passwords.c.person == person))
