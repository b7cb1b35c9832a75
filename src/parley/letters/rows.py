"""The table of letters, and all SQL on it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)

from parley.ground.db import Connection, Id, Instant, Json, metadata
from parley.letters.letter import Kind, Letter, State

_AT_ONCE = 500

letters = Table(
    "letters",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the letter, in time order"),
    Column("account", Id, ForeignKey("accounts.id"), nullable=False, comment="The account in whose name it is sent"),
    Column("kind", Text, nullable=False, comment="invitation, change, cancellation or reminder"),
    Column("email", Text, nullable=False, comment="The address that it goes to"),
    Column("subject", Text, nullable=False, comment="Its subject"),
    Column("meeting", Id, comment="The meeting that it is about"),
    Column("invitation", Id, comment="The invitation of whom it goes to"),
    Column("once", Text, nullable=False, unique=True, comment="What it is written for: never twice for the same"),
    Column("thread", Text, comment="Of the letters of one thread the newest says all: those before need not leave"),
    Column("message", Text, nullable=False, unique=True, comment="Its Message-ID, without what follows the @"),
    Column("state", Text, nullable=False, comment="waiting, sent, failed or withheld (overtaken before it left)"),
    Column("attempts", Integer, nullable=False, comment="How often it was tried"),
    Column("created_at", Instant, nullable=False, comment="When it was written (UTC)"),
    Column("next_at", Instant, nullable=False, comment="When it is tried next, as long as it waits (UTC)"),
    Column("expires_at", Instant, comment="When it is no longer worth sending (UTC)"),
    Column("settled_at", Instant, comment="When it was sent, failed or was withheld (UTC)"),
    Column("error", Json, comment="What went wrong last: a message and its parameters"),
    Column("sealed", Text, comment="What stands in it, sealed with the secret key; kept only while it waits"),
    Index("ix_letters_state_next_at", "state", "next_at"),
    Index("ix_letters_meeting_state", "meeting", "state"),
    Index("ix_letters_thread", "thread"),
    Index("ix_letters_state_settled_at", "state", "settled_at"),
    comment="Mail to people who are invited: what waits, what was sent and what failed",
)

_COLUMNS = tuple(letters.c[name] for name in Letter.__struct_fields__)
_SELECT = select(*_COLUMNS)
_UNDELIVERED = (State.WAITING, State.FAILED)


def add_letters(db: Connection, listed: Sequence[Letter]) -> int:
    """Store new letters and return how many; one that was written for the same already is left out."""
    added = 0
    for begin in range(0, len(listed), _AT_ONCE):
        part = {letter.once: letter for letter in listed[begin : begin + _AT_ONCE]}
        taken = written(db, [*part])
        rows = [_values(letter) for once, letter in part.items() if once not in taken]
        if rows:
            db.execute(insert(letters), rows)
            added += len(rows)
    return added


def written(db: Connection, onces: Sequence[str]) -> set[str]:
    """Return for which of these there is a letter already."""
    found: set[str] = set()
    for begin in range(0, len(onces), _AT_ONCE):
        part = tuple(onces[begin : begin + _AT_ONCE])
        found.update(db.execute(select(letters.c.once).where(letters.c.once.in_(part))).scalars())
    return found


def save_letter(db: Connection, letter: Letter) -> None:
    """Store what became of a letter."""
    db.execute(update(letters).where(letters.c.id == letter.id).values(_values(letter)))


def is_due(db: Connection, *, now: datetime) -> bool:
    """Tell whether it is time for any letter; to ask costs others nothing, to claim makes writers wait."""
    waiting = select(letters.c.id).where(letters.c.state == State.WAITING, letters.c.next_at <= now)
    return db.execute(waiting.limit(1)).scalar() is not None


def due_letters(db: Connection, *, now: datetime, limit: int) -> list[Letter]:
    """Return letters that it is time to try, those first that wait longest."""
    statement = (
        _SELECT.where(letters.c.state == State.WAITING, letters.c.next_at <= now)
        .order_by(letters.c.next_at, letters.c.id)
        .limit(limit)
    )
    return [_letter(row) for row in db.execute(statement)]


def claim_letters(db: Connection, claimed: Iterable[int], *, until: datetime) -> None:
    """Count an attempt at these letters; until then nobody else tries them."""
    db.execute(
        update(letters).where(letters.c.id.in_(tuple(claimed))).values(attempts=letters.c.attempts + 1, next_at=until)
    )


def letter_standing(db: Connection, letter: int) -> Letter | None:
    """Return a letter to who sends it."""
    row = db.execute(_SELECT.where(letters.c.id == letter)).one_or_none()
    return None if row is None else _letter(row)


def letter_of_message(db: Connection, message: str) -> Letter | None:
    """Return the letter that left with this Message-ID."""
    row = db.execute(_SELECT.where(letters.c.message == message)).one_or_none()
    return None if row is None else _letter(row)


def failed_letters(db: Connection, meeting: int, *, limit: int) -> list[Letter]:
    """Return the letters about the meeting that failed, the newest first."""
    statement = (
        _SELECT.where(letters.c.meeting == meeting, letters.c.state == State.FAILED)
        .order_by(letters.c.id.desc())
        .limit(limit)
    )
    return [_letter(row) for row in db.execute(statement)]


def letter_states(db: Connection, meeting: int) -> Mapping[State, int]:
    """Return how many letters about the meeting are in each state."""
    statement = select(letters.c.state, func.count()).where(letters.c.meeting == meeting).group_by(letters.c.state)
    return {State(state): count for state, count in db.execute(statement)}


def undelivered(db: Connection, threads: Sequence[str]) -> dict[str, Letter]:
    """Return the newest letter of each of these threads that waits or failed; nobody's rights are asked."""
    found: dict[str, Letter] = {}
    for begin in range(0, len(threads), _AT_ONCE):
        part = tuple(threads[begin : begin + _AT_ONCE])
        statement = _SELECT.where(letters.c.thread.in_(part), letters.c.state.in_(_UNDELIVERED))
        for row in db.execute(statement.order_by(letters.c.id)):
            found[row.thread] = _letter(row)
    return found


