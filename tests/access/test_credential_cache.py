"""Credentials are remembered, and forgotten the moment that something about them changes."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import cast

import pytest
from sqlalchemy import Connection, delete, text

from parley.access import (
    Context,
    Credential,
    Kind,
    create_token,
    revoke_token,
    sessions_of,
    sign_in,
    sign_out,
    tokens_of,
)
from parley.access.credential_cache import LONGEST, CredentialCache
from parley.access.rows.tokens import tokens
from parley.ground.db import Store, open_store
from parley.people import Caller, Role, UserChange, change_user, operator, suspend_user
from tests.access.visitors import HOME, PASSWORD, opened
from tests.clock import SettableClock
from tests.people.staff import found, hired


@pytest.fixture
async def known(context: Context, store: Store, clock: SettableClock) -> AsyncIterator[CredentialCache]:
    known = CredentialCache(store, idle=context.settings.signin_idle, clock=clock)
    yield known
    known.close()


async def token_of(context: Context, caller: Caller, *, hours: int | None = None) -> tuple[int, str]:
    """Create a token with all rights of the caller; return its id and secret."""
    token, secret = await context.store.write(
        create_token,
        by=caller,
        person=caller.person or 0,
        name="Reports",
        scopes=caller.scopes,
        expires_at=None if hours is None else context.clock() + timedelta(hours=hours),
        now=context.clock(),
    )
    return token.id, secret


async def shown(known: CredentialCache, secret: str, kind: Kind = Kind.TOKEN) -> Credential:
    credential = await known.find(kind, secret)
    assert credential is not None
    return credential


async def test_a_token_says_who_asks_and_what_they_may(context: Context, known: CredentialCache) -> None:
    ada = await found(context.store)
    mia = await hired(context.store, ada.account, "mia@harbor.example", role=Role.ORGANIZER)
    token, secret = await token_of(context, mia.restricted_to(frozenset({"me", "people:read"})))
    credential = await shown(known, secret)
    assert (credential.kind, credential.id, credential.caller.person) == (Kind.TOKEN, token, mia.person)
    assert credential.caller.scopes == {"me", "people:read"}


@pytest.mark.parametrize("secret", ["", "parley_", "parley_nothing", "\x00", "\ud800", "x" * 100_000])
async def test_what_opens_nothing_is_nobody(known: CredentialCache, secret: str) -> None:
    assert await known.find(Kind.TOKEN, secret) is None
    assert await known.find(Kind.BROWSER, secret) is None


async def test_a_cookie_is_no_token_and_a_token_no_cookie(context: Context, known: CredentialCache) -> None:
    ada = await opened(context)
    cookie = (await sign_in(context, email="ada@harbor.example", password=PASSWORD, client=HOME)).secret
    _, token = await token_of(context, ada)
    for _ in range(2):  # looked up, and remembered
        await shown(known, cookie, Kind.BROWSER)
        await shown(known, token)
        assert await known.find(Kind.TOKEN, cookie) is None
        assert await known.find(Kind.BROWSER, token) is None


async def test_somebody_suspended_is_out_with_the_next_request(context: Context, known: CredentialCache) -> None:
    ada = await opened(context)
    boss = await hired(context.store, ada.account, "boss@harbor.example", role=Role.ADMINISTRATOR)
    cookie = (await sign_in(context, email="ada@harbor.example", password=PASSWORD, client=HOME)).secret
    _, token = await token_of(context, ada)
    await shown(known, cookie, Kind.BROWSER)
    await shown(known, token)
    await context.store.write(suspend_user, ada.person or 0, by=boss, now=context.clock())
    assert await known.find(Kind.BROWSER, cookie) is None
    assert await known.find(Kind.TOKEN, token) is None


async def test_a_smaller_role_makes_smaller_tokens_at_once(context: Context, known: CredentialCache) -> None:
    ada = await found(context.store)
    olga = await hired(context.store, ada.account, "olga@harbor.example", role=Role.ORGANIZER)
    _, secret = await token_of(context, olga)
    assert "meetings:write" in (await shown(known, secret)).caller.scopes
    smaller = UserChange(role=Role.MEMBER)
    await context.store.write(change_user, olga.person or 0, smaller, version=1, by=ada, now=context.clock())
    caller = (await shown(known, secret)).caller
    assert caller.role is Role.MEMBER
    assert caller.scopes == {"me", "meetings:read", "sessions:read"}


async def test_a_revoked_token_and_a_signed_out_browser_are_out_at_once(
    context: Context, known: CredentialCache
) -> None:
    ada = await opened(context)
    entered = await sign_in(context, email="ada@harbor.example", password=PASSWORD, client=HOME)
    token, secret = await token_of(context, ada)
    await shown(known, entered.secret, Kind.BROWSER)
    await shown(known, secret)
    await context.store.write(revoke_token, token, by=ada, now=context.clock())
    await context.store.write(sign_out, entered.session.id, by=ada, now=context.clock())
    assert await known.find(Kind.TOKEN, secret) is None
    assert await known.find(Kind.BROWSER, entered.secret) is None


async def test_what_another_process_did_counts_at_once_too(
    context: Context, known: CredentialCache, database_url: str
) -> None:
    ada = await found(context.store)
    mia = await hired(context.store, ada.account, "mia@harbor.example")
    _, secret = await token_of(context, mia)
    await shown(known, secret)
    async with open_store(database_url) as elsewhere:
        seen = context.store.commits
        await elsewhere.write(suspend_user, mia.person or 0, by=operator(ada.account), now=context.clock())
        await context.store.changed(seen, at_most=10)
    assert await known.find(Kind.TOKEN, secret) is None


async def test_a_change_that_overtakes_a_look_up_is_not_forgotten(
    context: Context, known: CredentialCache, store: Store
) -> None:
    ada = await found(store)
    mia = await hired(store, ada.account, "mia@harbor.example")
    _, secret = await token_of(context, mia)

    class Overtaken:
        """A store in which somebody is suspended between a question and its answer."""

        async def read(self, verb: Callable[..., object], *args: object) -> object:
            answer = await store.read(verb, *args)
            await store.write(suspend_user, mia.person or 0, by=ada, now=context.clock())
            return answer

    known._store = cast("Store", Overtaken())
    await shown(known, secret)
    known._store = store
    assert await known.find(Kind.TOKEN, secret) is None


async def test_only_so_many_are_remembered(context: Context, store: Store, clock: SettableClock) -> None:
    ada = await found(store)
    secrets = [(await token_of(context, ada))[1] for _ in range(3)]
    known = CredentialCache(store, idle=context.settings.signin_idle, clock=clock, most=2)
    for secret in secrets:
        await shown(known, secret)
    assert len(known._cached) == 2
    for secret in secrets:
        await shown(known, secret)
    known.close()


async def test_what_is_remembered_is_looked_at_again_after_a_while(
    context: Context, known: CredentialCache, clock: SettableClock
) -> None:
    ada = await found(context.store)
    _, secret = await token_of(context, ada)
    await shown(known, secret)

    def vanish(db: Connection) -> None:
        db.execute(delete(tokens))  # tells no fact, so that nothing says it

    await context.store.write(vanish)
    clock.advance(seconds=LONGEST.total_seconds())
    await shown(known, secret)
    clock.advance(seconds=1)
    assert await known.find(Kind.TOKEN, secret) is None


async def test_noting_a_use_is_not_looking_up(context: Context, known: CredentialCache, clock: SettableClock) -> None:
    ada = await found(context.store)
    _, secret = await token_of(context, ada)
    await shown(known, secret)
    clock.advance(seconds=55)
    await shown(known, secret)
    await context.store.write(lambda db: db.execute(delete(tokens)))  # tells no fact
    clock.advance(seconds=7)
    await shown(known, secret)
    clock.advance(seconds=4)
    assert await known.find(Kind.TOKEN, secret) is None


async def test_a_token_ends_when_it_says(context: Context, known: CredentialCache, clock: SettableClock) -> None:
    ada = await found(context.store)
    _, secret = await token_of(context, ada, hours=1)
    clock.advance(minutes=59, seconds=59)
    await shown(known, secret)
    clock.advance(seconds=1)
    assert await known.find(Kind.TOKEN, secret) is None


async def test_a_browser_ends_when_it_lay_unused_for_a_week(
    context: Context, known: CredentialCache, clock: SettableClock
) -> None:
    await opened(context)
    secret = (await sign_in(context, email="ada@harbor.example", password=PASSWORD, client=HOME)).secret
    clock.advance(days=7, seconds=-1)
    await shown(known, secret, Kind.BROWSER)
    clock.advance(days=7)
    assert await known.find(Kind.BROWSER, secret) is None


async def test_a_browser_ends_after_a_month_in_any_case(
    context: Context, known: CredentialCache, clock: SettableClock
) -> None:
    await opened(context)
    secret = (await sign_in(context, email="ada@harbor.example", password=PASSWORD, client=HOME)).secret
    for _ in range(4):
        clock.advance(days=6)
        await shown(known, secret, Kind.BROWSER)
        await known.save_uses()
    clock.advance(days=6)
    assert await known.find(Kind.BROWSER, secret) is None


async def test_uses_are_noted_once_a_minute_and_kept(
    context: Context, known: CredentialCache, clock: SettableClock
) -> None:
    ada = await opened(context)
    entered = await sign_in(context, email="ada@harbor.example", password=PASSWORD, client=HOME)
    _, secret = await token_of(context, ada)
    first = clock()
    await shown(known, secret)
    clock.advance(seconds=59)
    await shown(known, secret)
    await shown(known, entered.secret, Kind.BROWSER)
    await known.save_uses()
    assert [token.used_at for token in await context.store.read(tokens_of, by=ada)] == [first]
    assert [session.seen_at for session in await context.store.read(sessions_of, by=ada)] == [first]
    later = clock.advance(seconds=1)
    await shown(known, secret)
    await shown(known, entered.secret, Kind.BROWSER)
    await known.save_uses()
    assert [token.used_at for token in await context.store.read(tokens_of, by=ada)] == [later]
    assert [session.seen_at for session in await context.store.read(sessions_of, by=ada)] == [later]


async def test_uses_that_cannot_be_kept_now_are_kept_later(context: Context, known: CredentialCache) -> None:
    ada = await found(context.store)
    _, secret = await token_of(context, ada)
    await shown(known, secret)
    await context.store.write(lambda db: db.execute(text("ALTER TABLE tokens RENAME TO away")))
    with pytest.raises(Exception, match="tokens"):
        await known.save_uses()
    await context.store.write(lambda db: db.execute(text("ALTER TABLE away RENAME TO tokens")))
    await known.save_uses()
    assert [token.used_at for token in await context.store.read(tokens_of, by=ada)] == [context.clock()]
