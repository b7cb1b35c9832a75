"""Signing in, and what stands in the way of those who guess."""

import asyncio

import pytest
from sqlalchemy import Connection, select

from parley.access import ClientInfo, Context, Hasher, sessions_of, sign_in
from parley.access.credential import Kind
from parley.access.credential_cache import CredentialCache
from parley.access.rows.browser_sessions import browser_sessions
from parley.access.rows.passwords import password_of
from parley.ground.facts import after, end
from parley.ground.faults import Forbidden, Invalid, OverLimit
from parley.ground.secrets import token_hash
from parley.people import suspend_user
from tests.access.meanwhile import HasherMeanwhile
from tests.access.visitors import ELSEWHERE, HOME, PASSWORD, give_password, opened
from tests.clock import SettableClock
from tests.people.staff import NOW, found, hire

ADA = "ada@harbor.example"
WRONG = "wrong password"


async def test_the_right_password_opens_a_session(context: Context) -> None:
    ada = await opened(context)
    cursor = await context.store.read(end)
    entered = await sign_in(context, email=" ADA@harbor.example ", password=PASSWORD, client=HOME)
    assert entered.caller == ada
    assert (entered.session.address, entered.session.agent) == ("198.51.100.7", "Firefox")
    assert await context.store.read(sessions_of, by=ada) == [entered.session]
    (fact,) = (await context.store.read(after, cursor)).facts
    assert (fact.type, fact.subject, fact.data) == ("user.signed_in", ada.person, {"browser": entered.session.id})


async def test_the_secret_is_stored_as_a_hash_only(context: Context) -> None:
    await opened(context)
    entered = await sign_in(context, email=ADA, password=PASSWORD, client=HOME)

    def stored(db: Connection) -> list[bytes]:
        return list(db.execute(select(browser_sessions.c.token_hash)).scalars())

    assert await context.store.read(stored) == [token_hash(entered.secret)]


async def refusal(context: Context, *, email: str = ADA, password: str = WRONG, client: ClientInfo = HOME) -> Exception:
    with pytest.raises((Invalid, OverLimit, Forbidden)) as refused:
        await sign_in(context, email=email, password=password, client=client)
    return refused.value


async def test_unknown_people_and_wrong_passwords_are_refused_alike(context: Context) -> None:
    ada = await opened(context)
    await hire(context.store, ada.account, "bob@harbor.example")  # has no password
    refusals = [
        await refusal(context),
        await refusal(context, email="nobody@harbor.example", password=PASSWORD),
        await refusal(context, email="bob@harbor.example", password=PASSWORD),
        await refusal(context, email="not an address"),
        await refusal(context, email="ada\x00@harbor.example"),
        await refusal(context, email="\ud800@harbor.example"),
    ]
    assert {str(each) for each in refusals} == {
        "password: This e-mail address and this password do not belong together."
    }


class CountingHasher(Hasher):
    """Counts how often it had to work."""

    def __init__(self) -> None:
        super().__init__(memory_kib=8, rounds=1)
        self.verified: list[str | None] = []

    async def verify(self, stored: str | None, password: str) -> bool:
        self.verified.append(stored)
        return await super().verify(stored, password)


async def test_nobody_costs_as_much_work_as_somebody(context: Context) -> None:
    await opened(context)
    context.hasher = CountingHasher()
    await refusal(context)
    await refusal(context, email="nobody@harbor.example")
    assert [stored is None for stored in context.hasher.verified] == [False, True]


async def test_somebody_suspended_is_told_so_only_with_the_right_password(context: Context) -> None:
    ada = await opened(context)
    bob = await hire(context.store, ada.account, "bob@harbor.example")
    await give_password(context, bob.as_caller())
    await context.store.write(suspend_user, bob.id, by=ada, now=NOW)
    assert isinstance(await refusal(context, email=bob.email), Invalid)
    assert isinstance(await refusal(context, email=bob.email, password=PASSWORD), Forbidden)


async def test_a_new_session_replaces_the_browsers_old_one(context: Context) -> None:
    ada = await opened(context)
    first = await sign_in(context, email=ADA, password=PASSWORD, client=HOME)
    second = await sign_in(context, email=ADA, password=PASSWORD, client=HOME, replaces=first.secret)
    assert first.secret != second.secret
    assert await context.store.read(sessions_of, by=ada) == [second.session]


async def test_a_cookie_brought_along_never_becomes_good(context: Context) -> None:
    await opened(context)
    await sign_in(context, email=ADA, password=PASSWORD, client=HOME, replaces="planted")
    known = CredentialCache(context.store, idle=context.settings.signin_idle, clock=context.clock)
    assert await known.find(Kind.BROWSER, "planted") is None


