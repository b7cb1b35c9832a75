"""Accounts: created with their administrator, or not at all."""

import pytest

from parley.ground.db import Store
from parley.ground.facts import BEGINNING, after
from parley.ground.faults import Conflict, Invalid, NotFound
from parley.people import NewUser, Role, account_named, any_account, create_account, find_account, find_accounts
from tests.people.staff import NOW, found


async def test_an_account_starts_with_an_administrator(store: Store) -> None:
    assert not await store.read(any_account)
    first = NewUser(email="ada@harbor.example", locale="de", time_zone="Europe/Berlin")
    account, user = await store.write(create_account, "Harbor", administrator=first, now=NOW)
    assert (user.role, user.name, user.locale, user.time_zone) == (Role.ADMINISTRATOR, "ada", "de", "Europe/Berlin")
    assert user.account == account.id
    assert await store.read(any_account)
    assert await store.read(find_account, account.id) == account


async def test_creating_an_account_is_told(store: Store) -> None:
    ada = await found(store)
    told = await store.read(after, BEGINNING)
    assert [(fact.type, fact.account, fact.actor) for fact in told.facts] == [
        ("account.created", ada.account, None),
        ("user.added", ada.account, None),
    ]
    assert told.facts[0].data == {"name": "Harbor"}
    assert told.facts[1].data == {"email": "ada@harbor.example", "name": "Ada", "role": "administrator"}


async def test_every_wrong_field_is_named_and_nothing_is_stored(store: Store) -> None:
    nobody = NewUser(email="nobody", name="\x00", locale="tlh", time_zone="Mars/Olympus")
    with pytest.raises(Invalid) as refusal:
        await store.write(create_account, " ", administrator=nobody, now=NOW)
    assert [error.field for error in refusal.value.errors] == ["account", "email", "name", "locale", "time_zone"]
    assert not await store.read(any_account)


async def test_an_account_whose_administrator_is_taken_is_not_created(store: Store) -> None:
    await found(store)
    with pytest.raises(Invalid):
        await found(store, "Lighthouse", email="ADA@harbor.example")
    told = await store.read(after, BEGINNING)
    assert [fact.type for fact in told.facts] == ["account.created", "user.added"]


async def test_there_is_no_account_under_an_id_of_nothing(store: Store) -> None:
    with pytest.raises(NotFound):
        await store.read(find_account, 5)


async def test_the_operator_names_an_account_where_there_are_several(store: Store) -> None:
    with pytest.raises(NotFound, match="no account yet"):
        await store.read(account_named, None)
    harbor = (await found(store)).account
    assert (await store.read(account_named, None)).id == harbor
    lighthouse = (await found(store, "Lighthouse", email="eve@lighthouse.example")).account
    with pytest.raises(Conflict, match=r"--account: Harbor, Lighthouse\.$"):
        await store.read(account_named, None)
    with pytest.raises(NotFound, match=r"There is no account Pier\. There are: Harbor, Lighthouse\."):
        await store.read(account_named, "Pier")
    assert (await store.read(account_named, "Lighthouse")).id == lighthouse
    assert [account.id for account in await store.read(find_accounts)] == [harbor, lighthouse]


async def test_accounts_of_one_name_are_told_apart_by_their_ids(store: Store) -> None:
    one = (await found(store)).account
    other = (await found(store, "Harbor", email="eve@lighthouse.example")).account
    with pytest.raises(Conflict, match=rf"Harbor \({one}\), Harbor \({other}\)"):
        await store.read(account_named, "Harbor")
    assert (await store.read(account_named, str(other))).id == other
