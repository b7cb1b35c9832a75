"""The gate: who sends a request, and whether they may do what they ask for.

Under /api/ (and at /metrics) only a token counts, sent as `Authorization: Bearer …`; everywhere else only the cookie of
a signed-in browser. So somebody else's page can neither use a cookie on the API nor a token on a page.
"""

import asyncio
from collections.abc import Awaitable
from itertools import count
from typing import Self

from litestar.di import Provide
from litestar.types import Scope

from parley.access.cookie import COOKIE
from parley.access.credential import Credential, Kind
from parley.access.credential_cache import CredentialCache
from parley.access.declared import is_made_by_the_framework, scope_of
from parley.access.forget import forget_expired
from parley.ground.clock import Clock, utc_now
from parley.ground.db import Store
from parley.ground.faults import Unauthenticated, Unreachable
from parley.ground.log import get_logger
from parley.ground.words import N_
from parley.people import Caller
from parley.settings import Settings

_TOKENS_ONLY = ("/api/", "/metrics")
_NOBODY_IN_PARTICULAR = ("/static/", "/healthz", "/readyz")
_BEARER = b"bearer "
_KEEP_SECONDS = 5
_FORGET_EVERY = 720
_log = get_logger("parley.access")


class Gate:
    """Stands before every route of an app: a middleware that awaits `gate.admit(scope)`, and `gate.dependencies`.

    No guard of the framework's, which copies the route at each request. `async with gate` while the app runs.
    """

    def __init__(self, store: Store, *, settings: Settings, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock
        self._idle = settings.signin_idle
        self._cache = CredentialCache(store, idle=settings.signin_idle, clock=clock)
        self._upkeep: asyncio.Task[None] | None = None

    @property
    def dependencies(self) -> dict[str, Provide]:
        """What routes may ask for: `caller`, on public ones `visitor` (perhaps None), and `credential`."""
        return {
            "caller": Provide(_caller, sync_to_thread=False),
            "visitor": Provide(visitor_of, sync_to_thread=False),
            "credential": Provide(_credential, sync_to_thread=False),
        }

    async def admit(self, scope: Scope) -> None:
        """Find out who asks, and raise Unauthenticated or Forbidden where the route that was found needs more.

        Leaves the caller (or None) in `scope["user"]` and their credential (or None) in `scope["auth"]`.
        """
        handler = scope["route_handler"]
        right = None if is_made_by_the_framework(handler) else scope_of(handler)
        credential = await self._shown(scope) if right is not None else await self._shown_in_public(scope)
        scope["user"] = None if credential is None else credential.caller
        scope["auth"] = credential
        if right is not None:
            if credential is None:
                raise Unauthenticated(N_("Please sign in.") if _takes_cookies(scope) else _SEND_A_TOKEN)
            credential.caller.need(right)

    async def recognize(self, scope: Scope) -> None:
        """Find out who asks where no route was found: for the page that says so, which refuses nobody."""
        credential = await self._shown_in_public(scope)
        scope["user"] = None if credential is None else credential.caller
        scope["auth"] = credential

    async def __aenter__(self) -> Self:
        """Begin to keep when credentials were last used, and to forget what has expired."""
        self._upkeep = asyncio.create_task(self._keep_up(), name="parley-access-upkeep")
        return self

    async def __aexit__(self, *_: object) -> None:
        """Keep what was noted, and end."""
        if self._upkeep is not None:
            self._upkeep.cancel()
            await asyncio.wait([self._upkeep])
            await _unhindered(self._cache.save_uses())
        self._cache.close()

    async def _shown(self, scope: Scope) -> Credential | None:
        """Return what the request shows; a token that is not valid is refused, a cookie that is not counts as none."""
        if _takes_cookies(scope):
            secret = cookie_of(scope)
            return None if secret is None else await self._cache.find(Kind.BROWSER, secret)
        token = bearer_of(scope)
        if token is None:
            return None
        found = await self._cache.find(Kind.TOKEN, token)
        if found is None:
            raise Unauthenticated(N_("This token is not valid, or not any more."))
        return found

    async def _shown_in_public(self, scope: Scope) -> Credential | None:
        """Return what the request shows where nobody has to: there, a database that is away is no hindrance."""
        if scope["path"].startswith(_NOBODY_IN_PARTICULAR):
            return None
        try:
            return await self._shown(scope)
        except Unreachable:
            return None

    async def _keep_up(self) -> None:
        for turn in count():
            if turn % _FORGET_EVERY == 0:
                await _unhindered(self._store.write(forget_expired, idle=self._idle, now=self._clock()))
            await asyncio.sleep(_KEEP_SECONDS)
            await _unhindered(self._cache.save_uses())


async def _unhindered(work: Awaitable[None]) -> None:
    """Wait for upkeep that can as well be done the next time."""
    try:
        await work
    except Exception as fault:  # noqa: BLE001 (whatever it is must not end the upkeep)
        _log.warning("upkeep of access has to wait", reason=str(fault), kind=type(fault).__name__)


_SEND_A_TOKEN = N_("Send a token: Authorization: Bearer …")


def visitor_of(scope: Scope) -> Caller | None:
    """Return who asks, once the gate has seen the request; None for somebody who is not signed in."""
    found: Caller | None = scope.get("user")
    return found


def cookie_of(scope: Scope) -> str | None:
    """Return the secret in the session cookie that the browser sent."""
    written = next((value for name, value in scope["headers"] if name == b"cookie"), b"")
    for part in written.decode("latin-1").split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE and value:
            return value
    return None


def bearer_of(scope: Scope) -> str | None:
    """Return the secret in the Authorization header (`Bearer …`), whatever it is one of."""
    written = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
    if written[: len(_BEARER)].lower() != _BEARER:
        return None
    return written[len(_BEARER) :].strip().decode("latin-1")


def _takes_cookies(scope: Scope) -> bool:
    return not scope["path"].startswith(_TOKENS_ONLY)


def _caller(scope: Scope) -> Caller:
    return _credential(scope).caller


def _credential(scope: Scope) -> Credential:
    found: Credential | None = scope.get("auth")
    if found is None:
        raise Unauthenticated(N_("Please sign in."))
    return found
