"""The account's name: its administrators change it, and everybody knows at once."""

import pytest

from parley.ground.db import Store
from parley.ground.facts import after, end
from parley.ground.faults import Forbidden, Invalid
from parley.people import caller_of, find_account, rename_account
from tests.cast import cast_of
from tests.people.staff import NOW


async def test_an_administrator_renames_the_account_and_that_is_told(store: Store) -> None:
    cast = await cast_of(store, now=NOW)
    before = await store.read(end)
    renamed = await store.write(rename_account, " Northwind Traders ", by=cast.ada, now=NOW)
    assert renamed == await store.read(find_account, cast.ada.account)
    assert renamed.name == "Northwind Traders"
    assert (await store.read(caller_of, cast.mia.person or 0)).organization == "Northwind Traders"
    assert (await store.read(caller_of, cast.zoe.person or 0)).organization == "Contoso"
    (told,) = (await store.read(after, before)).facts
    assert (told.type, told.subject, told.actor) == ("account.changed", renamed.id, cast.ada.person)
    assert told.data == {"name": "Northwind Traders"}


async def test_the_same_name_again_is_no_change(store: Store) -> None:
    cast = await cast_of(store, now=NOW)
    before = await store.read(end)
    await store.write(rename_account, "Northwind", by=cast.ada, now=NOW)
    assert (await store.read(after, before)).facts == ()


async def test_nobody_else_renames_it_and_it_has_a_name(store: Store) -> None:
    cast = await cast_of(store, now=NOW)
    for nobody in (cast.max, cast.ada.restricted_to(frozenset({"people:write"}))):
        with pytest.raises(Forbidden):
            await store.write(rename_account, "Ours", by=nobody, now=NOW)
    with pytest.raises(Invalid) as refusal:
        await store.write(rename_account, " ", by=cast.ada, now=NOW)
    assert [error.field for error in refusal.value.errors] == ["account"]
