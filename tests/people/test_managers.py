"""Managers: who manages which group, and who says so."""

import pytest

from parley.ground.db import Store
from parley.ground.facts import after, end
from parley.ground.faults import Forbidden, Invalid, Stale
from parley.people import (
    Role,
    UserChange,
    change_user,
    create_group,
    delete_user,
    find_group,
    groups_managed,
    managed_among,
    set_managers,
)
from tests.cast import Cast, cast_of
from tests.people.staff import NOW


@pytest.fixture
async def cast(store: Store) -> Cast:
    return await cast_of(store, now=NOW)


async def test_an_administrator_says_who_manages_a_group(store: Store, cast: Cast) -> None:
    team = await store.write(create_group, "Team", by=cast.ada, now=NOW)
    cursor = await store.read(end)
    managed = await store.write(set_managers, team.id, _ids(cast.max), version=1, by=cast.ada, now=NOW)
    assert managed == await store.read(find_group, team.id, by=cast.ada)
    assert (managed.managers, managed.version) == ((cast.max.person,), 2)
    (fact,) = (await store.read(after, cursor)).facts
    assert (fact.type, fact.data) == ("group.managers_changed", {"name": "Team", "managers": [cast.max.person]})
    assert await store.write(set_managers, team.id, _ids(cast.max), version=2, by=cast.ada, now=NOW) == managed
    nobody = await store.write(set_managers, team.id, [], version=2, by=cast.ada, now=NOW)
    assert nobody.managers == ()


async def test_only_managers_of_the_account_can(store: Store, cast: Cast) -> None:
    team = await store.write(create_group, "Team", by=cast.ada, now=NOW)
    for nobody in (cast.olga, cast.zoe):
        with pytest.raises(Invalid) as refusal:
            await store.write(set_managers, team.id, _ids(nobody), version=1, by=cast.ada, now=NOW)
        assert [error.field for error in refusal.value.errors] == ["managers"]
    with pytest.raises(Forbidden):
        await store.write(set_managers, team.id, _ids(cast.max), version=1, by=cast.max, now=NOW)
    with pytest.raises(Stale):
        await store.write(set_managers, team.id, _ids(cast.max), version=7, by=cast.ada, now=NOW)


async def test_parts_of_a_group_are_managed_with_it(store: Store, cast: Cast) -> None:
    sales = await store.write(create_group, "Sales", members=_ids(cast.olga), by=cast.ada, now=NOW)
    north = await store.write(create_group, "North", parent=sales.id, members=_ids(cast.otto), by=cast.ada, now=NOW)
    await store.write(create_group, "Other", members=_ids(cast.mia), by=cast.ada, now=NOW)
    await store.write(set_managers, sales.id, _ids(cast.max), version=1, by=cast.ada, now=NOW)
    assert await store.read(groups_managed, cast.max.person or 0) == [(north.id, "North"), (sales.id, "Sales")]
    everybody = _ids(cast.olga, cast.otto, cast.mia)
    assert await store.read(managed_among, cast.max.person or 0, everybody) == {cast.olga.person, cast.otto.person}


async def test_who_is_no_manager_any_more_stays_beside_the_group_and_can_be_taken_away(
    store: Store, cast: Cast
) -> None:
    team = await store.write(create_group, "Team", by=cast.ada, now=NOW)
    await store.write(set_managers, team.id, _ids(cast.max), version=1, by=cast.ada, now=NOW)
    await store.write(change_user, cast.max.person or 0, UserChange(role=Role.MEMBER), version=1, by=cast.ada, now=NOW)
    kept = await store.write(set_managers, team.id, _ids(cast.max), version=2, by=cast.ada, now=NOW)
    assert kept.managers == (cast.max.person,)
    assert (await store.write(set_managers, team.id, [], version=2, by=cast.ada, now=NOW)).managers == ()


async def test_who_is_deleted_manages_nothing(store: Store, cast: Cast) -> None:
    team = await store.write(create_group, "Team", by=cast.ada, now=NOW)
    await store.write(set_managers, team.id, _ids(cast.max), version=1, by=cast.ada, now=NOW)
    await store.write(delete_user, cast.max.person or 0, by=cast.ada, now=NOW)
    assert (await store.read(find_group, team.id, by=cast.ada)).managers == ()


def _ids(*people: object) -> list[int]:
    return [getattr(one, "person", 0) for one in people]
