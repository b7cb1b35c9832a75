"""How much fits into a room, and how long it waits."""

from datetime import timedelta

import msgspec
from msgspec.structs import replace

from parley.live.commands import SIGNAL_BYTES
from parley.live.events import Limits
from parley.sessions import TEXT_LIMIT

MESSAGES_SHOWN = 200
"""How many of the last messages a newcomer is shown."""

MOST_WAITING = 200
"""How many may wait before one room."""

REACTIONS_A_SECOND, REACTIONS_AT_ONCE = 1, 5


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers of a room; but for the publishers they are the protocol's."""

    publishers: int = 6
    tick_interval: timedelta = timedelta(seconds=1)
    heartbeat_interval: timedelta = timedelta(seconds=5)
    silence_timeout: timedelta = timedelta(seconds=12)
    """Whoever says nothing for this long has lost their connection."""

    seat_timeout: timedelta = timedelta(seconds=20)
    """How long a place is kept for somebody whose connection is lost."""

    hello_timeout: timedelta = timedelta(seconds=5)
    close_timeout: timedelta = timedelta(seconds=3)
    """How long a connection that ends may take to read what is still due to it."""

    empty_timeout: timedelta = timedelta(minutes=1)
    """How long a room without people stays in memory."""

    rejoin_window: timedelta = timedelta(minutes=1)
    """Whoever was there this long before the server stopped is awaited when it is back."""

    def with_at_most(self, people: int | None) -> "Rules":
        """Return the rules of a room in which the host's licence allows no more people; None is no limit."""
        return self if people is None else replace(self, publishers=min(people, self.publishers))

    def limits(self) -> Limits:
        """Return what clients are told of the rules."""
        return Limits(
            publishers=self.publishers,
            text=TEXT_LIMIT,
            signal=SIGNAL_BYTES,
            beat_seconds=self.heartbeat_interval.total_seconds(),
            seat_seconds=self.seat_timeout.total_seconds(),
        )