async def test_guessing_at_somebody_is_slowed_down_also_for_the_right_guess(
    context: Context, clock: SettableClock
) -> None:
    await opened(context)
    for _ in range(10):
        assert isinstance(await refusal(context), Invalid)
    clock.advance(minutes=5)
    held_off = await refusal(context, password=PASSWORD, client=ELSEWHERE)
    assert isinstance(held_off, OverLimit)
    assert held_off.retry_after == 600
    clock.advance(minutes=10, seconds=1)
    await sign_in(context, email=ADA, password=PASSWORD, client=HOME)


async def test_guessing_at_nobody_is_slowed_down_alike(context: Context) -> None:
    await opened(context)
    for _ in range(10):
        await refusal(context, email="nobody@harbor.example")
    assert isinstance(await refusal(context, email="NOBODY@harbor.example"), OverLimit)


async def test_an_address_of_many_marks_holds_nobody_up(context: Context) -> None:
    """Folding all of it would take minutes, in which nobody else is served."""
    await opened(context)
    marks = "a" + "\u0315\u0300" * 200_000
    assert isinstance(await refusal(context, email=f"{marks}@harbor.example", password=marks), Invalid)


async def test_spaces_around_an_address_are_no_further_guesses(context: Context) -> None:
    await opened(context)
    for n in range(10):
        await refusal(context, email=" " * n + ADA)
    assert isinstance(await refusal(context, email=f"{ADA}\t"), OverLimit)


async def test_many_guesses_at_once_are_not_more(context: Context) -> None:
    await opened(context)
    guesses = [sign_in(context, email=ADA, password=f"guess number {n}", client=HOME) for n in range(25)]
    results = await asyncio.gather(*guesses, return_exceptions=True)
    assert sum(isinstance(result, Invalid) for result in results) == 10
    assert sum(isinstance(result, OverLimit) for result in results) == 15


async def test_one_address_guesses_at_many_people_no_faster(context: Context) -> None:
    await opened(context)
    neighbor = ClientInfo(address="2001:db8:1:2::1", agent="")
    for n in range(60):
        assert isinstance(await refusal(context, email=f"person{n}@harbor.example", client=neighbor), Invalid)
    same_site = ClientInfo(address="2001:db8:1:2:ffff::9", agent="")
    assert isinstance(await refusal(context, email="another@harbor.example", client=same_site), OverLimit)
    assert isinstance(await refusal(context, email="another@harbor.example", client=HOME), Invalid)


async def test_signing_in_forgives_earlier_slips(context: Context) -> None:
    await opened(context)
    for _ in range(3):
        for _ in range(9):
            await refusal(context)
        await sign_in(context, email=ADA, password=PASSWORD, client=HOME)


async def test_a_hash_of_old_parameters_is_renewed(context: Context) -> None:
    ada = await opened(context)
    before = await context.store.read(password_of, ada.person or 0)
    context.hasher = Hasher(memory_kib=16, rounds=1)
    await sign_in(context, email=ADA, password=PASSWORD, client=HOME)
    renewed = await context.store.read(password_of, ada.person or 0)
    assert before != renewed
    assert not context.hasher.is_outdated(renewed or "")
    await sign_in(context, email=ADA, password=PASSWORD, client=HOME)


async def test_a_password_that_changes_while_it_is_verified_lets_nobody_in_and_is_not_stored_again(
    context: Context,
) -> None:
    ada = await opened(context)
    # The hash of before is outdated, so that signing in would renew it.
    context.hasher = HasherMeanwhile(lambda: give_password(context, ada, "eight gulls below"), memory_kib=16)
    assert str(await refusal(context, password=PASSWORD)) == str(await refusal(context))
    context.hasher = Hasher(memory_kib=16, rounds=1)
    assert await context.store.read(sessions_of, by=ada) == []
    assert isinstance(await refusal(context, password=PASSWORD), Invalid)
    entered = await sign_in(context, email=ADA, password="eight gulls below", client=HOME)
    assert await context.store.read(sessions_of, by=ada) == [entered.session]


async def test_people_of_two_accounts_sign_in_at_the_same_door(context: Context) -> None:
    await opened(context)
    eve = await found(context.store, "Lighthouse", email="eve@lighthouse.example")
    await give_password(context, eve)
    assert (await sign_in(context, email="eve@lighthouse.example", password=PASSWORD, client=HOME)).caller == eve
