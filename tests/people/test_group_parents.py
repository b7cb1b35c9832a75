"""Groups are parts of others, and never of themselves."""

import asyncio

import pytest

from parley.ground.db import Store
from parley.ground.facts import BEGINNING, after
from parley.ground.faults import Invalid
from parley.people import (
    Caller,
    Group,
    GroupChange,
    change_group,
    create_group,
    delete_group,
    find_group,
    possible_parents,
)
from tests.people.staff import NOW, found


async def make(store: Store, name: str, parent: Group | None = None, *, by: Caller) -> Group:
    return await store.write(create_group, name, parent=parent.id if parent else None, by=by, now=NOW)


async def move(store: Store, group: Group, parent: int | None, *, by: Caller) -> Group:
    return await store.write(change_group, group.id, GroupChange(parent=parent), version=group.version, by=by, now=NOW)


async def test_a_group_is_a_part_of_another_and_comes_out_again(store: Store) -> None:
    ada = await found(store)
    company = await make(store, "Company", by=ada)
    sales = await make(store, "Sales", company, by=ada)
    assert (await store.read(find_group, sales.id, by=ada)).parent == company.id
    out = await move(store, sales, None, by=ada)
    assert (out.parent, out.version) == (None, 2)
    facts = (await store.read(after, BEGINNING)).facts
    assert [fact.data["parent"] for fact in facts if fact.type.startswith("group.")] == [None, company.id, None]


async def test_no_group_is_a_part_of_itself(store: Store) -> None:
    ada = await found(store)
    company = await make(store, "Company", by=ada)
    sales = await make(store, "Sales", company, by=ada)
    north = await make(store, "North", sales, by=ada)
    for parent in (company, sales, north):
        with pytest.raises(Invalid, match="a part of itself"):
            await move(store, company, parent.id, by=ada)
    assert await store.read(possible_parents, company.id, by=ada) == []
    assert await store.read(possible_parents, north.id, by=ada) == [(company.id, "Company"), (sales.id, "Sales")]


async def test_of_two_who_put_each_other_inside_one_does(store: Store) -> None:
    ada = await found(store)
    one, other = [await make(store, name, by=ada) for name in ("One", "Other")]
    outcomes = await asyncio.gather(
        move(store, one, other.id, by=ada), move(store, other, one.id, by=ada), return_exceptions=True
    )
    assert {type(outcome) for outcome in outcomes} == {Group, Invalid}


async def test_a_parent_is_a_group_of_the_account(store: Store) -> None:
    ada = await found(store)
    zoe = await found(store, "Elsewhere", email="zoe@elsewhere.example")
    theirs, ours = await make(store, "Theirs", by=zoe), await make(store, "Ours", by=ada)
    for parent in (theirs.id, 0, 7):
        with pytest.raises(Invalid, match="no such group"):
            await move(store, ours, parent, by=ada)
    with pytest.raises(Invalid, match="no such group"):
        await make(store, "More", theirs, by=ada)


async def test_groups_do_not_go_deeper_than_anybody_can_see(store: Store) -> None:
    ada = await found(store)
    lowest: Group | None = None
    for number in range(20):
        lowest = await make(store, f"Level {number}", lowest, by=ada)
    with pytest.raises(Invalid, match="20 deep"):
        await make(store, "Too deep", lowest, by=ada)


async def test_the_parts_of_a_group_that_goes_move_up(store: Store) -> None:
    ada = await found(store)
    company = await make(store, "Company", by=ada)
    sales = await make(store, "Sales", company, by=ada)
    north = await make(store, "North", sales, by=ada)
    await store.write(delete_group, sales.id, version=1, by=ada, now=NOW)
    lifted = await store.read(find_group, north.id, by=ada)
    assert (lifted.parent, lifted.version) == (company.id, 2)
