"""Sessions while they run: seats, rooms, and the protocol in which browsers and server talk. It knows only seats."""

from parley.live.hub import Hub
from parley.live.issue import issue_seat
from parley.live.recast import recast_seats
from parley.live.revoke import revoke_seats
from parley.live.seat import Issued
from parley.live.transport import Transport

__all__ = [
    "Hub",
    "Issued",
    "Transport",
    "issue_seat",
    "recast_seats",
    "revoke_seats",
]
