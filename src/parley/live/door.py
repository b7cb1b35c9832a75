"""The door of a room: who comes in by themselves, who waits, and what other house rules change about that."""

from datetime import datetime

from parley.live.effects import Effect
from parley.live.events import HouseChanged
from parley.live.house_rules import HouseRules
from parley.live.reasons import Reason, Refused
from parley.live.room import Room
from parley.live.seat import Seat
from parley.live.silence import mute_all


def admits(room: Room, seat: Seat) -> bool:
    """Tell whether somebody comes in by themselves; who was let in once may always come back."""
    if seat.admitted_at is not None or seat.participant in room.occupants:
        return True
    return room.house.admit(leads=seat.leads, known=seat.person is not None or seat.invited_guest)


def knock(room: Room, seat: Seat, *, at: datetime) -> list[Effect]:
    """Let somebody wait for a host. Raises Refused when the session is over, or too many wait."""
    if room.ended:
        raise Refused(Reason.ENDED)
    return room.waiting.knock(seat, locked=room.house.locked, at=at)


def change_house(room: Room, house: HouseRules, *, by: str | None) -> list[Effect]:
    """Let other house rules count, which are on the record: who may come in does, who may not speak is muted."""
    if house == room.house:
        return []
    before, room.house = room.house, house
    news: list[Effect] = [room.broadcast(HouseChanged(house=house, by=by))]
    came = room.waiting.let_in(lambda seat: admits(room, seat))
    muted = mute_all(room, by=by) if before.may_unmute and not house.may_unmute else []
    return [*news, *came, *muted]
