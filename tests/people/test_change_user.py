"""Changing and suspending people: who may, what is refused, and what is told."""

import asyncio

import pytest

from parley.ground.db import Store
from parley.ground.facts import after, end
from parley.ground.faults import Conflict, Forbidden, Invalid, NotFound, Stale
from parley.people import (
    RIGHTS,
    Caller,
    Role,
    Status,
    User,
    UserChange,
    caller_of,
    change_user,
    find_user,
    operator,
    reactivate_user,
    suspend_user,
)
from tests.people.staff import NOW, found, hire, hired


async def change(store: Store, user: int | None, change: UserChange, *, by: Caller, version: int = 1) -> User:
    assert user is not None
    return await store.write(change_user, user, change, version=version, by=by, now=NOW)


async def test_an_administrator_changes_everything(store: Store) -> None:
    ada = await found(store)
    bob = await hire(store, ada.account, "bob@harbor.example")
    wanted = UserChange(email="rob@harbor.example", name="Rob", role=Role.AGENT, locale="fr", time_zone="Europe/Paris")
    cursor = await store.read(end)
    rob = await change(store, bob.id, wanted, by=ada)
    assert (rob.email, rob.name, rob.role, rob.locale, rob.time_zone, rob.version) == (
        "rob@harbor.example",
        "Rob",
        Role.AGENT,
        "fr",
        "Europe/Paris",
        2,
    )
    assert await store.read(find_user, bob.id, by=ada) == rob
    (fact,) = (await store.read(after, cursor)).facts
    assert fact.type == "user.changed"
    assert fact.data["fields"] == ["email", "name", "role", "locale", "time_zone"]


async def test_a_change_that_changes_nothing_is_not_told(store: Store) -> None:
    ada = await found(store)
    cursor = await store.read(end)
    assert (await change(store, ada.person, UserChange(name=" Ada "), by=ada)).version == 1
    assert not (await store.read(after, cursor)).facts


async def test_a_stale_edit_is_refused_with_what_is_there_now(store: Store) -> None:
    ada = await found(store)
    now = await change(store, ada.person, UserChange(name="Ada L."), by=ada)
    with pytest.raises(Stale) as refusal:
        await change(store, ada.person, UserChange(name="Countess"), by=ada)
    assert refusal.value.current == now


