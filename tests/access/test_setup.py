"""The first administrator's link."""

import asyncio

import pytest

from parley.access import Desk, find_setup, redeem_reset, redeem_setup, setup_link, sign_in
from parley.ground.faults import Invalid, NotFound
from parley.people import NewUser, Role, any_account
from tests.access.visitors import HOME, PASSWORD
from tests.clock import SettableClock
from tests.people.staff import found

ADA = NewUser(email="ada@harbor.example", name="Ada", locale="fr", time_zone="Europe/Paris")


async def printed(desk: Desk) -> str:
    """Return the secret of the link that a fresh server prints."""
    link = await desk.store.write(setup_link, url="http://localhost:8080", now=desk.clock())
    assert link is not None
    assert link.startswith("http://localhost:8080/welcome/")
    return link.rpartition("/")[2]


async def test_the_first_administrator_names_the_account_and_is_in(desk: Desk) -> None:
    secret = await printed(desk)
    entered = await redeem_setup(desk, secret, account="Harbor", administrator=ADA, password=PASSWORD, visit=HOME)
    assert (entered.caller.role, entered.caller.locale) == (Role.ADMINISTRATOR, "fr")
    await sign_in(desk, email="ada@harbor.example", password=PASSWORD, visit=HOME)


async def test_with_an_account_there_is_no_link_and_none_works(desk: Desk) -> None:
    secret = await printed(desk)
    await found(desk.store)
    assert await desk.store.write(setup_link, url="http://localhost:8080", now=desk.clock()) is None
    with pytest.raises(NotFound):
        await redeem_setup(desk, secret, account="Mine", administrator=ADA, password=PASSWORD, visit=HOME)


async def test_each_start_makes_a_link_and_ends_the_one_before(desk: Desk) -> None:
    first, second = await printed(desk), await printed(desk)
    await desk.store.read(find_setup, second, now=desk.clock())
    with pytest.raises(NotFound):
        await desk.store.read(find_setup, first, now=desk.clock())


async def test_the_link_works_for_a_day(desk: Desk, clock: SettableClock) -> None:
    secret = await printed(desk)
    clock.advance(days=1)
    with pytest.raises(NotFound):
        await desk.store.read(find_setup, secret, now=clock())


async def test_every_wrong_field_is_named_and_the_link_stays_good(desk: Desk) -> None:
    secret = await printed(desk)
    nobody = NewUser(email="nobody", name="", locale="xx", time_zone="Nowhere")
    with pytest.raises(Invalid) as refusal:
        await redeem_setup(desk, secret, account="", administrator=nobody, password="short", visit=HOME)
    fields = [wrong.field for wrong in refusal.value.wrongs]
    assert fields == ["account", "email", "name", "locale", "time_zone", "password"]
    assert not await desk.store.read(any_account)
    await desk.store.read(find_setup, secret, now=desk.clock())


async def test_of_two_at_once_one_sets_up_the_server(desk: Desk) -> None:
    secret = await printed(desk)
    results = await asyncio.gather(
        *(
            redeem_setup(desk, secret, account=name, administrator=ADA, password=PASSWORD, visit=HOME)
            for name in ("Harbor", "Lighthouse")
        ),
        return_exceptions=True,
    )
    assert sorted(type(result).__name__ for result in results) == ["NotFound", "SignedIn"]


async def test_a_link_for_a_password_sets_up_nothing(desk: Desk) -> None:
    secret = await printed(desk)
    with pytest.raises(NotFound):
        await redeem_reset(desk, secret, password=PASSWORD, visit=HOME)
