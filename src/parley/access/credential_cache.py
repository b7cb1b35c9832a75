"""Credentials that were found good a moment ago, so that most requests ask no database.

A change of what counts (a suspension, a role, a revocation, a signed-out browser) empties the memory at once: in this
process before the one who made the change gets their answer, of other processes as soon as the store hears of them.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from parley.access.credential import Credential, Kind
from parley.access.facts import PasswordSet, TokenRevoked, UserSignedOut
from parley.access.rows import browser_sessions, tokens
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.facts import type_of
from parley.ground.faults import Forbidden
from parley.ground.secrets import token_hash
from parley.people import AccountChanged, Caller, UserChanged, UserDeleted, UserReactivated, UserSuspended, caller_of

MOST = 10_000
"""How many credentials are remembered; the oldest goes first."""

LONGEST = timedelta(seconds=10)
"""After this a credential is looked up anew in any case, should news of other processes have been lost."""

NOTED_EVERY = timedelta(minutes=1)
"""How exactly it is kept when a credential was last used."""

_TELLING = frozenset(
    type_of(fact)
    for fact in (
        AccountChanged,
        UserDeleted,
        UserSuspended,
        UserReactivated,
        UserChanged,
        UserSignedOut,
        PasswordSet,
        TokenRevoked,
    )
)


class CredentialCache:
    """Finds out who shows a secret. Belongs to one event loop."""

    def __init__(self, store: Store, *, idle: timedelta, clock: Clock, most: int = MOST) -> None:
        self._store = store
        self._most = most
        self._idle = idle
        self._clock = clock
        self._cached: dict[bytes, tuple[Credential, datetime]] = {}
        self._changes = 0
        self._used: dict[tuple[Kind, int], datetime] = {}
        self._unwatch = store.watch(self._hear)

    async def find(self, kind: Kind, secret: str) -> Credential | None:
        """Return what the secret opens; None for one that opens nothing (any more)."""
        now = self._clock()
        key = token_hash(secret)
        credential, looked_up = self._cached.get(key, _NOTHING)
        if credential is None or now - looked_up > LONGEST:
            credential = await self._look_up(kind, key, now=now)
        if credential is None or credential.kind is not kind or not credential.lives(at=now, idle=self._idle):
            return None
        if credential.seen_at is None or now - credential.seen_at >= NOTED_EVERY:
            self._used[kind, credential.id] = now
            if key in self._cached:
                _, looked_up = self._cached[key]
                self._cached[key] = (credential.seen(at=now), looked_up)
        return credential

    async def save_uses(self) -> None:
        """Store when credentials were last used, as far as it was noted since the last time."""
        used, self._used = self._used, {}
        if not used:
            return
        try:
            await self._store.write(_note_uses, used)
        except Exception:
            self._used = used | self._used
            raise

    def close(self) -> None:
        """Hear of changes no more."""
        self._unwatch()
        self._cached.clear()

    def _hear(self, types: frozenset[str] | None) -> None:
        if types is None or types & _TELLING:
            self._changes += 1
            self._cached.clear()

    async def _look_up(self, kind: Kind, key: bytes, *, now: datetime) -> Credential | None:
        """Ask the database; what a change overtook in the meantime is answered, and not remembered."""
        changes = self._changes
        found = await self._store.read(_LOOKS[kind], key)
        self._cached.pop(key, None)
        if found is None:
            return None
        noted = self._used.get((kind, found.id))
        credential = found if noted is None else found.seen(at=noted)
        if changes == self._changes:
            if len(self._cached) >= self._most:
                del self._cached[next(iter(self._cached))]
            self._cached[key] = (credential, now)
        return credential


_NOTHING: tuple[Credential | None, datetime] = (None, datetime.min.replace(tzinfo=UTC))


def _token_credential(db: Connection, key: bytes) -> Credential | None:
    token = tokens.token_by_hash(db, key)
    caller = None if token is None else _active(db, token.person)
    if token is None or caller is None:
        return None
    return Credential(
        kind=Kind.TOKEN,
        id=token.id,
        caller=caller.restricted_to(token.scopes),
        seen_at=token.used_at,
        expires_at=token.expires_at,
    )


def _browser_credential(db: Connection, key: bytes) -> Credential | None:
    session = browser_sessions.session_by_hash(db, key)
    caller = None if session is None else _active(db, session.person)
    if session is None or caller is None:
        return None
    return Credential(
        kind=Kind.BROWSER, id=session.id, caller=caller, seen_at=session.seen_at, expires_at=session.expires_at
    )


_LOOKS = {Kind.TOKEN: _token_credential, Kind.BROWSER: _browser_credential}


def _active(db: Connection, person: int) -> Caller | None:
    try:
        return caller_of(db, person)
    except Forbidden:
        return None


def _note_uses(db: Connection, used: dict[tuple[Kind, int], datetime]) -> None:
    by_kind: dict[Kind, dict[int, datetime]] = {Kind.TOKEN: {}, Kind.BROWSER: {}}
    for (kind, number), at in used.items():
        by_kind[kind][number] = at
    tokens.note_used(db, by_kind[Kind.TOKEN])
    browser_sessions.note_seen(db, by_kind[Kind.BROWSER])
