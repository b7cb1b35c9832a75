"""A seat: what admits one participant to one session, whatever let them in."""

from datetime import datetime

import msgspec

HOST = "host"
COHOST = "cohost"
ATTENDEE = "attendee"
LEADERS = frozenset({HOST, COHOST})
"""The roles that may mute, let in, remove and end."""


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
    admitted_at: datetime | None = None
    """When its holder was let in; None for who may have to wait."""

    device: str | None = None
    """The browser that it was given to, for those who come by a personal link."""

    link_of: str | None = None
    """Whose personal link they came by, where it is somebody else's."""

    link_shared: bool = False
    """Whether their personal link was open on another device when they came."""

    @property
    def invited_guest(self) -> bool:
        """Whether they are no user, and came by a personal link of their own."""
        return self.person is None and self.device is not None and self.link_of is None

    @property
    def leads(self) -> bool:
        """Whether they may mute and remove others and end the session."""
        return self.role in LEADERS


class IssuedSeat(msgspec.Struct, frozen=True, kw_only=True):
    """A fresh seat and its token, which is shown this once."""

    seat: Seat
    token: str
