"""Adding and finding people, within their own account."""

import pytest

from parley.ground.db import Store
from parley.ground.facts import after, end
from parley.ground.faults import Forbidden, Invalid, NotFound
from parley.people import (
    NewUser,
    Role,
    Status,
    add_user,
    caller_of,
    find_user,
    find_users,
    suspend_user,
    user_by_email,
    users_named,
)
from tests.people.staff import NOW, found, hire, hired


async def test_somebody_is_added_and_found_again(store: Store) -> None:
    ada = await found(store)
    bob = await store.write(add_user, NewUser(email=" Bob@Harbor.example "), by=ada, now=NOW)
    assert (bob.email, bob.name, bob.role, bob.version) == ("Bob@Harbor.example", "Bob", Role.MEMBER, 1)
    assert await store.read(find_user, bob.id, by=ada) == bob
    assert await store.read(user_by_email, "bob@harbor.EXAMPLE") == bob


async def test_adding_is_told_with_who_did_it(store: Store) -> None:
    ada = await found(store)
    cursor = await store.read(end)
    bob = await store.write(add_user, NewUser(email="bob@harbor.example"), by=ada, now=NOW)
    (fact,) = (await store.read(after, cursor)).facts
    assert (fact.type, fact.subject, fact.actor, fact.at) == ("user.added", bob.id, ada.person, NOW)


@pytest.mark.parametrize("same", ["BOB@harbor.example", "\uff42ob@harbor.example"])  # case, full width
async def test_an_address_belongs_to_one_person_on_the_whole_server(store: Store, same: str) -> None:
    ada = await found(store)
    eve = await found(store, "Lighthouse", email="eve@lighthouse.example")
    await hire(store, ada.account, "bob@harbor.example")
    with pytest.raises(Invalid) as refusal:
        await store.write(add_user, NewUser(email=same), by=eve, now=NOW)
    assert [error.field for error in refusal.value.errors] == ["email"]


async def test_people_of_another_account_are_not_there(store: Store) -> None:
    ada = await found(store)
    eve = await found(store, "Lighthouse", email="eve@lighthouse.example")
    assert eve.person is not None
    with pytest.raises(NotFound):
        await store.read(find_user, eve.person, by=ada)
    assert [user.id for user in (await store.read(find_users, by=ada)).items] == [ada.person]
    assert await store.read(users_named, [eve.person], account=ada.account) == {}


async def test_a_member_sees_themselves_and_nobody_else(store: Store) -> None:
    ada = await found(store)
    bob = await hired(store, ada.account, "bob@harbor.example")
    assert bob.person is not None
    assert ada.person is not None
    assert (await store.read(find_user, bob.person, by=bob)).email == "bob@harbor.example"
    with pytest.raises(Forbidden):
        await store.read(find_user, ada.person, by=bob)
    with pytest.raises(Forbidden):
        await store.read(find_users, by=bob)


async def test_people_are_listed_by_name_page_by_page(store: Store) -> None:
    ada = await found(store)
    for number, name in enumerate(("zoe", "Émile", "bob", "Bob", "Carl")):
        await hire(store, ada.account, f"person{number}@harbor.example", name=name)
    names: list[str] = []
    cursor = None
    while True:
        page = await store.read(find_users, by=ada, limit=2, cursor=cursor)
        names += [user.name for user in page.items]
        if page.next is None:
            break
        cursor = page.next
    assert names == ["Ada", "bob", "Bob", "Carl", "zoe", "Émile"]


async def test_people_are_found_by_part_of_name_or_address(store: Store) -> None:
    ada = await found(store)
    await hire(store, ada.account, "j.muller@harbor.example", name="Jörg MÜLLER")
    await hire(store, ada.account, "percent@harbor.example", name="100% Bob_by")
    for query, names in [
        ("müll", ["Jörg MÜLLER"]),
        ("J.MULLER@", ["Jörg MÜLLER"]),
        ("%", ["100% Bob_by"]),
        ("b_b", ["100% Bob_by"]),
        ("a%a", []),
        ("", ["100% Bob_by", "Ada", "Jörg MÜLLER"]),
    ]:
        page = await store.read(find_users, by=ada, query=query)
        assert [user.name for user in page.items] == names, query


async def test_people_are_found_by_role_and_status(store: Store) -> None:
    ada = await found(store)
    bob = await hire(store, ada.account, "bob@harbor.example", role=Role.AGENT)
    await hire(store, ada.account, "carl@harbor.example", role=Role.AGENT)
    await store.write(suspend_user, bob.id, by=ada, now=NOW)
    agents = await store.read(find_users, by=ada, role=Role.AGENT, status=Status.SUSPENDED)
    assert [user.name for user in agents.items] == ["bob"]


@pytest.mark.parametrize(
    "cursor",
    ["", "!", "bm9uc2Vuc2U", "WyJcdTAwMDAiLDFd", "WyJhIiwtMV0", "Ü", "WyJhIiwxMDAwMDAwMDAwMDAwMDAwMDAwMDAwMF0"],
)
async def test_a_cursor_that_parley_did_not_give_is_refused(store: Store, cursor: str) -> None:
    ada = await found(store)
    with pytest.raises(Invalid):
        await store.read(find_users, by=ada, cursor=cursor)


@pytest.mark.parametrize(("limit", "query"), [(0, None), (201, None), (5, "a\x00b"), (5, "a" * 1000)])
async def test_a_question_that_makes_no_sense_is_refused(store: Store, limit: int, query: str | None) -> None:
    ada = await found(store)
    with pytest.raises(Invalid):
        await store.read(find_users, by=ada, limit=limit, query=query)


async def test_a_suspended_person_cannot_ask_for_anything(store: Store) -> None:
    ada = await found(store)
    bob = await hire(store, ada.account, "bob@harbor.example")
    await store.write(suspend_user, bob.id, by=ada, now=NOW)
    with pytest.raises(Forbidden):
        await store.read(caller_of, bob.id)
    with pytest.raises(NotFound):
        await store.read(caller_of, 5)
