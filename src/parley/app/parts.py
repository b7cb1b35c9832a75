"""What one running application is made of, and in which order its parts start and stop."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Self

from litestar import Litestar
from litestar.di import NamedDependency, Provide
from litestar.types import Scope

from parley.access import Context, Gate
from parley.app.post import Post
from parley.app.readiness import Readiness
from parley.app.upkeep import Upkeep
from parley.ground.clock import Clock
from parley.ground.db import Store, open_store
from parley.ground.mail import Mailer
from parley.ground.secrets import Keyring, keyring
from parley.ground.storage import Storage
from parley.live import Hub
from parley.recordings import Finisher
from parley.reports import News
from parley.settings import Settings

_ASKED_FOR = ("settings", "clock", "ring", "store", "context", "gate", "hub", "readiness", "storage", "news")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Each part, by the name under which routes ask for it."""

    settings: Settings
    clock: Clock
    ring: Keyring
    store: Store
    context: Context
    gate: Gate
    hub: Hub
    readiness: Readiness
    upkeep: Upkeep
    storage: Storage
    finisher: Finisher
    post: Post
    news: News

    @classmethod
    def of(cls, settings: Settings, *, clock: Clock) -> Self:
        """Make the parts, not started. Raises `WrongKey` when the secret key is none."""
        ring = keyring(settings.data, written=settings.secret_key)
        store = open_store(settings.database)
        mailer = Mailer(settings.smtp, sender=settings.mail_from)
        readiness = Readiness(settings.database, ring, store)
        storage = Storage(settings.storage)
        return cls(
            settings=settings,
            clock=clock,
            ring=ring,
            store=store,
            context=Context(store, settings=settings, mailer=mailer, clock=clock),
            gate=Gate(store, settings=settings, clock=clock),
            hub=Hub(store, clock, settings),
            readiness=readiness,
            upkeep=Upkeep(store, readiness, keep=settings.facts_keep, clock=clock),
            storage=storage,
            finisher=Finisher(store, storage, settings, clock=clock),
            news=News(store),
            post=Post(store, settings, readiness, mailer=mailer, ring=ring, clock=clock),
        )

    @asynccontextmanager
    async def running(self, app: Litestar) -> AsyncIterator[None]:
        """Start the parts in their order, and stop them in the other."""
        app.state.update(self.asked_for)
        async with self.store, self.readiness, self.gate, self.upkeep, self.finisher, self.post, self.news:
            await self.hub.start()
            try:
                yield
            finally:
                await self.hub.stop()
                await self.context.close()

    @property
    def asked_for(self) -> dict[str, object]:
        """The parts that routes may ask for."""
        return {name: getattr(self, name) for name in _ASKED_FOR}

    @property
    def dependencies(self) -> dict[str, Provide]:
        """The same as the framework wants it, with who asks."""
        people = {name: _after_the_context(found.dependency) for name, found in self.gate.dependencies.items()}
        return {name: _constant(part) for name, part in self.asked_for.items()} | people


def _constant(part: object) -> Provide:
    return Provide(lambda: part, sync_to_thread=False)


def _after_the_context(find: Callable[[Scope], object]) -> Provide:
    """Return a dependency that is looked for once the context is there.

    Litestar starts a task for each of those that it may look for side by side, and that takes longer than finding them.
    """

    def found(scope: Scope, context: NamedDependency[Context]) -> object:  # noqa: ARG001
        return find(scope)

    return Provide(found, sync_to_thread=False)
