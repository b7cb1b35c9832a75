"""An account: one organization with its people and all that is theirs."""

from datetime import datetime

import msgspec

from parley.people.lobby import Lobby


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """An organization on this server; accounts know nothing of each other."""

    id: int
    name: str
    created_at: datetime
    sessions_at_once: int | None = None
    """The most sessions at once; None when there is no limit."""

    lobby: Lobby = Lobby.GUESTS
    """Who waits before meetings without a password that say nothing else."""

    long_enough_percent: int = 80
    """How much of a session somebody must be there to have attended it, where its meeting does not say otherwise."""

    late_after_minutes: int = 5
    """Who comes this much after the start is late; who goes this much before the end has left early."""
