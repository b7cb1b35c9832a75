"""Licences: how many an account has, who holds one, and what that lets them do."""

import asyncio

import pytest

from parley.ground.db import Store
from parley.ground.facts import BEGINNING, after
from parley.ground.faults import Forbidden, Invalid
from parley.people import (
    Caller,
    LimitsChange,
    NewUser,
    Product,
    Role,
    User,
    UserChange,
    add_user,
    change_user,
    find_limits,
    find_user,
    need_product,
    set_limits,
)
from tests.people.staff import NOW, found, hire, hired

MEETING, WEBINAR = Product.MEETING, Product.WEBINAR


async def limit(store: Store, by: Caller, *, sessions: int | None = None, **most: int | None) -> None:
    change = LimitsChange(products={Product(name): number for name, number in most.items()}, sessions_at_once=sessions)
    await store.write(set_limits, change, by=by, now=NOW)


async def give(store: Store, user: User, *products: Product, by: Caller, most: int | None = None) -> User:
    change = UserChange(products=products, most_attendees=most)
    return await store.write(change_user, user.id, change, version=user.version, by=by, now=NOW)


async def used(store: Store, by: Caller) -> dict[Product, tuple[int | None, int]]:
    limits = await store.read(find_limits, by=by)
    return {one.product: (one.most, one.used) for one in limits.products}


async def test_nothing_is_limited_that_was_not(store: Store) -> None:
    ada = await found(store)
    olga = await hire(store, ada.account, "olga@harbor.example", role=Role.ORGANIZER)
    assert set((await used(store, ada)).values()) == {(None, 0)}
    assert await store.read(need_product, olga.id, MEETING, by=ada) is None


async def test_a_limited_product_takes_a_licence(store: Store) -> None:
    ada = await found(store)
    olga = await hire(store, ada.account, "olga@harbor.example", role=Role.ORGANIZER)
    await limit(store, ada, meeting=0)
    await limit(store, ada, meeting=2)
    with pytest.raises(Forbidden, match="licence"):
        await store.read(need_product, olga.id, MEETING, by=ada)
    olga = await give(store, olga, MEETING, by=ada, most=25)
    assert (olga.products, olga.most_attendees, olga.version) == ((MEETING,), 25, 2)
    assert await store.read(find_user, olga.id, by=ada) == olga
    assert await store.read(need_product, olga.id, MEETING, by=ada) == 25
    assert (await used(store, ada))[MEETING] == (2, 1)


@pytest.mark.parametrize(("most", "given"), [(2, True), (1, False)])
async def test_who_could_hold_meetings_goes_on_when_there_are_licences_for_all(
    store: Store, *, most: int, given: bool
) -> None:
    ada = await found(store)
    olga = await hire(store, ada.account, "olga@harbor.example", role=Role.ORGANIZER)
    mia = await hire(store, ada.account, "mia@harbor.example", role=Role.MEMBER)
    await limit(store, ada, meeting=most)
    held = [(await store.read(find_user, user.id, by=ada)) for user in (olga, mia)]
    assert [(user.products, user.version) for user in held] == [((MEETING,), 2) if given else ((), 1), ((), 1)]
    assert (await used(store, ada))[MEETING] == (most, 2 if given else 0)
    await limit(store, ada, meeting=3)
    assert (await used(store, ada))[MEETING] == (3, 2 if given else 0)


async def test_a_licence_that_is_taken_is_taken(store: Store) -> None:
    ada = await found(store)
    olga, otto = [await hire(store, ada.account, f"{name}@harbor.example") for name in ("olga", "otto")]
    await limit(store, ada, meeting=0, webinar=0)
    await limit(store, ada, meeting=1)
    olga = await give(store, olga, MEETING, by=ada)
    with pytest.raises(Invalid) as refusal:
        await give(store, otto, MEETING, WEBINAR, by=ada)
    assert [error.field for error in refusal.value.errors] == ["products.meeting", "products.webinar"]
    await give(store, olga, by=ada)
    assert (await give(store, otto, MEETING, by=ada)).products == (MEETING,)


