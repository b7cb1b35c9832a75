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
