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
    """Expected from the beginning (host and co-hosts); without a stay they did not come."""

    admitted_at: datetime | None
    """When they were first let in; None as long as they are only invited."""

    removed_at: datetime | None = None
    """When a host removed them; a user who was removed is not let in again and does not read the record."""
