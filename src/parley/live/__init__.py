"""Sessions while they run: seats, rooms, and the protocol in which browsers and server talk. It knows only seats."""

from parley.live.facts import SeatChanged, SeatRevoked
from parley.live.hub import Hub
from parley.live.issue import issue_seat
from parley.live.reasons import Reason, Refused
from parley.live.recast import recast_seats
from parley.live.revoke import revoke_seats
from parley.live.rules import Rules
from parley.live.seat import Issued, Seat
from parley.live.transport import Transport

__all__ = [
    "Hub",
    "Issued",
    "Reason",
    "Refused",
    "Rules",
    "Seat",
    "SeatChanged",
    "SeatRevoked",
    "Transport",
    "issue_seat",
    "recast_seats",
    "revoke_seats",
]
