"""A forgotten password, and the link that mends it."""

from datetime import UTC, datetime

import pytest

from parley.access import ClientInfo, Context, find_holder, redeem_reset, request_reset, sessions_of, sign_in
from parley.ground.faults import Forbidden, Invalid, NotFound, OverLimit
from parley.people import Caller, UserChange, change_user, suspend_user
from tests.access.letters import Letters
from tests.access.visitors import ELSEWHERE, HOME, PASSWORD, opened
from tests.clock import SettableClock
from tests.people.staff import hire

ADA = "ada@harbor.example"
NEW = "eight gulls below"


async def asked(context: Context, letters: Letters, *, email: str = ADA) -> str:
    """Ask for a new password; return the secret of the link that was mailed."""
    await request_reset(context, email, client=HOME)
    await context.settle()
    return letters.sent[-1].secret


async def test_a_link_sets_a_new_password_and_signs_in(context: Context, letters: Letters) -> None:
    ada = await opened(context)
    await sign_in(context, email=ADA, password=PASSWORD, client=ELSEWHERE)
    secret = await asked(context, letters)
    assert (await context.store.read(find_holder, secret, now=context.clock())).email == ADA
    entered = await redeem_reset(context, secret, password=NEW, client=HOME)
    assert entered.caller == ada
    assert await context.store.read(sessions_of, by=ada) == [entered.session]
    await sign_in(context, email=ADA, password=NEW, client=HOME)


async def test_a_link_works_once(context: Context, letters: Letters) -> None:
    await opened(context)
    secret = await asked(context, letters)
    await redeem_reset(context, secret, password=NEW, client=HOME)
    with pytest.raises(NotFound):
        await redeem_reset(context, secret, password="nine gulls asleep", client=HOME)


async def test_a_link_works_for_an_hour(context: Context, letters: Letters, clock: SettableClock) -> None:
    await opened(context)
    secret = await asked(context, letters)
    clock.advance(minutes=59)
    await context.store.read(find_holder, secret, now=clock())
    clock.advance(minutes=1)
    with pytest.raises(NotFound):
        await context.store.read(find_holder, secret, now=clock())


async def test_a_weak_password_leaves_the_link_as_it_is(context: Context, letters: Letters) -> None:
    await opened(context)
    secret = await asked(context, letters)
    with pytest.raises(Invalid):
        await redeem_reset(context, secret, password="ada ada ada", client=HOME)
    await redeem_reset(context, secret, password=NEW, client=HOME)


async def test_all_links_die_when_one_is_used(context: Context, letters: Letters) -> None:
    await opened(context)
    first, second = await asked(context, letters), await asked(context, letters)
    await redeem_reset(context, first, password=NEW, client=HOME)
    with pytest.raises(NotFound):
        await context.store.read(find_holder, second, now=context.clock())


async def test_nobody_learns_who_has_an_address(context: Context, letters: Letters) -> None:
    await opened(context)
    for email in ("nobody@harbor.example", "not an address", "ada@harbor.example\x00", "\ud800"):
        await request_reset(context, email, client=HOME)
    await context.settle()
    assert letters.sent == []


async def test_the_answer_does_not_wait_for_the_mail(context: Context, letters: Letters) -> None:
    await opened(context)
    await request_reset(context, ADA, client=HOME)
    assert letters.sent == []
    await context.settle()
    assert [letter.to for letter in letters.sent] == [ADA]


async def test_the_letter_goes_to_the_address_that_is_stored(context: Context, letters: Letters) -> None:
    await opened(context)
    await request_reset(context, "\uff21DA@HARBOR.example", client=HOME)  # A in full width is another mailbox, perhaps
    await context.settle()
    assert [letter.to for letter in letters.sent] == [ADA]


async def renamed(context: Context, ada: Caller, change: UserChange) -> None:
    await context.store.write(change_user, ada.person or 0, change, version=1, by=ada, now=context.clock())


async def test_the_letter_speaks_the_readers_language(context: Context, letters: Letters) -> None:
    ada = await opened(context)
    await renamed(context, ada, UserChange(locale="de"))
    await asked(context, letters)
    await renamed_back(context, ada)
    await asked(context, letters)
    german, english = letters.sent
    assert english.subject == "A new password for Parley"
    assert "Ada" in german.text


async def renamed_back(context: Context, ada: Caller) -> None:
    english = UserChange(locale="en")
    await context.store.write(change_user, ada.person or 0, english, version=2, by=ada, now=context.clock())


async def test_a_link_dies_with_the_address_that_it_was_sent_to(context: Context, letters: Letters) -> None:
    ada = await opened(context)
    secret = await asked(context, letters)
    await renamed(context, ada, UserChange(email="ada@elsewhere.example"))
    with pytest.raises(NotFound):
        await redeem_reset(context, secret, password=NEW, client=HOME)


async def test_a_suspended_person_gets_no_link_and_uses_none(context: Context, letters: Letters) -> None:
    ada = await opened(context)
    bob = await hire(context.store, ada.account, "bob@harbor.example")
    secret = await asked(context, letters, email=bob.email)
    await context.store.write(suspend_user, bob.id, by=ada, now=datetime(2026, 3, 2, tzinfo=UTC))
    with pytest.raises(Forbidden):
        await redeem_reset(context, secret, password=NEW, client=HOME)
    await request_reset(context, bob.email, client=HOME)
    await context.settle()
    assert len(letters.sent) == 1


async def test_somebodys_mailbox_is_not_flooded(context: Context, letters: Letters) -> None:
    await opened(context)
    for number in range(8):
        await request_reset(context, ADA, client=ClientInfo(address=f"198.51.100.{number}", agent=""))
    await context.settle()
    assert len(letters.sent) == 5


async def test_an_address_asks_only_so_often(context: Context) -> None:
    for number in range(20):
        await request_reset(context, f"person{number}@harbor.example", client=HOME)
    with pytest.raises(OverLimit):
        await request_reset(context, ADA, client=HOME)
    await request_reset(context, ADA, client=ELSEWHERE)


async def test_somebody_whom_guessers_lock_out_comes_in_by_a_link(context: Context, letters: Letters) -> None:
    await opened(context)
    for _ in range(10):
        with pytest.raises(Invalid):
            await sign_in(context, email=ADA, password="a wrong guess", client=ELSEWHERE)
    await redeem_reset(context, await asked(context, letters), password=NEW, client=HOME)
    await sign_in(context, email=ADA, password=NEW, client=HOME)


@pytest.mark.parametrize("secret", ["", "x", "\x00", "\ud800", "x" * 100_000])
async def test_a_secret_of_nothing_is_a_dead_link(context: Context, secret: str) -> None:
    with pytest.raises(NotFound):
        await redeem_reset(context, secret, password=NEW, client=HOME)
