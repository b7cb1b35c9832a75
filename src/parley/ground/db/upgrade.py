"""Bringing a database to the newest schema. Alembic is imported only when there is something to do."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.pool import NullPool

from parley.ground.db.engines import sqlite_engine
from parley.ground.db.url import DatabaseUrl

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"

_LOCK = 7_305_118_844
"""The PostgreSQL advisory lock under which one process migrates and others wait."""


def newest_revision() -> str:
    """Return the revision that this version of Parley needs: its files are numbered, the last one is the newest."""
    return max(file.stem for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def is_current(url: str) -> bool:
    """Tell whether the database stands at the newest revision; False also for an empty database."""
    database = DatabaseUrl(url)
    if database.dialect == "sqlite" and not database.file.exists():
        return False  # asking makes no file
    with closing_engine(url) as engine, engine.connect() as db:
        return revision(db) == newest_revision()


def revision(db: Connection) -> str | None:
    """Return the revision that the database stands at; None for one that was never migrated."""
    if not inspect(db).has_table("alembic_version"):
        return None
    found: str | None = db.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def migrate(url: str, *, to: str = "head") -> tuple[str | None, str | None]:
    """Bring the database to a revision; return where it stood and where it stands now. Safe to call at every start.

    It is done in one transaction, under a lock: whoever is killed in the middle has changed nothing, and of two who
    begin at once the second finds it done.
    """
    with closing_engine(url, begin="BEGIN IMMEDIATE") as engine, engine.connect() as db:
        before = revision(db)
        db.rollback()
        if to == "head" and before == newest_revision():
            return before, before
        _with_alembic(db, to=to, down=to != "head" and before is not None and _is_below(to, before))
        return before, revision(db)


def _is_below(one: str, other: str) -> bool:
    return one == "base" or one < other


def _with_alembic(db: Connection, *, to: str, down: bool) -> None:
    from alembic import command  # noqa: PLC0415 (600 ms, needed once per release)
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = db
    _foreign_keys(db, on=False)
    with db.begin():
        if db.dialect.name == "postgresql":
            db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        (command.downgrade if down else command.upgrade)(config, to)
        if db.dialect.name == "sqlite":
            _check_foreign_keys(db)
    _foreign_keys(db, on=True)


def _foreign_keys(db: Connection, *, on: bool) -> None:
    """Batch mode rebuilds tables; with SQLite's keys on, that deletes their children. Not for inside a transaction."""
    if db.dialect.name == "sqlite":
        raw: Any = db.connection.driver_connection
        raw.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}").close()


def _check_foreign_keys(db: Connection) -> None:
    broken = db.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        message = f"the migration would leave {len(broken)} rows that point nowhere: {broken[:5]}"
        raise RuntimeError(message)


class closing_engine:  # noqa: N801 (reads as a function: `with closing_engine(url) as engine`)
    """An engine for one task, outside of the doors; its connections are closed at the end."""

    def __init__(self, url: str, *, begin: str = "BEGIN") -> None:
        database = DatabaseUrl(url)
        database.create_file()
        if database.dialect == "sqlite":
            self._engine = sqlite_engine(database.file, begin=begin)
        else:
            self._engine = create_engine(database.for_sqlalchemy, poolclass=NullPool)

    def __enter__(self) -> Engine:
        return self._engine

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()
