"""A link for somebody who forgot their password, made by an administrator."""

import pytest

from parley.access import Context, Hasher, offer_reset, redeem_reset
from parley.ground.facts import BEGINNING, after
from parley.ground.faults import Conflict, Forbidden, NotFound
from parley.ground.mail import Mailer
from parley.people import Caller, Role, suspend_user
from tests.access.letters import Letters
from tests.access.visitors import HOME, PASSWORD, give_password, opened
from tests.clock import SettableClock
from tests.people.staff import NOW, found, hired

ANOTHER = "eight gulls above"


async def _bob(context: Context, ada: Caller, *, role: Role = Role.ORGANIZER) -> Caller:
    """Return somebody who has a password."""
    bob = await hired(context.store, ada.account, "bob@harbor.example", role=role)
    await give_password(context, bob)
    return bob


async def test_where_mail_is_set_up_nobody_but_the_holder_sees_the_link(context: Context, letters: Letters) -> None:
    ada = await opened(context)
    bob = await _bob(context, ada)
    offered = await offer_reset(context, bob.person or 0, by=ada)
    await context.settle()
    (letter,) = letters.sent
    assert offered.link is None
    assert letter.to == "bob@harbor.example"
    assert ada.name in letter.text
    entered = await redeem_reset(context, letter.secret, password=ANOTHER, client=HOME)
    assert entered.caller.person == bob.person
    told = await context.store.read(after, BEGINNING)
    assert [fact.actor for fact in told.facts if fact.type == "user.reset_offered"] == [ada.person]


async def test_without_mail_it_is_handed_over_and_works_once_within_an_hour(
    context: Context, clock: SettableClock
) -> None:
    ada = await opened(context)
    bob = await _bob(context, ada)
    mute = Context(
        context.store,
        settings=context.settings,
        mailer=Mailer(None, sender="x@harbor.example"),
        hasher=Hasher(memory_kib=8, rounds=1),
        clock=clock,
    )
    links = [(await offer_reset(mute, bob.person or 0, by=ada)).link or "" for _ in range(2)]
    secrets = [link.removeprefix("http://localhost:8080/reset/") for link in links]
    await redeem_reset(mute, secrets[0], password=ANOTHER, client=HOME)
    for secret in secrets:
        with pytest.raises(NotFound):
            await redeem_reset(mute, secret, password=PASSWORD, client=HOME)
    late = ((await offer_reset(mute, bob.person or 0, by=ada)).link or "").rpartition("/")[2]
    clock.advance(hours=1)
    with pytest.raises(NotFound):
        await redeem_reset(mute, late, password=PASSWORD, client=HOME)
    await mute.close()


async def test_only_who_holds_every_right_of_somebody_makes_a_link_for_them(context: Context) -> None:
    ada = await opened(context)
    boss = await _bob(context, ada, role=Role.ADMINISTRATOR)
    max_ = await hired(context.store, ada.account, "max@harbor.example", role=Role.MANAGER)
    eve = await found(context.store, "Lighthouse", email="eve@lighthouse.example")
    less = ada.restricted_to(frozenset({"people:read", "people:write"}))
    for by, fault in ((max_, Forbidden), (less, Forbidden), (eve, NotFound)):
        with pytest.raises(fault):
            await offer_reset(context, boss.person or 0, by=by)
    await offer_reset(context, boss.person or 0, by=ada)


async def test_there_is_none_for_oneself_nor_for_who_is_suspended(context: Context) -> None:
    ada = await opened(context)
    bob = await _bob(context, ada)
    await context.store.write(suspend_user, bob.person or 0, by=ada, now=NOW)
    for person in (ada.person, bob.person):
        with pytest.raises(Conflict):
            await offer_reset(context, person or 0, by=ada)
