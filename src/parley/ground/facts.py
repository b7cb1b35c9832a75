"""The log of what became true: written in the same transaction as the change, read by cursor.

Everything downstream (sockets, caches, later webhooks and replicas) is a reader: it remembers a cursor, asks `after`
for what came since, and loses nothing when it, the server or its target stops. A cursor is opaque and is not an id: ids
are in time order, commits are not. On SQLite it is a position taken under the write lock; on PostgreSQL the writing
transaction's number and the position, and only transactions below the oldest one still open are read, so that a late
commit cannot slip in behind a reader. Facts are forgotten from the oldest on: a cursor either lies before the cut, and
is then refused, or misses nothing.
"""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from itertools import takewhile
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Integer,
    Table,
    Text,
    delete,
    insert,
    literal_column,
    select,
    text,
)

from parley.ground.db import Id, Instant, Json, Prepared, Store, fact_types, metadata
from parley.ground.ids import new_id

facts = Table(
    "facts",
    metadata,
    Column(
        "position",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=True,
        comment="Order of writing; part of a reader's cursor",
    ),
    Column("id", Id, nullable=False, unique=True, comment="Id of the fact, for receivers to drop repeats by"),
    Column("account", Id, nullable=False, comment="The account that it is about"),
    Column("type", Text, nullable=False, comment="What became true, for example session.started"),
    Column("subject", Id, nullable=False, comment="Id of the thing that it is about"),
    Column("actor", Id, comment="The user who did it; empty for the system and the command line"),
    Column("at", Instant, nullable=False, comment="When it became true (UTC)"),
    Column("data", Json, nullable=False, comment="The fact's own fields"),
    sqlite_autoincrement=True,
    comment="The log of facts; on PostgreSQL a column xid (the writing transaction) stands beside the position",
)

forgotten = Table(
    "facts_forgotten",
    metadata,
    Column("cursor", Text, primary_key=True, comment="The cursor behind the newest fact that was forgotten"),
    comment="Up to where the log of facts was forgotten: no row as long as all are there, then one",
)

_XID: ColumnElement[str] = literal_column("facts.xid")
_WRITTEN_XID: ColumnElement[str] = literal_column("facts.xid::text").label("written_xid")
_FOLLOW_SECONDS = 1.0


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """What became true. A slice declares `class SessionStarted(Fact, frozen=True, tag="session.started")`."""

    account: int
    subject: int
    actor: int | None
    at: datetime


