"""Inviting somebody new."""

import pytest

from parley.access import Desk, Hasher, has_password, invite, redeem_reset, request_reset
from parley.ground.faults import Conflict, Forbidden, NotFound
from parley.ground.mail import Mailer
from parley.people import Role, suspend_user
from tests.access.letters import Letters
from tests.access.visitors import HOME, PASSWORD, opened
from tests.clock import SettableClock
from tests.people.staff import NOW, found, hire, hired


async def test_somebody_invited_sets_a_password_and_is_in(desk: Desk, letters: Letters) -> None:
    ada = await opened(desk)
    bob = await hire(desk.store, ada.account, "bob@harbor.example", name="Bob")
    assert not await desk.store.read(has_password, bob.id, by=ada)
    invitation = await invite(desk, bob.id, by=ada)
    await desk.settle()
    (letter,) = letters.sent
    assert invitation.mailed
    assert invitation.link == f"http://localhost:8080/reset/{letter.secret}"
    assert (letter.to, letter.subject) == ("bob@harbor.example", "Welcome to Parley")
    assert "Harbor" in letter.text
    entered = await redeem_reset(desk, letter.secret, password=PASSWORD, visit=HOME)
    assert entered.caller.person == bob.id
    assert await desk.store.read(has_password, bob.id, by=ada)


async def test_without_mail_the_link_is_there_to_copy(desk: Desk, clock: SettableClock) -> None:
    ada = await opened(desk)
    bob = await hire(desk.store, ada.account, "bob@harbor.example")
    hasher = Hasher(memory_kib=8, rounds=1)
    mute = Desk(
        desk.store, settings=desk.settings, mailer=Mailer(None, sender="x@harbor.example"), hasher=hasher, clock=clock
    )
    invitation = await invite(mute, bob.id, by=ada)
    assert not invitation.mailed
    await redeem_reset(mute, invitation.link.rpartition("/")[2], password=PASSWORD, visit=HOME)
    await request_reset(mute, "bob@harbor.example", visit=HOME)
    await mute.close()


async def test_an_invitation_works_for_a_week(desk: Desk, clock: SettableClock) -> None:
    ada = await opened(desk)
    bob = await hire(desk.store, ada.account, "bob@harbor.example")
    invitation = await invite(desk, bob.id, by=ada)
    clock.advance(days=7)
    with pytest.raises(NotFound):
        await redeem_reset(desk, invitation.link.rpartition("/")[2], password=PASSWORD, visit=HOME)


async def test_nobody_is_let_into_the_name_of_somebody_with_a_password(desk: Desk) -> None:
    ada = await opened(desk)
    with pytest.raises(Conflict):
        await invite(desk, ada.person or 0, by=ada)


async def test_somebody_suspended_is_not_invited(desk: Desk) -> None:
    ada = await opened(desk)
    bob = await hire(desk.store, ada.account, "bob@harbor.example")
    await desk.store.write(suspend_user, bob.id, by=ada, now=NOW)
    with pytest.raises(Conflict):
        await invite(desk, bob.id, by=ada)


async def test_only_those_who_administer_invite(desk: Desk) -> None:
    ada = await opened(desk)
    bob = await hire(desk.store, ada.account, "bob@harbor.example")
    boss = await hire(desk.store, ada.account, "boss@harbor.example", role=Role.ADMINISTRATOR)
    max_ = await hired(desk.store, ada.account, "max@harbor.example", role=Role.MANAGER)
    eve = await found(desk.store, "Lighthouse", email="eve@lighthouse.example")
    with pytest.raises(Forbidden):
        await invite(desk, bob.id, by=max_)
    with pytest.raises(Forbidden):
        await invite(desk, boss.id, by=ada.restricted_to(frozenset({"people:read", "people:write"})))
    with pytest.raises(NotFound):
        await invite(desk, bob.id, by=eve)
