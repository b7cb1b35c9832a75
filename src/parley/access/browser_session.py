"""A browser that is signed in."""

from datetime import datetime

import msgspec

LONGEST_AGENT = 300


class ClientInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody comes from: network address, and what the browser calls itself."""

    address: str
    agent: str


class BrowserSession(msgspec.Struct, frozen=True, kw_only=True):
    """A browser that is signed in: from where, since when, last used when."""

    id: int
    account: int
    person: int
    address: str
    agent: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
