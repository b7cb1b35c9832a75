"""The password of a meeting: hashed where hashing does not hold anybody up."""

from msgspec import UnsetType

from parley.access import Hasher
from parley.meetings.plan import acceptable


async def hashed(hasher: Hasher, password: str | UnsetType | None) -> str | None:
    """Return the hash of a chosen password, for `schedule` and `change`.

    None when none was chosen, and for one that they will refuse anyway.
    """
    return await hasher.hash(password) if isinstance(password, str) and acceptable(password) else None
