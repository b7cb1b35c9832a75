"""What a room does about what a client sends: one handler per command, in a table."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from parley.live.commands import (
    Command,
    End,
    Heartbeat,
    Leave,
    Media,
    Mute,
    Publish,
    RaiseHand,
    React,
    Remove,
    Say,
    Signal,
    Spotlight,
)
from parley.live.effects import (
    Broadcast,
    Effect,
    Record,
    RecordDeparture,
    RecordEnd,
    RecordMessage,
    RecordRemoval,
    Send,
)
from parley.live.events import Event, HandRaised, Muted, Published, Reacted, Signaled, Spotlit, encode
from parley.live.occupant import Occupant
from parley.live.reasons import Error, Reason
from parley.live.room import Room
from parley.live.rules import REACTIONS_A_SECOND, REACTIONS_AT_ONCE
from parley.live.token_bucket import TokenBucket
from parley.sessions import CONTROL_CHARACTERS, TEXT_LIMIT, Departure


def handle(room: Room, who: int, command: Command, *, at: datetime) -> list[Effect]:
    """Return what is to be done about what somebody sends, who is connected."""
    occupant = room.occupants.get(who)
    if occupant is None or occupant.away:
        return []
    room.last_seen[who] = at
    return HANDLERS[type(command)](room, occupant, command, at)


def _heartbeat(_room: Room, _person: Occupant, _heartbeat: Heartbeat, _at: datetime) -> list[Effect]:
    return []


def _publish(room: Room, occupant: Occupant, wanted: Publish, _at: datetime) -> list[Effect]:
    """Tell what somebody publishes now; a screen is for all to see, and ends a spotlight."""
    media = Media(microphone=wanted.microphone, camera=wanted.camera, screen=wanted.screen)
    if media.any and not occupant.seat.publishes:
        return _refuse(occupant, Reason.NOT_ALLOWED, event="media")
    if media == occupant.media:
        return []
    room.occupants[occupant.id] = replace(occupant, media=media)
    published = Published(who=occupant.text, microphone=media.microphone, camera=media.camera, screen=media.screen)
    effects: list[Effect] = [room.broadcast(published)]
    if media.screen and not occupant.media.screen and room.spotlight is not None:
        effects.append(_light(room, None, by=occupant))
    return effects


def _raise_hand(room: Room, occupant: Occupant, hand: RaiseHand, at: datetime) -> list[Effect]:
    if hand.raised == (occupant.hand is not None):
        return []
    raised_at = at if hand.raised else None
    room.occupants[occupant.id] = replace(occupant, hand=raised_at)
    return [room.broadcast(HandRaised(who=occupant.text, raised_at=raised_at))]


def _signal(room: Room, occupant: Occupant, signal: Signal, _at: datetime) -> list[Effect]:
    other = _there(room, signal.to)
    if other is None or signal.instance not in (None, other.instance):
        return _refuse(occupant, Reason.GONE, event="signal", to=signal.to)
    return [_send(other.id, Signaled(from_=occupant.text, instance=occupant.instance, data=signal.data))]


def _react(room: Room, occupant: Occupant, react: React, at: datetime) -> list[Effect]:
    fresh = TokenBucket(rate=REACTIONS_A_SECOND, burst=REACTIONS_AT_ONCE, now=at.timestamp())
    if not room.reactions.setdefault(occupant.id, fresh).take(now=at.timestamp()):
        return _refuse(occupant, Reason.TOO_OFTEN, event="react")
    return [Broadcast(encode(Reacted(who=occupant.text, reaction=react.reaction)))]


def _spotlight(room: Room, occupant: Occupant, wanted: Spotlight, _at: datetime) -> list[Effect]:
    if not occupant.seat.leads:
        return _refuse(occupant, Reason.NOT_ALLOWED, event="spotlight")
    who = None if wanted.who is None else int(wanted.who)
    if who is not None and who not in room.occupants:
        return _refuse(occupant, Reason.GONE, event="spotlight", who=wanted.who)
    return [] if who == room.spotlight else [_light(room, who, by=occupant)]


def _light(room: Room, who: int | None, *, by: Occupant) -> Effect:
    room.spotlight = who
    return room.broadcast(Spotlit(who=None if who is None else str(who), by=by.text))


def _say(room: Room, occupant: Occupant, saying: Say, _at: datetime) -> list[Effect]:
    text = saying.text.strip()
    if len(text) > TEXT_LIMIT:
        return _refuse(occupant, Reason.TOO_LONG, event="say", key=saying.key, limit=TEXT_LIMIT)
    if not text or CONTROL_CHARACTERS.search(text):
        return _refuse(occupant, Reason.BAD_TEXT, event="say", key=saying.key)
    if saying.to is None:
        return [RecordMessage(participant=occupant.id, text=saying.text, key=saying.key)]
    if saying.to == occupant.text or int(saying.to) not in room.occupants:
        return _refuse(occupant, Reason.GONE, event="say", key=saying.key, to=saying.to)
    return [RecordMessage(participant=occupant.id, text=saying.text, key=saying.key, to=int(saying.to))]


def _mute(room: Room, occupant: Occupant, mute: Mute, _at: datetime) -> list[Effect]:
    if not occupant.seat.leads:
        return _refuse(occupant, Reason.NOT_ALLOWED, event="mute")
    other = _there(room, mute.who)
    if other is None:
        return _refuse(occupant, Reason.GONE, event="mute", who=mute.who)
    return [_send(other.id, Muted(by=occupant.text))]


def _remove(room: Room, occupant: Occupant, remove: Remove, _at: datetime) -> list[Effect]:
    other = room.occupants.get(int(remove.who))
    if not occupant.seat.leads or (other is not None and (other.seat.role == "host" or other is occupant)):
        return _refuse(occupant, Reason.NOT_ALLOWED, event="remove")
    if other is None:
        return _refuse(occupant, Reason.GONE, event="remove", who=remove.who)
    return [RecordRemoval(participant=other.id, by=occupant.id, person=occupant.seat.person)]


def _end(room: Room, occupant: Occupant, _end: End, _at: datetime) -> list[Effect]:
    """End for all. Those who are away were not there any more: their stay ends when they were last seen."""
    if not occupant.seat.leads:
        return _refuse(occupant, Reason.NOT_ALLOWED, event="end")
    gone: list[Effect] = [
        RecordDeparture(participant=other.id, at=other.away_since, how=Departure.LOST)
        for other in room.occupants.values()
        if other.away_since is not None
    ]
    return [*gone, RecordEnd(by=occupant.id, person=occupant.seat.person)]


def _leave(room: Room, occupant: Occupant, _leave: Leave, at: datetime) -> list[Effect]:
    return room.leave(occupant.id, at=at)


Handler = Callable[[Room, Occupant, Any, datetime], list[Effect]]

HANDLERS: dict[type[Command], Handler] = {
    Heartbeat: _heartbeat,
    Publish: _publish,
    RaiseHand: _raise_hand,
    React: _react,
    Signal: _signal,
    Spotlight: _spotlight,
    Say: _say,
    Mute: _mute,
    Remove: _remove,
    End: _end,
    Leave: _leave,
}


def refused(room: Room, record: Record, *, reason: Reason) -> list[Effect]:
    """Return what is to be done when what somebody wanted on the record could not be written."""
    match record:
        case RecordMessage(participant=who, key=key):
            error = Error(reason=reason, event="say", key=key)
        case RecordRemoval(by=who):
            error = Error(reason=reason, event="remove")
        case RecordEnd(by=who):
            error = Error(reason=reason, event="end")
        case _:
            return []
    return [_send(who, error)] if who in room.occupants else []


def _there(room: Room, who: str) -> Occupant | None:
    """Return somebody who is connected."""
    occupant = room.occupants.get(int(who))
    return None if occupant is None or occupant.away else occupant


def _send(to: int, event: Event | Error) -> Send:
    return Send(to, encode(event))


def _refuse(occupant: Occupant, reason: Reason, **fields: Any) -> list[Effect]:  # noqa: ANN401 (fields of Error)
    return [_send(occupant.id, Error(reason=reason, **fields))]