async def test_of_many_who_take_the_last_licence_one_gets_it(store: Store) -> None:
    ada = await found(store)
    await limit(store, ada, meeting=0)
    await limit(store, ada, meeting=1)
    everybody = [await hire(store, ada.account, f"n{number}@harbor.example") for number in range(6)]
    outcomes = await asyncio.gather(*(give(store, user, MEETING, by=ada) for user in everybody), return_exceptions=True)
    assert [type(one) for one in outcomes].count(User) == 1
    assert [type(one) for one in outcomes].count(Invalid) == 5
    assert (await used(store, ada))[MEETING] == (1, 1)


async def test_there_are_not_fewer_licences_than_people_who_hold_one(store: Store) -> None:
    ada = await found(store)
    for name in ("olga", "otto"):
        await give(store, await hire(store, ada.account, f"{name}@harbor.example"), MEETING, by=ada)
    with pytest.raises(Invalid) as refusal:
        await limit(store, ada, meeting=1, webinar=-1)
    assert [error.field for error in refusal.value.errors] == ["products.webinar", "products.meeting"]
    await limit(store, ada, meeting=2)
    await limit(store, ada, meeting=None)
    assert (await used(store, ada))[MEETING] == (None, 2)


async def test_lowering_and_giving_at_once_never_give_more_than_there_are(store: Store) -> None:
    ada = await found(store)
    await limit(store, ada, meeting=3)
    everybody = [await hire(store, ada.account, f"n{number}@harbor.example") for number in range(3)]
    await asyncio.gather(
        *(give(store, user, MEETING, by=ada) for user in everybody),
        limit(store, ada, meeting=1),
        return_exceptions=True,
    )
    held, taken = (await used(store, ada))[MEETING]
    assert held is not None
    assert taken <= held


async def test_who_is_added_can_have_a_licence_at_once(store: Store) -> None:
    ada = await found(store)
    await limit(store, ada, meeting=0)
    await limit(store, ada, meeting=1)
    new = NewUser(email="olga@harbor.example", products=(MEETING,), most_attendees=10)
    assert (await store.write(add_user, new, by=ada, now=NOW)).products == (MEETING,)
    with pytest.raises(Invalid):
        await store.write(add_user, NewUser(email="otto@harbor.example", products=(MEETING,)), by=ada, now=NOW)


async def test_only_administrators_set_limits_and_nobody_gives_themselves_a_licence(store: Store) -> None:
    ada = await found(store)
    max_ = await hired(store, ada.account, "max@harbor.example", role=Role.MANAGER)
    with pytest.raises(Forbidden):
        await limit(store, max_, meeting=5)
    assert max_.person is not None
    for change in (UserChange(products=(MEETING,)), UserChange(most_attendees=None)):
        with pytest.raises(Forbidden):
            await store.write(change_user, max_.person, change, version=1, by=max_, now=NOW)
    assert (await used(store, max_))[MEETING] == (None, 0)


@pytest.mark.parametrize("most", [0, -1, 1_000_001])
async def test_a_licence_is_for_somebody_at_least(store: Store, most: int) -> None:
    ada = await found(store)
    olga = await hire(store, ada.account, "olga@harbor.example")
    with pytest.raises(Invalid, match="most_attendees"):
        await give(store, olga, by=ada, most=most)


async def test_what_changes_is_told(store: Store) -> None:
    ada = await found(store)
    olga = await hire(store, ada.account, "olga@harbor.example")
    await limit(store, ada, meeting=0, sessions=3)
    await limit(store, ada, meeting=0, sessions=3)
    await limit(store, ada, meeting=1, sessions=3)
    await give(store, olga, MEETING, by=ada, most=5)
    facts = (await store.read(after, BEGINNING)).facts
    told = [(fact.type, fact.data) for fact in facts if "limits" in fact.type or "licence" in fact.type]
    assert told == [
        ("account.limits_changed", {"products": {"meeting": 0}, "sessions_at_once": 3}),
        ("account.limits_changed", {"products": {"meeting": 1}, "sessions_at_once": 3}),
        ("user.licence_changed", {"products": ["meeting"], "most_attendees": 5}),
    ]