class StoredFact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact as it stands in the log."""

    id: int
    type: str
    account: int
    subject: int
    actor: int | None
    at: datetime
    data: dict[str, Any]


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """Some facts in order, and the cursor behind the last of them."""

    facts: tuple[StoredFact, ...]
    cursor: str


class Forgotten(ValueError):
    """Facts behind a cursor were forgotten meanwhile; `kept` is the cursor from which on every fact is still there."""

    def __init__(self, kept: str) -> None:
        super().__init__(f"facts behind this cursor were forgotten; all that came after {kept} are there")
        self.kept = kept


_COLUMNS = (facts.c.id, facts.c.type, facts.c.account, facts.c.subject, facts.c.actor, facts.c.at, facts.c.data)
_INSERT = Prepared(insert(facts).inline(), columns=("id", "account", "type", "subject", "actor", "at", "data"))


def type_of(fact: type[Fact]) -> str:
    """Return the type under which facts of this class stand in the log."""
    return str(fact.__struct_config__.tag)


def tell(db: Connection, fact: Fact) -> None:
    """Write the fact in the transaction of the change that made it true."""
    _INSERT.run(db, _row(fact))
    fact_types(db).add(type_of(type(fact)))


def tell_all(db: Connection, told: Iterable[Fact]) -> None:
    """Write many facts of one change, in their order, at once."""
    told = tuple(told)
    if told:
        db.execute(insert(facts).inline(), [_row(fact) for fact in told])
    fact_types(db).update(type_of(type(fact)) for fact in told)


def _row(fact: Fact) -> dict[str, Any]:
    data = msgspec.to_builtins(fact)
    for field in ("type", "account", "subject", "actor", "at"):
        del data[field]
    row = {"id": new_id(), "account": fact.account, "type": type_of(type(fact)), "subject": fact.subject}
    return row | {"actor": fact.actor, "at": fact.at, "data": data}


def end(db: Connection) -> str:
    """Return the cursor from which only facts that are not committed yet will be read."""
    if db.dialect.name == "postgresql":
        return f"{db.execute(text('SELECT pg_snapshot_xmin(pg_current_snapshot())::text')).scalar_one()}.0"
    return str(db.execute(text("SELECT coalesce(max(position), 0) FROM facts")).scalar_one())


BEGINNING = "0"
"""The cursor before the first fact."""


def after(db: Connection, cursor: str, *, limit: int = 500) -> Batch:
    """Return the facts behind the cursor, oldest first, at most `limit`.

    Raises Forgotten when some of them are no longer there, and ValueError for a cursor that is none.
    """
    _need_kept(db, cursor)
    return _behind(db, cursor, limit=limit)


def _need_kept(db: Connection, cursor: str) -> None:
    cut = db.execute(select(forgotten.c.cursor)).scalar()
    if cut is not None and _place(cursor) < _place(cut):
        raise Forgotten(cut)


def _place(cursor: str) -> tuple[int, int]:
    first, _, second = cursor.partition(".")
    return int(first), int(second or 0)


def _behind(db: Connection, cursor: str, *, limit: int = 500) -> Batch:
    return _after_postgres(db, cursor, limit) if db.dialect.name == "postgresql" else _after_sqlite(db, cursor, limit)


def _after_sqlite(db: Connection, cursor: str, limit: int) -> Batch:
    statement = (
        select(facts.c.position, *_COLUMNS)
        .where(facts.c.position > int(cursor))
        .order_by(facts.c.position)
        .limit(limit)
    )
    rows = db.execute(statement).all()
    return Batch(
        facts=tuple(_stored_fact(row[1:]) for row in rows),
        cursor=str(rows[-1][0]) if rows else cursor,
    )


_SETTLED = "xid < pg_snapshot_xmin(pg_current_snapshot())"
_BEHIND = text(f"(xid, position) > (CAST(:xid AS xid8), :position) AND {_SETTLED}")


def _after_postgres(db: Connection, cursor: str, limit: int) -> Batch:
    xid, position = _place(cursor)
    statement = (
        select(_WRITTEN_XID, facts.c.position, *_COLUMNS)
        .where(_BEHIND.bindparams(xid=str(xid), position=position))
        .order_by(_XID, facts.c.position)
        .limit(limit)
    )
    rows = db.execute(statement).all()
    return Batch(
        facts=tuple(_stored_fact(row[2:]) for row in rows),
        cursor=f"{rows[-1][0]}.{rows[-1][1]}" if rows else cursor,
    )


def _stored_fact(row: Any) -> StoredFact:  # noqa: ANN401 (a row of _COLUMNS)
    number, kind, account, subject, actor, at, data = row
    return StoredFact(id=number, type=kind, account=account, subject=subject, actor=actor, at=at, data=data)


def forget(db: Connection, *, before: datetime, limit: int = 500) -> int:
    """Forget the oldest facts that became true before then, at most `limit`, and return how many; the newest is kept.

    Always from the beginning of the log, in the order in which it is read.
    """
    statement = select(facts.c.position, facts.c.at).order_by(facts.c.position)
    if db.dialect.name == "postgresql":
        statement = select(_WRITTEN_XID, facts.c.position, facts.c.at).order_by(_XID, facts.c.position)
        statement = statement.where(text(_SETTLED))
    rows = db.execute(statement.limit(limit + 1)).all()
    old = list(takewhile(lambda row: row.at < before, rows[:-1]))
    if old:
        db.execute(delete(facts).where(facts.c.position.in_([row.position for row in old])))
        db.execute(delete(forgotten))
        db.execute(insert(forgotten).values(cursor=".".join(str(part) for part in old[-1][:-1])))
    return len(old)


def adopt(db: Connection) -> bool:
    """Make a log that was restored into another PostgreSQL server read on from its end; tell whether it was one.

    The numbers of transactions in it are those of the server before: facts with a number that is still to come would
    stay unseen until it comes, and then be news. To be called when a server starts, in a transaction of its own.
    """
    if db.dialect.name != "postgresql":
        return False
    foreign = text("SELECT EXISTS (SELECT 1 FROM facts WHERE xid >= pg_current_xact_id())")
    if not db.execute(foreign).scalar_one():
        return False
    db.execute(text("UPDATE facts SET xid = '1'"))
    db.execute(text("UPDATE facts_forgotten SET cursor = '1.' || split_part(cursor, '.', 2)"))
    return True


async def follow(store: Store, cursor: str | None = None) -> AsyncIterator[Batch]:
    """Yield facts as they are committed, by this process or another; from now on, or from a cursor.

    Wakes at a commit; on PostgreSQL a transaction that stays open elsewhere delays what was committed after it began,
    so that it also looks once a second. Raises what `store.read` raises, and Forgotten as `after` does.
    """
    if cursor is not None:
        await store.read(_need_kept, cursor)
    at = await store.read(end) if cursor is None else cursor
    while True:
        seen = store.commits
        batch = await store.read(_behind, at)
        if batch.facts:
            at = batch.cursor
            yield batch
        else:
            await store.changed(seen, at_most=_FOLLOW_SECONDS)
