"""Signing out: here, elsewhere, everywhere."""

import pytest

from parley.access import Context, revoke_session, sessions_of, sign_in, sign_out, sign_out_others
from parley.ground.facts import after, end
from parley.ground.faults import NotFound
from parley.people import Role
from tests.access.visitors import ELSEWHERE, HOME, PASSWORD, give_password, opened
from tests.clock import SettableClock
from tests.people.staff import NOW, found, hired

ADA = "ada@harbor.example"


async def test_browsers_are_listed_last_used_first(context: Context, clock: SettableClock) -> None:
    ada = await opened(context)
    first = await sign_in(context, email=ADA, password=PASSWORD, client=HOME)
    clock.advance(minutes=1)
    second = await sign_in(context, email=ADA, password=PASSWORD, client=ELSEWHERE)
    listed = await context.store.read(sessions_of, by=ada)
    assert [session.agent for session in listed] == ["Safari", "Firefox"]
    assert [session.id for session in listed] == [second.session.id, first.session.id]


async def test_signing_out_ends_this_browser_only_and_is_told(context: Context) -> None:
    ada = await opened(context)
    here = await sign_in(context, email=ADA, password=PASSWORD, client=HOME)
    there = await sign_in(context, email=ADA, password=PASSWORD, client=ELSEWHERE)
    cursor = await context.store.read(end)
    await context.store.write(sign_out, here.session.id, by=ada, now=NOW)
    await context.store.write(sign_out, here.session.id, by=ada, now=NOW)
    assert await context.store.read(sessions_of, by=ada) == [there.session]
    told = (await context.store.read(after, cursor)).facts
    assert [(fact.type, fact.data) for fact in told] == [("user.signed_out", {"browsers": [here.session.id]})]


async def test_all_other_browsers_are_signed_out_at_once(context: Context) -> None:
    ada = await opened(context)
    for _ in range(3):
        await sign_in(context, email=ADA, password=PASSWORD, client=ELSEWHERE)
    here = await sign_in(context, email=ADA, password=PASSWORD, client=HOME)
    assert await context.store.write(sign_out_others, keep=here.session.id, by=ada, now=NOW) == 3
    assert await context.store.read(sessions_of, by=ada) == [here.session]


async def test_a_browser_of_ones_own_is_revoked(context: Context) -> None:
    ada = await opened(context)
    there = await sign_in(context, email=ADA, password=PASSWORD, client=ELSEWHERE)
    await context.store.write(revoke_session, there.session.id, by=ada, now=NOW)
    assert await context.store.read(sessions_of, by=ada) == []
    with pytest.raises(NotFound):
        await context.store.write(revoke_session, there.session.id, by=ada, now=NOW)


async def test_only_administrators_end_other_peoples_browsers(context: Context) -> None:
    ada = await opened(context)
    bob = await hired(context.store, ada.account, "bob@harbor.example", role=Role.MANAGER)
    eve = await found(context.store, "Lighthouse", email="eve@lighthouse.example")
    await give_password(context, bob)
    of_ada = await sign_in(context, email=ADA, password=PASSWORD, client=HOME)
    of_bob = await sign_in(context, email="bob@harbor.example", password=PASSWORD, client=HOME)
    for stranger, session in ((bob, of_ada), (eve, of_ada), (eve, of_bob)):
        with pytest.raises(NotFound):
            await context.store.write(revoke_session, session.session.id, by=stranger, now=NOW)
        await context.store.write(sign_out, session.session.id, by=stranger, now=NOW)
    assert await context.store.read(sessions_of, by=bob) == [of_bob.session]
    await context.store.write(revoke_session, of_bob.session.id, by=ada, now=NOW)
    assert await context.store.read(sessions_of, by=bob) == []
