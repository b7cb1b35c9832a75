"""What a room wants done: telling people, closing connections, and writing the record."""

from datetime import datetime

import msgspec

from parley.live.house_rules import HouseChange
from parley.live.reasons import Reason
from parley.sessions import Departure


class Send(msgspec.Struct, frozen=True):
    """Tell one person."""

    to: int
    payload: bytes


class Broadcast(msgspec.Struct, frozen=True):
    """Tell everybody who is connected, with one exception at most."""

    payload: bytes
    but: int | None = None


class Close(msgspec.Struct, frozen=True):
    """Close somebody's connection, after they were told what there was to tell."""

    who: int
    reason: Reason


class ComeIn(msgspec.Struct, frozen=True):
    """Let somebody in who waited: their arrival is to be written down, then they get their place."""

    who: int


class RecordArrival(msgspec.Struct, frozen=True, kw_only=True):
    """Write down that somebody came, if their seat is still good, and of the role with which they will be there."""

    seat: int
    participant: int
    role: str


class RecordAway(msgspec.Struct, frozen=True, kw_only=True):
    """Write down that somebody's connection is lost since then: the session may end before they are back."""

    participant: int
    since: datetime


class RecordDeparture(msgspec.Struct, frozen=True, kw_only=True):
    """Write down that somebody was there until then."""

    participant: int
    at: datetime
    how: Departure


class RecordMessage(msgspec.Struct, frozen=True, kw_only=True):
    """Write down what somebody says."""

    participant: int
    text: str
    key: str
    to: int | None = None
    """To whom alone; None is to everybody."""


class RecordRemoval(msgspec.Struct, frozen=True, kw_only=True):
    """Write down that somebody's seats are taken away."""

    participant: int
    by: int
    person: int | None
    """The user who does it; None for a guest."""


class RecordAdmission(msgspec.Struct, frozen=True, kw_only=True):
    """Write down that somebody who waits may come in."""

    participant: int
    by: int
    person: int | None
    """The user who does it; None for a guest."""


class RecordRefusal(msgspec.Struct, frozen=True, kw_only=True):
    """Write down that somebody who waits may not come in."""

    participant: int
    by: int
    person: int | None
    """The user who does it; None for a guest."""


class RecordHouse(msgspec.Struct, frozen=True, kw_only=True):
    """Write down what is different about the house rules."""

    change: HouseChange
    by: int
    person: int | None
    """The user who does it; None for a guest."""


class RecordRole(msgspec.Struct, frozen=True, kw_only=True):
    """Write down that somebody has another role; a host who makes another one the host is a co-host from then on."""

    participant: int
    role: str
    by: int
    person: int | None
    """The user who does it; None for a guest."""


class RecordEnd(msgspec.Struct, frozen=True, kw_only=True):
    """Write down that the session is over."""

    by: int
    person: int | None
    """The user who does it; None for a guest."""


Record = (
    RecordArrival
    | RecordAway
    | RecordDeparture
    | RecordMessage
    | RecordRemoval
    | RecordAdmission
    | RecordRefusal
    | RecordHouse
    | RecordRole
    | RecordEnd
)
Effect = Send | Broadcast | Close | ComeIn | Record
