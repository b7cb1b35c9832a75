"""A link that lets somebody in once: to set up the server, or to set a password."""

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from parley.ground.faults import NotFound
from parley.ground.words import N_


class Purpose(StrEnum):
    """What a link is for."""

    SETUP = "setup"
    INVITATION = "invitation"
    RESET = "reset"


LIFETIME = {
    Purpose.SETUP: timedelta(days=1),
    Purpose.INVITATION: timedelta(days=7),
    Purpose.RESET: timedelta(hours=1),
}
"""How long a link works."""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A link as it is kept; the secret in it is nowhere."""

    id: int
    purpose: Purpose
    person: int | None
    email_folded: str | None
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None

    def works(self, *, at: datetime) -> bool:
        """Whether it may still be used."""
        return self.used_at is None and at < self.expires_at


def dead_link() -> NotFound:
    """Return the refusal of a link that is used up, too old, or never was."""
    return NotFound(N_("This link does not work any more. Please ask for a new one."))
