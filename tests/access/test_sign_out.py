"""Signing out: here, elsewhere, everywhere."""

import pytest

from parley.access import Desk, revoke_session, sessions_of, sign_in, sign_out, sign_out_others
from parley.ground.facts import after, end
from parley.ground.faults import NotFound
from parley.people import Role
from tests.access.visitors import ELSEWHERE, HOME, PASSWORD, give_password, opened
from tests.clock import SettableClock
from tests.people.staff import NOW, found, hired

ADA = "ada@harbor.example"


async def test_browsers_are_listed_last_used_first(desk: Desk, clock: SettableClock) -> None:
    ada = await opened(desk)
    first = await sign_in(desk, email=ADA, password=PASSWORD, visit=HOME)
    clock.advance(minutes=1)
    second = await sign_in(desk, email=ADA, password=PASSWORD, visit=ELSEWHERE)
    listed = await desk.store.read(sessions_of, by=ada)
    assert [session.agent for session in listed] == ["Safari", "Firefox"]
    assert [session.id for session in listed] == [second.session.id, first.session.id]


async def test_signing_out_ends_this_browser_only_and_is_told(desk: Desk) -> None:
    ada = await opened(desk)
    here = await sign_in(desk, email=ADA, password=PASSWORD, visit=HOME)
    there = await sign_in(desk, email=ADA, password=PASSWORD, visit=ELSEWHERE)
    cursor = await desk.store.read(end)
    await desk.store.write(sign_out, here.session.id, by=ada, now=NOW)
    await desk.store.write(sign_out, here.session.id, by=ada, now=NOW)
    assert await desk.store.read(sessions_of, by=ada) == [there.session]
    told = (await desk.store.read(after, cursor)).facts
    assert [(fact.type, fact.data) for fact in told] == [("user.signed_out", {"browsers": [here.session.id]})]


async def test_all_other_browsers_are_signed_out_at_once(desk: Desk) -> None:
    ada = await opened(desk)
    for _ in range(3):
        await sign_in(desk, email=ADA, password=PASSWORD, visit=ELSEWHERE)
    here = await sign_in(desk, email=ADA, password=PASSWORD, visit=HOME)
    assert await desk.store.write(sign_out_others, keep=here.session.id, by=ada, now=NOW) == 3
    assert await desk.store.read(sessions_of, by=ada) == [here.session]


async def test_a_browser_of_ones_own_is_revoked(desk: Desk) -> None:
    ada = await opened(desk)
    there = await sign_in(desk, email=ADA, password=PASSWORD, visit=ELSEWHERE)
    await desk.store.write(revoke_session, there.session.id, by=ada, now=NOW)
    assert await desk.store.read(sessions_of, by=ada) == []
    with pytest.raises(NotFound):
        await desk.store.write(revoke_session, there.session.id, by=ada, now=NOW)


async def test_only_administrators_end_other_peoples_browsers(desk: Desk) -> None:
    ada = await opened(desk)
    bob = await hired(desk.store, ada.account, "bob@harbor.example", role=Role.MANAGER)
    eve = await found(desk.store, "Lighthouse", email="eve@lighthouse.example")
    await give_password(desk, bob)
    of_ada = await sign_in(desk, email=ADA, password=PASSWORD, visit=HOME)
    of_bob = await sign_in(desk, email="bob@harbor.example", password=PASSWORD, visit=HOME)
    for stranger, session in ((bob, of_ada), (eve, of_ada), (eve, of_bob)):
        with pytest.raises(NotFound):
            await desk.store.write(revoke_session, session.session.id, by=stranger, now=NOW)
        await desk.store.write(sign_out, session.session.id, by=stranger, now=NOW)
    assert await desk.store.read(sessions_of, by=bob) == [of_bob.session]
    await desk.store.write(revoke_session, of_bob.session.id, by=ada, now=NOW)
    assert await desk.store.read(sessions_of, by=bob) == []
