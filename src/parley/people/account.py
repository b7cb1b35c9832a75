"""An account: one organization with its people and all that is theirs."""

from datetime import datetime

import msgspec


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """An organization on this server; accounts know nothing of each other."""

    id: int
    name: str
    created_at: datetime
    sessions_at_once: int | None = None
    """The most sessions at once; None when there is no limit."""
