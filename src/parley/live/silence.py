"""Silence in a room: muting one or all, at once and whatever their own clients do about it."""

from msgspec.structs import replace

from parley.live.answers import send
from parley.live.effects import Effect
from parley.live.events import Muted, Published
from parley.live.occupant import Occupant
from parley.live.room import Room


def mute_all(room: Room, *, by: str | None) -> list[Effect]:
    """Mute everybody but hosts and co-hosts."""
    others = [other for other in room.occupants.values() if not other.seat.leads]
    for other in others:
        room.occupants[other.id] = replace(other, may_unmute=False)
    return [effect for other in others if other.media.microphone for effect in mute(room, other, by=by)]


def mute(room: Room, occupant: Occupant, *, by: str | None) -> list[Effect]:
    """Mute somebody; where attendees may not unmute themselves, they are to be asked again."""
    media = replace(occupant.media, microphone=False)
    room.occupants[occupant.id] = replace(occupant, media=media, may_unmute=False)
    told: list[Effect] = [] if occupant.away else [send(occupant.id, Muted(by=by))]
    return told if media == occupant.media else [*told, room.broadcast(Published.of(occupant.text, media))]
