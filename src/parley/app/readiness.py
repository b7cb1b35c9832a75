"""Getting ready: the schema and the key, at once or as soon as the database answers."""

import asyncio
import math
import time
from itertools import chain, repeat
from typing import Self

from litestar.types import Scope
from sqlalchemy import exc

from parley.ground.db import Connection, Store, closing_engine, migrate, newest_revision, revision
from parley.ground.facts import adopt
from parley.ground.faults import Unreachable
from parley.ground.log import get_logger
from parley.ground.secrets import Keyring, WrongKey, check_key
from parley.ground.words import N_

RETRY_SECONDS = (0.5, 1, 2, 3, 5)
"""Seconds between attempts to reach a database that is away at the start."""

FRESH = 1.0
"""How long an answer of the database is believed, in seconds: whoever asks more often costs it nothing."""

_ALWAYS = frozenset({"/healthz", "/readyz", "/metrics"})
_AWAY = N_("Parley is starting: its database does not answer yet. Please try again in a moment.")
_SEALED = N_("Parley cannot serve: its database was sealed with another key. The server's log says how to mend it.")
_STUCK = N_("Parley cannot serve: its database cannot be brought up to date. The server's log says why.")
_log = get_logger("parley.app")


def get_ready(database: str, ring: Keyring) -> None:
    """Bring schema and facts up to date and check the key. Raises `WrongKey`, or sqlalchemy's OperationalError."""
    migrate(database)
    with closing_engine(database) as engine, engine.begin() as db:
        check_key(db, ring)
        if adopt(db):
            _log.warning("this database was restored from another server: its facts are read on from their end")


def _is_current(db: Connection) -> bool:
    return revision(db) == newest_revision()


class Readiness:
    """Whether requests can be served. A database that is away at the start is waited for."""

    def __init__(self, database: str, ring: Keyring, store: Store) -> None:
        self._database = database
        self._store = store
        self._ring = ring
        self._ready = asyncio.Event()
        self._why_not = _AWAY
        self._trying: asyncio.Task[None] | None = None
        self._looking = asyncio.Lock()
        self._looked_at = -math.inf
        self._refusal: str | None = None

    async def __aenter__(self) -> Self:
        """Get ready when the database answers; when it does not, go on trying behind the server's back."""
        if not await self._prepare():
            self._trying = asyncio.create_task(self._keep_trying(), name="parley-readiness")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._trying is not None:
            self._trying.cancel()
            await asyncio.wait([self._trying])

    async def wait(self) -> None:
        """Return when requests can be served."""
        await self._ready.wait()

    def need(self) -> None:
        """Raise `Unreachable` until requests can be served."""
        if not self._ready.is_set():
            raise Unreachable(self._why_not)

    async def check(self) -> None:
        """Raise `Unreachable` unless the database answered within the last second, at this version's schema."""
        self.need()
        async with self._looking:
            if time.monotonic() - self._looked_at >= FRESH:
                self._refusal = await self._look()
                self._looked_at = time.monotonic()
        if self._refusal is not None:
            raise Unreachable(self._refusal)

    async def _look(self) -> str | None:
        """Return why requests cannot be served; None when they can."""
        try:
            current = await self._store.read(_is_current)
        except (Unreachable, exc.SQLAlchemyError):
            return N_("The database cannot be reached just now. Please try again.")
        return None if current else N_("The database does not stand at this version's schema: run `parley migrate`.")

    def admit(self, scope: Scope) -> None:
        """Refuse requests that would need the database while there is none; those about the server itself pass."""
        if not self._ready.is_set() and scope["path"] not in _ALWAYS:
            self.need()

    async def _prepare(self) -> bool:
        try:
            await asyncio.to_thread(get_ready, self._database, self._ring)
        except exc.OperationalError as fault:
            _log.warning("the database does not answer yet", reason=str(fault).splitlines()[0])
            self._why_not = _AWAY
        except WrongKey as fault:
            _log.error("the database was sealed with another key", reason=str(fault))
            self._why_not = _SEALED
        except Exception as fault:  # noqa: BLE001 (whatever it is, trying must go on, and be heard of)
            _log.exception("the database cannot be brought up to date", reason=str(fault))
            self._why_not = _STUCK
        else:
            self._ready.set()
        return self._ready.is_set()

    async def _keep_trying(self) -> None:
        for seconds in chain(RETRY_SECONDS, repeat(RETRY_SECONDS[-1])):
            await asyncio.sleep(seconds)
            if await self._prepare():
                return
