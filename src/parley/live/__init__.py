"""Sessions while they run: seats, rooms, and the protocol in which browsers and server talk. It knows only seats."""

from parley.live.change_seat_roles import change_seat_roles
from parley.live.hub import Hub
from parley.live.issue import issue_seat
from parley.live.revoke import revoke_seats
from parley.live.room_size import room_size, smaller
from parley.live.seat import IssuedSeat
from parley.live.transport import Transport

__all__ = [
    "Hub",
    "IssuedSeat",
    "Transport",
    "change_seat_roles",
    "issue_seat",
    "revoke_seats",
    "room_size",
    "smaller",
]
