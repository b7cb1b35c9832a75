"""A hasher during whose work something else happens."""

from collections.abc import Awaitable, Callable

from parley.access import Hasher


class HasherMeanwhile(Hasher):
    """Verifies as any other, and lets something happen before it says what it found."""

    def __init__(self, happens: Callable[[], Awaitable[None]], *, memory_kib: int = 8) -> None:
        super().__init__(memory_kib=memory_kib, rounds=1)
        self._happens = happens

    async def verify(self, stored: str | None, password: str) -> bool:
        right = await super().verify(stored, password)
        await self._happens()
        return right
