"""A forgotten password, and the link that mends it."""

from datetime import UTC, datetime

import pytest

from parley.access import Desk, Visit, find_holder, redeem_reset, request_reset, sessions_of, sign_in
from parley.ground.faults import Forbidden, Invalid, NotFound, OverLimit
from parley.people import Caller, UserChange, caller_of, change_user, suspend_user
from tests.access.letters import Letters
from tests.access.visitors import ELSEWHERE, HOME, PASSWORD, opened
from tests.clock import SettableClock
from tests.people.staff import hire

ADA = "ada@harbor.example"
NEW = "eight gulls below"


async def asked(desk: Desk, letters: Letters, *, email: str = ADA) -> str:
    """Ask for a new password; return the secret of the link that was mailed."""
    await request_reset(desk, email, visit=HOME)
    await desk.settle()
    return letters.sent[-1].secret


async def test_a_link_sets_a_new_password_and_signs_in(desk: Desk, letters: Letters) -> None:
    ada = await opened(desk)
    await sign_in(desk, email=ADA, password=PASSWORD, visit=ELSEWHERE)
    secret = await asked(desk, letters)
    assert (await desk.store.read(find_holder, secret, now=desk.clock())).email == ADA
    entered = await redeem_reset(desk, secret, password=NEW, visit=HOME)
    assert entered.caller == await desk.store.read(caller_of, ada.person or 0)
    assert await desk.store.read(sessions_of, by=ada) == [entered.session]
    await sign_in(desk, email=ADA, password=NEW, visit=HOME)


async def test_a_link_works_once(desk: Desk, letters: Letters) -> None:
    await opened(desk)
    secret = await asked(desk, letters)
    await redeem_reset(desk, secret, password=NEW, visit=HOME)
    with pytest.raises(NotFound):
        await redeem_reset(desk, secret, password="nine gulls asleep", visit=HOME)


async def test_a_link_works_for_an_hour(desk: Desk, letters: Letters, clock: SettableClock) -> None:
    await opened(desk)
    secret = await asked(desk, letters)
    clock.advance(minutes=59)
    await desk.store.read(find_holder, secret, now=clock())
    clock.advance(minutes=1)
    with pytest.raises(NotFound):
        await desk.store.read(find_holder, secret, now=clock())


async def test_a_weak_password_leaves_the_link_as_it_is(desk: Desk, letters: Letters) -> None:
    await opened(desk)
    secret = await asked(desk, letters)
    with pytest.raises(Invalid):
        await redeem_reset(desk, secret, password="ada ada ada", visit=HOME)
    await redeem_reset(desk, secret, password=NEW, visit=HOME)


async def test_all_links_die_when_one_is_used(desk: Desk, letters: Letters) -> None:
    await opened(desk)
    first, second = await asked(desk, letters), await asked(desk, letters)
    await redeem_reset(desk, first, password=NEW, visit=HOME)
    with pytest.raises(NotFound):
        await desk.store.read(find_holder, second, now=desk.clock())


async def test_nobody_learns_who_has_an_address(desk: Desk, letters: Letters) -> None:
    await opened(desk)
    for email in ("nobody@harbor.example", "not an address", "ada@harbor.example\x00", "\ud800"):
        await request_reset(desk, email, visit=HOME)
    await desk.settle()
    assert letters.sent == []


async def test_the_answer_does_not_wait_for_the_mail(desk: Desk, letters: Letters) -> None:
    await opened(desk)
    await request_reset(desk, ADA, visit=HOME)
    assert letters.sent == []
    await desk.settle()
    assert [letter.to for letter in letters.sent] == [ADA]


async def test_the_letter_goes_to_the_address_that_is_stored(desk: Desk, letters: Letters) -> None:
    await opened(desk)
    await request_reset(desk, "\uff21DA@HARBOR.example", visit=HOME)  # A in full width is another mailbox, perhaps
    await desk.settle()
    assert [letter.to for letter in letters.sent] == [ADA]


async def renamed(desk: Desk, ada: Caller, change: UserChange) -> None:
    await desk.store.write(change_user, ada.person or 0, change, version=1, by=ada, now=desk.clock())


async def test_the_letter_speaks_the_readers_language(desk: Desk, letters: Letters) -> None:
    ada = await opened(desk)
    await renamed(desk, ada, UserChange(locale="de"))
    await asked(desk, letters)
    await renamed_back(desk, ada)
    await asked(desk, letters)
    german, english = letters.sent
    assert english.subject == "A new password for Parley"
    assert "Ada" in german.text


async def renamed_back(desk: Desk, ada: Caller) -> None:
    english = UserChange(locale="en")
    await desk.store.write(change_user, ada.person or 0, english, version=2, by=ada, now=desk.clock())


async def test_a_link_dies_with_the_address_that_it_was_sent_to(desk: Desk, letters: Letters) -> None:
    ada = await opened(desk)
    secret = await asked(desk, letters)
    await renamed(desk, ada, UserChange(email="ada@elsewhere.example"))
    with pytest.raises(NotFound):
        await redeem_reset(desk, secret, password=NEW, visit=HOME)


async def test_a_suspended_person_gets_no_link_and_uses_none(desk: Desk, letters: Letters) -> None:
    ada = await opened(desk)
    bob = await hire(desk.store, ada.account, "bob@harbor.example")
    secret = await asked(desk, letters, email=bob.email)
    await desk.store.write(suspend_user, bob.id, by=ada, now=datetime(2026, 3, 2, tzinfo=UTC))
    with pytest.raises(Forbidden):
        await redeem_reset(desk, secret, password=NEW, visit=HOME)
    await request_reset(desk, bob.email, visit=HOME)
    await desk.settle()
    assert len(letters.sent) == 1


async def test_somebodys_mailbox_is_not_flooded(desk: Desk, letters: Letters) -> None:
    await opened(desk)
    for number in range(8):
        await request_reset(desk, ADA, visit=Visit(address=f"198.51.100.{number}", agent=""))
    await desk.settle()
    assert len(letters.sent) == 5


async def test_an_address_asks_only_so_often(desk: Desk) -> None:
    for number in range(20):
        await request_reset(desk, f"person{number}@harbor.example", visit=HOME)
    with pytest.raises(OverLimit):
        await request_reset(desk, ADA, visit=HOME)
    await request_reset(desk, ADA, visit=ELSEWHERE)


async def test_somebody_whom_guessers_lock_out_comes_in_by_a_link(desk: Desk, letters: Letters) -> None:
    await opened(desk)
    for _ in range(10):
        with pytest.raises(Invalid):
            await sign_in(desk, email=ADA, password="a wrong guess", visit=ELSEWHERE)
    await redeem_reset(desk, await asked(desk, letters), password=NEW, visit=HOME)
    await sign_in(desk, email=ADA, password=NEW, visit=HOME)


@pytest.mark.parametrize("secret", ["", "x", "\x00", "\ud800", "x" * 100_000])
async def test_a_secret_of_nothing_is_a_dead_link(desk: Desk, secret: str) -> None:
    with pytest.raises(NotFound):
        await redeem_reset(desk, secret, password=NEW, visit=HOME)
