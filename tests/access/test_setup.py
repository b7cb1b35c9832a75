"""The first administrator's link."""

import asyncio

import pytest

from parley.access import Context, find_setup, redeem_reset, redeem_setup, setup_link, sign_in
from parley.ground.faults import Invalid, NotFound
from parley.people import NewUser, Role, any_account
from tests.access.visitors import HOME, PASSWORD
from tests.clock import SettableClock
from tests.people.staff import found

ADA = NewUser(email="ada@harbor.example", name="Ada", locale="fr", time_zone="Europe/Paris")


async def printed(context: Context) -> str:
    """Return the secret of the link that a fresh server prints."""
    link = await context.store.write(setup_link, url="http://localhost:8080", now=context.clock())
    assert link is not None
    assert link.startswith("http://localhost:8080/welcome/")
    return link.rpartition("/")[2]


async def test_the_first_administrator_names_the_account_and_is_in(context: Context) -> None:
    secret = await printed(context)
    entered = await redeem_setup(context, secret, account="Harbor", administrator=ADA, password=PASSWORD, client=HOME)
    assert (entered.caller.role, entered.caller.locale) == (Role.ADMINISTRATOR, "fr")
    await sign_in(context, email="ada@harbor.example", password=PASSWORD, client=HOME)


async def test_with_an_account_there_is_no_link_and_none_works(context: Context) -> None:
    secret = await printed(context)
    await found(context.store)
    assert await context.store.write(setup_link, url="http://localhost:8080", now=context.clock()) is None
    with pytest.raises(NotFound):
        await redeem_setup(context, secret, account="Mine", administrator=ADA, password=PASSWORD, client=HOME)


async def test_each_start_makes_a_link_and_ends_the_one_before(context: Context) -> None:
    first, second = await printed(context), await printed(context)
    await context.store.read(find_setup, second, now=context.clock())
    with pytest.raises(NotFound):
        await context.store.read(find_setup, first, now=context.clock())


async def test_the_link_works_for_a_day(context: Context, clock: SettableClock) -> None:
    secret = await printed(context)
    clock.advance(days=1)
    with pytest.raises(NotFound):
        await context.store.read(find_setup, secret, now=clock())


async def test_every_wrong_field_is_named_and_the_link_stays_good(context: Context) -> None:
    secret = await printed(context)
    nobody = NewUser(email="nobody", name="", locale="xx", time_zone="Nowhere")
    with pytest.raises(Invalid) as refusal:
        await redeem_setup(context, secret, account="", administrator=nobody, password="short", client=HOME)
    fields = [wrong.field for wrong in refusal.value.errors]
    assert fields == ["account", "email", "name", "locale", "time_zone", "password"]
    assert not await context.store.read(any_account)
    await context.store.read(find_setup, secret, now=context.clock())


async def test_of_two_at_once_one_sets_up_the_server(context: Context) -> None:
    secret = await printed(context)
    results = await asyncio.gather(
        *(
            redeem_setup(context, secret, account=name, administrator=ADA, password=PASSWORD, client=HOME)
            for name in ("Harbor", "Lighthouse")
        ),
        return_exceptions=True,
    )
    assert sorted(type(result).__name__ for result in results) == ["NotFound", "SignedIn"]


async def test_a_link_for_a_password_sets_up_nothing(context: Context) -> None:
    secret = await printed(context)
    with pytest.raises(NotFound):
        await redeem_reset(context, secret, password=PASSWORD, client=HOME)
