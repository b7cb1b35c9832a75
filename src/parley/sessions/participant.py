"""Who takes part in a session: a user is one participant, however often and from however many devices they come."""

from datetime import datetime
from enum import StrEnum

import msgspec


class RoomRole(StrEnum):
    """What a participant may do in the room."""

    HOST = "host"
    COHOST = "cohost"
    ATTENDEE = "attendee"


class Invitee(msgspec.Struct, frozen=True, kw_only=True):
    """A user who is expected in a session before anybody is there."""

    person: int
    name: str
    role: RoomRole
    required: bool = False


class InvitedGuest(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is no user and expected in a session: they are known by their invitation."""

    invitation: int
    name: str
    required: bool


class Participant(msgspec.Struct, frozen=True, kw_only=True):
    """A user of the account, or a guest, as they were called in this session."""

    id: int
    account: int
    session: int
    person: int | None
    """The user; None for a guest."""

    name: str
    role: RoomRole
    invited: bool
    """Expected: host, co-hosts and who was invited; without a stay they did not come."""

    admitted_at: datetime | None
    """When they were first let in; None as long as they are only invited."""

    removed_at: datetime | None = None
    """When a host removed them; a user who was removed is not let in again and does not read the record."""

    required: bool = False
    """Whether they should come."""

    invitation: int | None = None
    """The invitation of somebody who is no user; None for users, and for guests without one."""

    came_by: int | None = None
    """The invitation of somebody else, by whose personal link they came."""

    link_shared_at: datetime | None = None
    """When their personal link was opened on a second device while they were there."""

    @property
    def key(self) -> int | None:
        """Who it is: the user, or the invitation of who is none; None for a guest whom nobody invited."""
        return self.invitation if self.person is None else self.person
