"""The schema's history: it leads to what the code expects, on both databases, and back."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from parley.app import wiring
from parley.ground.db import DatabaseUrl, is_current, metadata, migrate, newest_revision
from parley.ground.db.upgrade import MIGRATIONS

ONLY_ON_POSTGRESQL = {("facts", "xid"), ("facts", "ix_facts_xid_position")}
"""What a reader of facts needs on PostgreSQL and SQLite has no type for; written out in 0001_ground."""


def _differences(url: str) -> list[object]:
    assert wiring  # every slice's tables are in the metadata
    engine = create_engine(DatabaseUrl(url).for_sqlalchemy)
    with engine.connect() as db:
        context = MigrationContext.configure(
            db,
            opts={
                "compare_type": True,
                "include_name": lambda name, _kind, parents: (
                    (parents.get("table_name"), name) not in ONLY_ON_POSTGRESQL
                ),
            },
        )
        found = list(compare_metadata(context, metadata))
    engine.dispose()
    return found


def test_the_migrated_schema_is_the_one_in_the_code(database_url: str) -> None:
    assert _differences(database_url) == []


def test_the_files_numbers_are_the_history() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert scripts.get_heads() == [newest_revision()]


def test_there_and_back_again(empty_database_url: str) -> None:
    assert not is_current(empty_database_url)
    assert migrate(empty_database_url) == (None, newest_revision())
    assert is_current(empty_database_url)
    migrate(empty_database_url, to="base")
    engine = create_engine(DatabaseUrl(empty_database_url).for_sqlalchemy)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version", "sqlite_sequence"}
    engine.dispose()
    migrate(empty_database_url)
    assert _differences(empty_database_url) == []
    assert migrate(empty_database_url) == (newest_revision(), newest_revision())
