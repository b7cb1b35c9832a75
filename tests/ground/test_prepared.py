"""Prepared statements: the same values and the same refusals as without the short way."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    MetaData,
    Table,
    Text,
    bindparam,
    delete,
    exc,
    insert,
    select,
    update,
)

from parley.ground.db import Id, Instant, Json, Prepared, Store

AT = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
parcels = Table(
    "parcels",
    MetaData(),
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("label", Text, nullable=False, unique=True),
    Column("fragile", Boolean, nullable=False),
    Column("sent_at", Instant),
    Column("content", Json),
)
SENT = {"id": 2**62, "label": "käse", "fragile": True, "sent_at": AT, "content": {"kg": 1.5, "note": "ü"}}
KEPT = {"id": 1, "label": "", "fragile": False, "sent_at": None, "content": None}

ADD = Prepared(insert(parcels).inline(), columns=list(parcels.c.keys()))
FIND = Prepared(select(parcels).where(parcels.c.id == bindparam("id")))
FRAGILE = Prepared(select(parcels.c.id).where(parcels.c.fragile == True, parcels.c.label != "none"))  # noqa: E712
RELABEL = Prepared(update(parcels).where(parcels.c.id == bindparam("which")).values(label=bindparam("label")))
DROP = Prepared(delete(parcels).where(parcels.c.label == bindparam("label")))


@pytest.fixture
async def depot(store: Store) -> Store:
    def furnish(db: Connection) -> None:
        parcels.create(db)
        assert [ADD.run(db, SENT), ADD.run(db, KEPT)] == [1, 1]

    await store.write(furnish)
    return store


@pytest.mark.parametrize("row", [SENT, KEPT], ids=["full", "empty"])
async def test_what_is_written_and_read_is_what_sqlalchemy_would_read(depot: Store, row: dict[str, object]) -> None:
    found = await depot.read(FIND.one_or_none, {"id": row["id"]})
    assert found == tuple(row.values())
    plain = await depot.read(lambda db: db.execute(select(parcels).where(parcels.c.id == row["id"])).one())
    assert found == tuple(plain)


async def test_constants_of_the_statement_are_bound(depot: Store) -> None:
    assert [tuple(row) for row in await depot.read(FRAGILE.all, {})] == [(2**62,)]


async def test_rows_are_counted(depot: Store) -> None:
    assert await depot.write(RELABEL.run, {"which": 1, "label": "brot"}) == 1
    assert await depot.write(RELABEL.run, {"which": 3, "label": "brot"}) == 0
    assert await depot.write(DROP.run, {"label": "brot"}) == 1
    assert await depot.read(FIND.one_or_none, {"id": 1}) is None


async def test_a_row_that_is_there_already_is_refused(depot: Store) -> None:
    with pytest.raises(exc.IntegrityError):
        await depot.write(ADD.run, SENT)


async def test_a_missing_value_is_refused(depot: Store) -> None:
    with pytest.raises(exc.StatementError, match="'id'"):
        await depot.read(FIND.one_or_none, {})


async def test_a_naive_time_is_refused(depot: Store) -> None:
    with pytest.raises((ValueError, exc.StatementError), match="naive"):
        await depot.write(ADD.run, SENT | {"id": 5, "label": "x", "sent_at": AT.replace(tzinfo=None)})


async def test_what_was_bound_is_not_in_the_fault(depot: Store) -> None:
    with pytest.raises(exc.IntegrityError) as fault:
        await depot.write(ADD.run, SENT | {"id": 3})
    _, _, told = str(fault.value).partition("[SQL")
    assert "INSERT INTO parcels" in told
    assert "käse" not in told


def test_a_list_cannot_be_prepared() -> None:
    with pytest.raises(ValueError, match="prepared"):
        Prepared(select(parcels).where(parcels.c.id.in_(bindparam("ids", expanding=True))))
