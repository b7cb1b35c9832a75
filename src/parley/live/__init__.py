"""Sessions while they run: seats, rooms, and the protocol in which browsers and server talk. It knows only seats."""

from parley.live.change_house import house_of_room, prepare_room
from parley.live.change_seat_roles import change_seat_roles
from parley.live.hub import Hub
from parley.live.ice import LIFETIME_OF_TEST, ice_servers
from parley.live.issue import issue_seat
from parley.live.revoke import revoke_seats
from parley.live.room_size import room_size, smaller
from parley.live.rows import devices_of, seated_in
from parley.live.seat import IssuedSeat
from parley.live.transport import Transport

__all__ = [
    "LIFETIME_OF_TEST",
    "Hub",
    "IssuedSeat",
    "Transport",
    "change_seat_roles",
    "devices_of",
    "house_of_room",
    "ice_servers",
    "issue_seat",
    "prepare_room",
    "revoke_seats",
    "room_size",
    "seated_in",
    "smaller",
]
