"""Hashing passwords with Argon2id, in threads of its own: 20 ms of work for which no verb and no loop should wait."""

import asyncio
import os
import unicodedata
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from parley.ground.faults import OverLimit
from parley.ground.words import N_

MEMORY_KIB = 19 * 1024
ROUNDS = 2
"""With 19 MiB and two rounds the floor that OWASP recommends."""

THREADS = 2
MOST_WAITING = 64
"""How many passwords may wait for a thread; more are asked to come back."""

LONGEST = 256
"""Characters of the longest password: more would only keep the server busy."""

_RETRY_AFTER = 5
_SALT_BYTES = 16
_HASH_BYTES = 32

T = TypeVar("T")


class Hasher:
    """Hashes and verifies passwords. Verifying against nothing takes as long as against a hash."""

    def __init__(self, *, memory_kib: int = MEMORY_KIB, rounds: int = ROUNDS) -> None:
        self._argon2 = PasswordHasher(
            time_cost=rounds, memory_cost=memory_kib, parallelism=1, hash_len=_HASH_BYTES, salt_len=_SALT_BYTES
        )
        salt, digest = (b64encode(os.urandom(size)).decode().rstrip("=") for size in (_SALT_BYTES, _HASH_BYTES))
        self._decoy = f"$argon2id$v=19$m={memory_kib},t={rounds},p=1${salt}${digest}"
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="parley-hash")
        self._waiting = 0

    async def hash(self, password: str) -> str:
        """Return the hash to store, in the PHC string format."""
        return await self._in_thread(lambda: self._argon2.hash(_bytes(password)))

    async def verify(self, stored: str | None, password: str) -> bool:
        """Tell whether this is the password; without a stored hash it never is, and takes as long to say."""
        right = await self._in_thread(lambda: self._is_right(self._decoy if stored is None else stored, password))
        return right and stored is not None

    def is_outdated(self, stored: str) -> bool:
        """Tell whether the hash was made with other parameters than today's."""
        return self._argon2.check_needs_rehash(stored)

    def close(self) -> None:
        """Let go of the threads, once they have done what was begun."""
        self._threads.shutdown()

    def _is_right(self, stored: str, password: str) -> bool:
        try:
            return self._argon2.verify(stored, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False

    async def _in_thread(self, work: Callable[[], T]) -> T:
        if self._waiting >= MOST_WAITING:
            raise OverLimit(N_("Too many people are signing in just now."), retry_after=_RETRY_AFTER)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1


def _bytes(password: str) -> bytes:
    """One keyboard composes an ü, another sends u and two dots: both are the same password.

    Composing takes the square of the time for twice as many marks, so that it stops short behind the longest password.
    """
    return unicodedata.normalize("NFKC", password[: LONGEST + 1]).encode("utf-8", "surrogatepass")