def reminders_waiting(db: Connection, meeting: int) -> list[Letter]:
    """Return the reminders of the meeting that wait."""
    statement = _SELECT.where(
        letters.c.meeting == meeting, letters.c.state == State.WAITING, letters.c.kind == Kind.REMINDER
    )
    return [_letter(row) for row in db.execute(statement)]


def why_waiting(db: Connection, account: int) -> tuple[int, dict[str, Any] | None]:
    """Return how many letters of the account wait, and what kept the newest of them from leaving, if anything did."""
    mine = (letters.c.account == account, letters.c.state == State.WAITING)
    kept = select(letters.c.error).where(*mine, letters.c.attempts > 0).order_by(letters.c.next_at.desc()).limit(1)
    return db.execute(select(func.count()).where(*mine)).scalar_one(), db.execute(kept).scalar()


def withhold_threads(db: Connection, threads: Iterable[str], *, now: datetime) -> None:
    """Store that what waits or failed in these threads never leaves."""
    _withhold(db, letters.c.thread, tuple(threads), now=now)


def withhold_letters(db: Connection, listed: Iterable[int], *, now: datetime) -> None:
    """Store that those of these letters that were not sent never leave."""
    _withhold(db, letters.c.id, tuple(listed), now=now)


def _withhold(db: Connection, column: Column[Any], values: Sequence[object], *, now: datetime) -> None:
    for begin in range(0, len(values), _AT_ONCE):
        db.execute(
            update(letters)
            .where(column.in_(values[begin : begin + _AT_ONCE]), letters.c.state.in_(_UNDELIVERED))
            .values(state=State.WITHHELD, settled_at=now, sealed=None)
        )


def forget_letters_to(db: Connection, invitations: Sequence[int]) -> None:
    """Remove all letters to these people, those that wait, too."""
    for begin in range(0, len(invitations), _AT_ONCE):
        db.execute(delete(letters).where(letters.c.invitation.in_(invitations[begin : begin + _AT_ONCE])))


def forget_letters(db: Connection, *, settled_before: datetime, limit: int) -> int:
    """Remove letters that were sent, withheld or failed before then, at most `limit`, and return how many."""
    old = (
        select(letters.c.id)
        .where(letters.c.state.in_([State.SENT, State.WITHHELD, State.FAILED]), letters.c.settled_at < settled_before)
        .limit(limit)
    )
    found = tuple(db.execute(old).scalars())
    if found:
        db.execute(delete(letters).where(letters.c.id.in_(found)))
    return len(found)


def _values(letter: Letter) -> dict[str, Any]:
    return msgspec.structs.asdict(letter)


def _letter(row: Row[Any]) -> Letter:
    values = row._asdict()
    return Letter(**values | {"kind": Kind(row.kind), "state": State(row.state)})
