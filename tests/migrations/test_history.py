"""The history of migrations leads to exactly the tables that the slices declare, and back."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect

from parley.ground.db import Store, is_current, metadata, migrate, newest_revision, open_store
from scripts.reference import import_declarations


def _differences(db: Connection) -> list[Any]:
    import_declarations()
    context = MigrationContext.configure(db, opts={"compare_type": True, "include_object": _is_declared})
    return list(compare_metadata(context, metadata))


def _is_declared(_object: object, name: str | None, kind: str, *_: object) -> bool:
    """The transaction's number beside each fact is PostgreSQL's alone."""
    return (kind, name) not in {("column", "xid"), ("index", "ix_facts_xid_position")}


@pytest.mark.filterwarnings("ignore:Did not recognize type 'xid8'")
async def test_migrating_makes_the_tables_that_the_slices_declare(store: Store) -> None:
    assert await store.read_long(_differences) == []


async def test_every_migration_can_be_undone(database_url: str) -> None:
    before, after = migrate(database_url, to="base")
    assert (before, after) == (newest_revision(), None)
    async with open_store(database_url) as store:
        assert await store.read(lambda db: inspect(db).get_table_names()) == ["alembic_version"]
    migrate(database_url)
    assert is_current(database_url)
