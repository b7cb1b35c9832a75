"""The history of migrations leads to exactly the tables that the slices declare, and back."""

import asyncio
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
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


async def test_a_migration_that_fails_half_way_changes_nothing(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a power cut: the next start begins anew."""
    create_index, left = Operations.create_index, 5

    def fail_at_the_sixth(self: Operations, *args: Any, **named: Any) -> None:  # noqa: ANN401
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError("the power went")
        create_index(self, *args, **named)

    monkeypatch.setattr(Operations, "create_index", fail_at_the_sixth)
    with pytest.raises(OSError, match="power"):
        migrate(empty_database_url)
    monkeypatch.undo()
    async with open_store(empty_database_url) as store:
        assert await store.read(lambda db: inspect(db).get_table_names()) == []
    assert migrate(empty_database_url) == (None, newest_revision())


async def test_of_two_who_migrate_at_once_the_second_finds_it_done(empty_database_url: str) -> None:
    await asyncio.gather(*(asyncio.to_thread(migrate, empty_database_url) for _ in range(3)))
    assert is_current(empty_database_url)