async def test_of_two_edits_at_once_one_is_stale(store: Store) -> None:
    ada = await found(store)
    edits = [change(store, ada.person, UserChange(name=name), by=ada) for name in ("One", "Two")]
    results = await asyncio.gather(*edits, return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["Stale", "User"]


async def test_everybody_mends_their_own_name_language_and_zone_only(store: Store) -> None:
    ada = await found(store)
    bob = await hired(store, ada.account, "bob@harbor.example")
    assert (await change(store, bob.person, UserChange(name="Robert", locale="it"), by=bob)).name == "Robert"
    for greedy in (UserChange(role=Role.ADMINISTRATOR), UserChange(email="x@harbor.example")):
        with pytest.raises(Forbidden):
            await change(store, bob.person, greedy, by=bob, version=2)
    with pytest.raises(Forbidden):
        await change(store, ada.person, UserChange(name="Mallory"), by=bob)


async def test_a_token_that_is_cut_down_cannot_make_itself_an_administrator(store: Store) -> None:
    ada = await found(store)
    clerk = ada.restricted_to(RIGHTS[Role.ORGANIZER] | {"people:write"})
    bob = await hire(store, ada.account, "bob@harbor.example")
    assert (await change(store, bob.id, UserChange(role=Role.ORGANIZER), by=clerk)).role is Role.ORGANIZER
    with pytest.raises(Forbidden):
        await change(store, bob.id, UserChange(role=Role.ADMINISTRATOR), by=clerk, version=2)
    with pytest.raises(Forbidden):
        await change(store, ada.person, UserChange(email="mine@elsewhere.example"), by=clerk)
    with pytest.raises(Forbidden):
        await store.write(suspend_user, ada.person or 0, by=clerk, now=NOW)


async def test_every_wrong_field_is_named(store: Store) -> None:
    ada = await found(store)
    with pytest.raises(Invalid) as refusal:
        await change(store, ada.person, UserChange(email="@", name="", locale="xx", time_zone="../etc/passwd"), by=ada)
    assert [error.field for error in refusal.value.errors] == ["email", "name", "locale", "time_zone"]


async def test_the_address_of_somebody_else_is_refused(store: Store) -> None:
    ada = await found(store)
    bob = await hire(store, ada.account, "bob@harbor.example")
    with pytest.raises(Invalid):
        await change(store, bob.id, UserChange(email="Ada@harbor.example"), by=ada)
    assert (await store.read(find_user, bob.id, by=ada)) == bob


async def test_people_of_another_account_cannot_be_touched(store: Store) -> None:
    ada = await found(store)
    eve = await found(store, "Lighthouse", email="eve@lighthouse.example")
    with pytest.raises(NotFound):
        await change(store, eve.person, UserChange(name="Mine"), by=ada)
    with pytest.raises(NotFound):
        await store.write(suspend_user, eve.person or 0, by=ada, now=NOW)
    with pytest.raises(NotFound):
        await store.write(suspend_user, eve.person or 0, by=operator(ada.account), now=NOW)


async def test_the_last_administrator_stays(store: Store) -> None:
    ada = await found(store)
    with pytest.raises(Conflict):
        await change(store, ada.person, UserChange(role=Role.MANAGER), by=ada)
    with pytest.raises(Conflict):
        await store.write(suspend_user, ada.person or 0, by=ada, now=NOW)
    bob = await hire(store, ada.account, "bob@harbor.example", role=Role.ADMINISTRATOR)
    await store.write(suspend_user, bob.id, by=ada, now=NOW)
    with pytest.raises(Conflict):  # a suspended administrator administers nothing
        await change(store, ada.person, UserChange(role=Role.MANAGER), by=ada)
    await store.write(reactivate_user, bob.id, by=ada, now=NOW)
    assert (await change(store, ada.person, UserChange(role=Role.MANAGER), by=ada)).role is Role.MANAGER


async def test_two_administrators_cannot_remove_each_other_at_once(store: Store) -> None:
    ada = await found(store)
    bob = await hired(store, ada.account, "bob@harbor.example", role=Role.ADMINISTRATOR)
    results = await asyncio.gather(
        store.write(suspend_user, bob.person or 0, by=ada, now=NOW),
        store.write(suspend_user, ada.person or 0, by=bob, now=NOW),
        return_exceptions=True,
    )
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "User"]


async def test_suspending_twice_is_suspending_once(store: Store) -> None:
    ada = await found(store)
    bob = await hire(store, ada.account, "bob@harbor.example")
    cursor = await store.read(end)
    first = await store.write(suspend_user, bob.id, by=ada, now=NOW)
    again = await store.write(suspend_user, bob.id, by=ada, now=NOW)
    assert first == again
    assert (first.status, first.version) == (Status.SUSPENDED, 2)
    back = await store.write(reactivate_user, bob.id, by=ada, now=NOW)
    assert (await store.read(caller_of, bob.id)).person == back.id
    told = (await store.read(after, cursor)).facts
    assert [(fact.type, fact.subject) for fact in told] == [("user.suspended", bob.id), ("user.reactivated", bob.id)]


async def test_only_those_who_administer_suspend(store: Store) -> None:
    ada = await found(store)
    bob = await hire(store, ada.account, "bob@harbor.example")
    for role in (Role.MANAGER, Role.ORGANIZER, Role.AGENT, Role.MEMBER):
        other = await hired(store, ada.account, f"{role}@harbor.example", role=role)
        with pytest.raises(Forbidden):
            await store.write(suspend_user, bob.id, by=other, now=NOW)
