"""What becomes true about seats."""

from parley.ground.facts import Fact


class SeatRevoked(Fact, frozen=True, tag="seat.revoked"):
    """Somebody was removed from a session: their seats are no longer valid. The subject is the participant."""

    session: int
    person: int | None


class SeatChanged(Fact, frozen=True, tag="seat.changed"):
    """Somebody has another role in a session while it runs: `host`, `cohost` or `attendee`.

    The subject is the participant.
    """

    session: int
    person: int | None
    role: str


class SeatAdmitted(Fact, frozen=True, tag="seat.admitted"):
    """Somebody who waited before a room was let in. The subject is the participant, `by` the one who let them in."""

    session: int
    person: int | None
    name: str
    by: int


class SeatRefused(Fact, frozen=True, tag="seat.refused"):
    """Somebody who waited before a room was sent away. The subject is the participant, `by` the one who did it."""

    session: int
    person: int | None
    name: str
    by: int


class RoomChanged(Fact, frozen=True, tag="room.changed"):
    """The rules of a room are others: who waits, whether it is locked, whether attendees may unmute themselves.

    The subject is the session, `by` the participant who changed them.
    """

    lobby: str
    locked: bool
    may_unmute: bool
    by: int
