"""Inviting somebody new."""

import pytest

from parley.access import Context, Hasher, has_password, invite, redeem_reset, request_reset
from parley.ground.faults import Conflict, Forbidden, NotFound
from parley.ground.mail import Mailer
from parley.people import Role, suspend_user
from tests.access.letters import Letters
from tests.access.visitors import HOME, PASSWORD, opened
from tests.clock import SettableClock
from tests.people.staff import NOW, found, hire, hired


async def test_somebody_invited_sets_a_password_and_is_in(context: Context, letters: Letters) -> None:
    ada = await opened(context)
    bob = await hire(context.store, ada.account, "bob@harbor.example", name="Bob")
    assert not await context.store.read(has_password, bob.id, by=ada)
    invitation = await invite(context, bob.id, by=ada)
    await context.settle()
    (letter,) = letters.sent
    assert invitation.mailed
    assert invitation.link == f"http://localhost:8080/reset/{letter.secret}"
    assert (letter.to, letter.subject) == ("bob@harbor.example", "Welcome to Parley")
    assert "Harbor" in letter.text
    entered = await redeem_reset(context, letter.secret, password=PASSWORD, client=HOME)
    assert entered.caller.person == bob.id
    assert await context.store.read(has_password, bob.id, by=ada)


async def test_without_mail_the_link_is_there_to_copy(context: Context, clock: SettableClock) -> None:
    ada = await opened(context)
    bob = await hire(context.store, ada.account, "bob@harbor.example")
    hasher = Hasher(memory_kib=8, rounds=1)
    mute = Context(
        context.store,
        settings=context.settings,
        mailer=Mailer(None, sender="x@harbor.example"),
        hasher=hasher,
        clock=clock,
    )
    invitation = await invite(mute, bob.id, by=ada)
    assert not invitation.mailed
    await redeem_reset(mute, invitation.link.rpartition("/")[2], password=PASSWORD, client=HOME)
    await request_reset(mute, "bob@harbor.example", client=HOME)
    await mute.close()


async def test_an_invitation_works_for_a_week(context: Context, clock: SettableClock) -> None:
    ada = await opened(context)
    bob = await hire(context.store, ada.account, "bob@harbor.example")
    invitation = await invite(context, bob.id, by=ada)
    clock.advance(days=7)
    with pytest.raises(NotFound):
        await redeem_reset(context, invitation.link.rpartition("/")[2], password=PASSWORD, client=HOME)


async def test_nobody_is_let_into_the_name_of_somebody_with_a_password(context: Context) -> None:
    ada = await opened(context)
    with pytest.raises(Conflict):
        await invite(context, ada.person or 0, by=ada)


async def test_somebody_suspended_is_not_invited(context: Context) -> None:
    ada = await opened(context)
    bob = await hire(context.store, ada.account, "bob@harbor.example")
    await context.store.write(suspend_user, bob.id, by=ada, now=NOW)
    with pytest.raises(Conflict):
        await invite(context, bob.id, by=ada)


async def test_only_those_who_administer_invite(context: Context) -> None:
    ada = await opened(context)
    bob = await hire(context.store, ada.account, "bob@harbor.example")
    boss = await hire(context.store, ada.account, "boss@harbor.example", role=Role.ADMINISTRATOR)
    max_ = await hired(context.store, ada.account, "max@harbor.example", role=Role.MANAGER)
    eve = await found(context.store, "Lighthouse", email="eve@lighthouse.example")
    with pytest.raises(Forbidden):
        await invite(context, bob.id, by=max_)
    with pytest.raises(Forbidden):
        await invite(context, boss.id, by=ada.restricted_to(frozenset({"people:read", "people:write"})))
    with pytest.raises(NotFound):
        await invite(context, bob.id, by=eve)
