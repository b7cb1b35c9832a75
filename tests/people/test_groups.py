"""Groups: who is in them, and who may say so."""

import pytest

from parley.ground.db import Store
from parley.ground.facts import after, end
from parley.ground.faults import Forbidden, Invalid, NotFound, Stale
from parley.people import (
    GroupChange,
    Role,
    change_group,
    create_group,
    delete_group,
    find_group,
    find_groups,
    set_members,
)
from tests.people.staff import NOW, found, hire, hired


async def test_a_group_is_created_with_its_people(store: Store) -> None:
    ada = await found(store)
    bob = await hire(store, ada.account, "bob@harbor.example")
    cursor = await store.read(end)
    crew = await store.write(
        create_group, " Crew ", description="Night shift", members=[bob.id, bob.id], by=ada, now=NOW
    )
    assert (crew.name, crew.description, crew.members, crew.version) == ("Crew", "Night shift", (bob.id,), 1)
    assert await store.read(find_group, crew.id, by=ada) == crew
    (fact,) = (await store.read(after, cursor)).facts
    assert (fact.type, fact.data) == ("group.created", {"name": "Crew", "parent": None, "joined": [bob.id]})


async def test_people_join_and_leave(store: Store) -> None:
    ada = await found(store)
    people = [(await hire(store, ada.account, f"{n}@harbor.example")).id for n in "abc"]
    crew = await store.write(create_group, "Crew", members=people[:2], by=ada, now=NOW)
    cursor = await store.read(end)
    crew = await store.write(set_members, crew.id, people[1:], version=1, by=ada, now=NOW)
    assert (crew.members, crew.version) == (tuple(people[1:]), 2)
    assert await store.read(find_group, crew.id, by=ada) == crew
    (fact,) = (await store.read(after, cursor)).facts
    assert fact.data == {"name": "Crew", "parent": None, "joined": people[2:], "left": people[:1]}


async def test_the_same_members_again_are_no_change(store: Store) -> None:
    ada = await found(store)
    crew = await store.write(create_group, "Crew", by=ada, now=NOW)
    assert await store.write(set_members, crew.id, [], version=1, by=ada, now=NOW) == crew


async def test_a_stranger_cannot_be_a_member(store: Store) -> None:
    ada = await found(store)
    eve = await found(store, "Lighthouse", email="eve@lighthouse.example")
    crew = await store.write(create_group, "Crew", by=ada, now=NOW)
    for stranger in (eve.person or 0, 5):
        with pytest.raises(Invalid) as refusal:
            await store.write(set_members, crew.id, [stranger], version=1, by=ada, now=NOW)
        assert [error.field for error in refusal.value.errors] == ["members"]


async def test_a_group_has_only_so_many_members(store: Store) -> None:
    ada = await found(store)
    with pytest.raises(Invalid) as refusal:
        await store.write(create_group, "Everybody", members=range(1, 5_002), by=ada, now=NOW)
    assert "5000" in str(refusal.value)


async def test_a_group_that_stays_as_it_is_is_not_told(store: Store) -> None:
    ada = await found(store)
    crew = await store.write(create_group, "Crew", by=ada, now=NOW)
    cursor = await store.read(end)
    assert await store.write(change_group, crew.id, GroupChange(name="Crew "), version=1, by=ada, now=NOW) == crew
    assert not (await store.read(after, cursor)).facts


async def test_a_group_is_renamed(store: Store) -> None:
    ada = await found(store)
    crew = await store.write(create_group, "Crew", description="All", by=ada, now=NOW)
    renamed = await store.write(change_group, crew.id, GroupChange(name="Staff"), version=1, by=ada, now=NOW)
    assert (renamed.name, renamed.description, renamed.version) == ("Staff", "All", 2)
    with pytest.raises(Stale) as refusal:
        await store.write(change_group, crew.id, GroupChange(name="Team"), version=1, by=ada, now=NOW)
    assert refusal.value.current == renamed


async def test_a_name_stands_for_one_group_of_an_account(store: Store) -> None:
    ada = await found(store)
    eve = await found(store, "Lighthouse", email="eve@lighthouse.example")
    await store.write(create_group, "Crew", by=ada, now=NOW)
    await store.write(create_group, "Crew", by=eve, now=NOW)
    staff = await store.write(create_group, "Staff", by=ada, now=NOW)
    with pytest.raises(Invalid):
        await store.write(create_group, "CREW", by=ada, now=NOW)
    with pytest.raises(Invalid):
        await store.write(change_group, staff.id, GroupChange(name="crew"), version=1, by=ada, now=NOW)


async def test_a_deleted_group_is_gone_and_its_people_stay(store: Store) -> None:
    ada = await found(store)
    crew = await store.write(create_group, "Crew", members=[ada.person or 0], by=ada, now=NOW)
    with pytest.raises(Stale):
        await store.write(delete_group, crew.id, version=7, by=ada, now=NOW)
    await store.write(delete_group, crew.id, version=1, by=ada, now=NOW)
    with pytest.raises(NotFound):
        await store.read(find_group, crew.id, by=ada)
    again = await store.write(create_group, "Crew", members=[ada.person or 0], by=ada, now=NOW)
    assert again.members == (ada.person,)


async def test_groups_are_listed_by_name_page_by_page(store: Store) -> None:
    ada = await found(store)
    for name in ("b", "A", "c"):
        await store.write(create_group, name, members=[ada.person or 0], by=ada, now=NOW)
    first = await store.read(find_groups, by=ada, limit=2)
    rest = await store.read(find_groups, by=ada, limit=2, cursor=first.next)
    assert [group.name for group in first.items + rest.items] == ["A", "b", "c"]
    assert rest.next is None
    assert all(group.members == (ada.person,) for group in first.items)


async def test_groups_of_another_account_are_not_there(store: Store) -> None:
    ada = await found(store)
    eve = await found(store, "Lighthouse", email="eve@lighthouse.example")
    crew = await store.write(create_group, "Crew", by=ada, now=NOW)
    with pytest.raises(NotFound):
        await store.read(find_group, crew.id, by=eve)
    with pytest.raises(NotFound):
        await store.write(delete_group, crew.id, version=1, by=eve, now=NOW)
    assert (await store.read(find_groups, by=eve)).items == ()


async def test_organizers_see_groups_and_do_not_change_them(store: Store) -> None:
    ada = await found(store)
    olga = await hired(store, ada.account, "olga@harbor.example", role=Role.ORGANIZER)
    crew = await store.write(create_group, "Crew", by=ada, now=NOW)
    assert (await store.read(find_groups, by=olga)).items == (crew,)
    with pytest.raises(Forbidden):
        await store.write(create_group, "Mine", by=olga, now=NOW)
    with pytest.raises(Forbidden):
        await store.write(set_members, crew.id, [], version=1, by=olga, now=NOW)


@pytest.mark.parametrize(
    ("name", "description", "error"), [("", "", ["name"]), ("x" * 201, "\x07", ["name", "description"])]
)
async def test_every_wrong_field_is_named(store: Store, name: str, description: str, error: list[str]) -> None:
    ada = await found(store)
    with pytest.raises(Invalid) as refusal:
        await store.write(create_group, name, description=description, by=ada, now=NOW)
    assert [each.field for each in refusal.value.errors] == error
