"""Engines: how Parley talks to SQLite and PostgreSQL below the doors."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from parley.ground.db.types import to_json

BUSY_MS = 15_000
"""How long SQLite waits for another process's write before it gives up, in milliseconds."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_MS}",
    "PRAGMA cache_size=-65536",
    "PRAGMA mmap_size=268435456",
    "PRAGMA temp_store=MEMORY",
)


def sqlite_engine(file: Path, *, begin: str | None = None, connections: int = 1) -> Engine:
    """Return an engine whose transactions open with `begin` (BEGIN or BEGIN IMMEDIATE); without one, by `transaction`.

    The driver's own transaction handling is switched off: it begins too late, and its commit() is silent when
    the transaction is already gone (a full disk), so that COMMIT is sent as a statement, which then fails.

    Here and on PostgreSQL, what a statement was given is not written into faults: it would be logged with them.
    """
    engine = create_engine(
        f"sqlite:///{file}",
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        connect_args={"isolation_level": None, "check_same_thread": False, "cached_statements": 512},
        json_serializer=to_json,
        json_deserializer=msgspec.json.decode,
        query_cache_size=2000,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401
        for pragma in _PRAGMAS:
            connection.execute(pragma).close()

    if begin is not None:
        event.listen(engine, "begin", lambda db: _driver(db).execute(begin))
        event.listen(engine, "commit", lambda db: _driver(db).execute("COMMIT"))
    return engine


@contextmanager
def transaction(db: Connection, *, begin: str = "BEGIN") -> Iterator[None]:
    """Do what is inside in a transaction of SQLite's own: SQLAlchemy's, with its events, takes as long as a query."""
    driver = _driver(db)
    driver.execute(begin)
    try:
        yield
        driver.execute("COMMIT")
    except BaseException:
        if driver.in_transaction:
            driver.execute("ROLLBACK")
        raise


def _driver(db: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", db.connection.driver_connection)


def postgres_engine(url: str, *, connections: int) -> Engine:
    """Return an engine on psycopg; the doors choose the isolation of each transaction."""
    return create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=10,
        json_serializer=to_json,
        json_deserializer=msgspec.json.decode,
        query_cache_size=2000,
        hide_parameters=True,
        connect_args={"connect_timeout": 5, "application_name": "parley"},
    )
