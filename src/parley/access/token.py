"""A personal API token: acts in its owner's name, with some of their rights."""

from datetime import datetime

import msgspec

PREFIX = "parley_"
"""What a token begins with, so that programs that look for leaked secrets know one."""

LONGEST_NAME = 100
MOST = 100
"""How many tokens somebody may have."""


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """A token as it is kept; the secret itself is nowhere."""

    id: int
    account: int
    person: int
    name: str
    scopes: frozenset[str]
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    made_with: int | None
    """The token with which it was made; when that one is revoked, so is this."""
