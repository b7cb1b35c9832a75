"""Signing in, and what stands in the way of those who guess."""

import asyncio

import pytest
from sqlalchemy import Connection, select

from parley.access import Desk, Hasher, Visit, sessions_of, sign_in
from parley.access.credential import Kind
from parley.access.known import KnownCredentials
from parley.access.rows.browser_sessions import browser_sessions
from parley.access.rows.passwords import password_of
from parley.ground.facts import after, end
from parley.ground.faults import Forbidden, Invalid, OverLimit
from parley.ground.secrets import token_hash
from parley.people import suspend_user
from tests.access.visitors import ELSEWHERE, HOME, PASSWORD, give_password, opened
from tests.clock import SettableClock
from tests.people.staff import NOW, found, hire

ADA = "ada@harbor.example"
WRONG = "wrong password"


async def test_the_right_password_opens_a_session(desk: Desk) -> None:
    ada = await opened(desk)
    cursor = await desk.store.read(end)
    entered = await sign_in(desk, email=" ADA@harbor.example ", password=PASSWORD, visit=HOME)
    assert entered.caller == ada
    assert (entered.session.address, entered.session.agent) == ("198.51.100.7", "Firefox")
    assert await desk.store.read(sessions_of, by=ada) == [entered.session]
    (fact,) = (await desk.store.read(after, cursor)).facts
    assert (fact.type, fact.subject, fact.data) == ("user.signed_in", ada.person, {"browser": entered.session.id})


async def test_the_secret_is_stored_as_a_hash_only(desk: Desk) -> None:
    await opened(desk)
    entered = await sign_in(desk, email=ADA, password=PASSWORD, visit=HOME)

    def stored(db: Connection) -> list[bytes]:
        return list(db.execute(select(browser_sessions.c.token_hash)).scalars())

    assert await desk.store.read(stored) == [token_hash(entered.secret)]


async def refusal(desk: Desk, *, email: str = ADA, password: str = WRONG, visit: Visit = HOME) -> Exception:
    with pytest.raises((Invalid, OverLimit, Forbidden)) as refused:
        await sign_in(desk, email=email, password=password, visit=visit)
    return refused.value


