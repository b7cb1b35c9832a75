"""A seat: what admits one participant to one session, whatever let them in."""

from datetime import datetime

import msgspec

LEADERS = frozenset({"host", "cohost"})
"""The roles that may mute, remove and end."""


ATTENDEE = "attendee"


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """A place of one participant in the room of a session; who holds its token takes it."""

    id: int
    account: int
    session: int
    participant: int
    person: int | None
    """The user; None for a guest."""

    name: str
    role: str
    publishes: bool
    """Whether they may publish media; only so many may in one room."""

    issued_at: datetime
    revoked_at: datetime | None = None

    @property
    def leads(self) -> bool:
        """Whether they may mute and remove others and end the session."""
        return self.role in LEADERS


class IssuedSeat(msgspec.Struct, frozen=True, kw_only=True):
    """A fresh seat and its token, which is shown this once."""

    seat: Seat
    token: str