async def test_unknown_people_and_wrong_passwords_are_refused_alike(desk: Desk) -> None:
    ada = await opened(desk)
    await hire(desk.store, ada.account, "bob@harbor.example")  # has no password
    refusals = [
        await refusal(desk),
        await refusal(desk, email="nobody@harbor.example", password=PASSWORD),
        await refusal(desk, email="bob@harbor.example", password=PASSWORD),
        await refusal(desk, email="not an address"),
        await refusal(desk, email="ada\x00@harbor.example"),
        await refusal(desk, email="\ud800@harbor.example"),
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


async def test_nobody_costs_as_much_work_as_somebody(desk: Desk) -> None:
    await opened(desk)
    desk.hasher = CountingHasher()
    await refusal(desk)
    await refusal(desk, email="nobody@harbor.example")
    assert [stored is None for stored in desk.hasher.verified] == [False, True]


async def test_somebody_suspended_is_told_so_only_with_the_right_password(desk: Desk) -> None:
    ada = await opened(desk)
    bob = await hire(desk.store, ada.account, "bob@harbor.example")
    await give_password(desk, bob.as_caller())
    await desk.store.write(suspend_user, bob.id, by=ada, now=NOW)
    assert isinstance(await refusal(desk, email=bob.email), Invalid)
    assert isinstance(await refusal(desk, email=bob.email, password=PASSWORD), Forbidden)


async def test_a_new_session_replaces_the_browsers_old_one(desk: Desk) -> None:
    ada = await opened(desk)
    first = await sign_in(desk, email=ADA, password=PASSWORD, visit=HOME)
    second = await sign_in(desk, email=ADA, password=PASSWORD, visit=HOME, replaces=first.secret)
    assert first.secret != second.secret
    assert await desk.store.read(sessions_of, by=ada) == [second.session]


async def test_a_cookie_brought_along_never_becomes_good(desk: Desk) -> None:
    await opened(desk)
    await sign_in(desk, email=ADA, password=PASSWORD, visit=HOME, replaces="planted")
    known = KnownCredentials(desk.store, idle=desk.settings.signin_idle, clock=desk.clock)
    assert await known.find(Kind.BROWSER, "planted") is None


async def test_guessing_at_somebody_is_slowed_down_also_for_the_right_guess(desk: Desk, clock: SettableClock) -> None:
    await opened(desk)
    for _ in range(10):
        assert isinstance(await refusal(desk), Invalid)
    clock.advance(minutes=5)
    held_off = await refusal(desk, password=PASSWORD, visit=ELSEWHERE)
    assert isinstance(held_off, OverLimit)
    assert held_off.retry_after == 600
    clock.advance(minutes=10, seconds=1)
    await sign_in(desk, email=ADA, password=PASSWORD, visit=HOME)


async def test_guessing_at_nobody_is_slowed_down_alike(desk: Desk) -> None:
    await opened(desk)
    for _ in range(10):
        await refusal(desk, email="nobody@harbor.example")
    assert isinstance(await refusal(desk, email="NOBODY@harbor.example"), OverLimit)


async def test_an_address_of_many_marks_holds_nobody_up(desk: Desk) -> None:
    """Folding all of it would take minutes, in which nobody else is served."""
    await opened(desk)
    marks = "a" + "\u0315\u0300" * 200_000
    assert isinstance(await refusal(desk, email=f"{marks}@harbor.example", password=marks), Invalid)


async def test_spaces_around_an_address_are_no_further_guesses(desk: Desk) -> None:
    await opened(desk)
    for n in range(10):
        await refusal(desk, email=" " * n + ADA)
    assert isinstance(await refusal(desk, email=f"{ADA}\t"), OverLimit)


async def test_many_guesses_at_once_are_not_more(desk: Desk) -> None:
    await opened(desk)
    guesses = [sign_in(desk, email=ADA, password=f"guess number {n}", visit=HOME) for n in range(25)]
    results = await asyncio.gather(*guesses, return_exceptions=True)
    assert sum(isinstance(result, Invalid) for result in results) == 10
    assert sum(isinstance(result, OverLimit) for result in results) == 15


async def test_one_address_guesses_at_many_people_no_faster(desk: Desk) -> None:
    await opened(desk)
    neighbor = Visit(address="2001:db8:1:2::1", agent="")
    for n in range(60):
        assert isinstance(await refusal(desk, email=f"person{n}@harbor.example", visit=neighbor), Invalid)
    same_site = Visit(address="2001:db8:1:2:ffff::9", agent="")
    assert isinstance(await refusal(desk, email="another@harbor.example", visit=same_site), OverLimit)
    assert isinstance(await refusal(desk, email="another@harbor.example", visit=HOME), Invalid)


async def test_signing_in_forgives_earlier_slips(desk: Desk) -> None:
    await opened(desk)
    for _ in range(3):
        for _ in range(9):
            await refusal(desk)
        await sign_in(desk, email=ADA, password=PASSWORD, visit=HOME)


async def test_a_hash_of_old_parameters_is_renewed(desk: Desk) -> None:
    ada = await opened(desk)
    before = await desk.store.read(password_of, ada.person or 0)
    desk.hasher = Hasher(memory_kib=16, rounds=1)
    await sign_in(desk, email=ADA, password=PASSWORD, visit=HOME)
    renewed = await desk.store.read(password_of, ada.person or 0)
    assert before != renewed
    assert not desk.hasher.is_outdated(renewed or "")
    await sign_in(desk, email=ADA, password=PASSWORD, visit=HOME)


async def test_people_of_two_accounts_sign_in_at_the_same_door(desk: Desk) -> None:
    await opened(desk)
    eve = await found(desk.store, "Lighthouse", email="eve@lighthouse.example")
    await give_password(desk, eve)
    assert (await sign_in(desk, email="eve@lighthouse.example", password=PASSWORD, visit=HOME)).caller == eve
