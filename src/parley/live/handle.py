"""What a room does about what a client sends: one handler per command, in a table."""

from datetime import datetime

from msgspec.structs import replace

from parley.live.answers import refuse, send, there
from parley.live.commands import (
    Command,
    Heartbeat,
    Leave,
    Media,
    Publish,
    RaiseHand,
    React,
    Say,
    Signal,
    Spotlight,
)
from parley.live.effects import (
    Broadcast,
    Effect,
    Record,
    RecordAdmission,
    RecordEnd,
    RecordHouse,
    RecordMessage,
    RecordRefusal,
    RecordRemoval,
    RecordRole,
)
from parley.live.events import HandRaised, Published, Reacted, Signaled, Spotlit, encode
from parley.live.leading import LEADING, Handler
from parley.live.occupant import Occupant
from parley.live.reasons import Error, Reason
from parley.live.room import Room
from parley.live.rules import REACTIONS_A_SECOND, REACTIONS_AT_ONCE
from parley.live.token_bucket import TokenBucket
from parley.sessions import CONTROL_CHARACTERS, TEXT_LIMIT


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
        return refuse(occupant, Reason.NOT_ALLOWED, event="media")
    effects: list[Effect] = []
    if media.microphone and not occupant.media.microphone and not occupant.may_speak(room.house):
        media = replace(media, microphone=False)
        effects += refuse(occupant, Reason.NOT_ALLOWED, event="unmute")
    if media == occupant.media:
        return effects
    room.occupants[occupant.id] = replace(occupant, media=media)
    effects.append(room.broadcast(Published.of(occupant.text, media)))
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
    other = there(room, signal.to)
    if other is None or signal.instance not in (None, other.instance):
        return refuse(occupant, Reason.GONE, event="signal", to=signal.to)
    return [send(other.id, Signaled(from_=occupant.text, instance=occupant.instance, data=signal.data))]


def _react(room: Room, occupant: Occupant, react: React, at: datetime) -> list[Effect]:
    fresh = TokenBucket(rate=REACTIONS_A_SECOND, burst=REACTIONS_AT_ONCE, now=at.timestamp())
    if not room.reactions.setdefault(occupant.id, fresh).take(now=at.timestamp()):
        return refuse(occupant, Reason.TOO_OFTEN, event="react")
    return [Broadcast(encode(Reacted(who=occupant.text, reaction=react.reaction)))]


def _spotlight(room: Room, occupant: Occupant, wanted: Spotlight, _at: datetime) -> list[Effect]:
    if not occupant.seat.leads:
        return refuse(occupant, Reason.NOT_ALLOWED, event="spotlight")
    who = None if wanted.who is None else int(wanted.who)
    if who is not None and who not in room.occupants:
        return refuse(occupant, Reason.GONE, event="spotlight", who=wanted.who)
    return [] if who == room.spotlight else [_light(room, who, by=occupant)]


def _light(room: Room, who: int | None, *, by: Occupant) -> Effect:
    room.spotlight = who
    return room.broadcast(Spotlit(who=None if who is None else str(who), by=by.text))


def _say(room: Room, occupant: Occupant, saying: Say, _at: datetime) -> list[Effect]:
    text = saying.text.strip()
    if len(text) > TEXT_LIMIT:
        return refuse(occupant, Reason.TOO_LONG, event="say", key=saying.key, limit=TEXT_LIMIT)
    if not text or CONTROL_CHARACTERS.search(text):
        return refuse(occupant, Reason.BAD_TEXT, event="say", key=saying.key)
    if saying.to is None:
        return [RecordMessage(participant=occupant.id, text=saying.text, key=saying.key)]
    if saying.to == occupant.text or int(saying.to) not in room.occupants:
        return refuse(occupant, Reason.GONE, event="say", key=saying.key, to=saying.to)
    return [RecordMessage(participant=occupant.id, text=saying.text, key=saying.key, to=int(saying.to))]


def _leave(room: Room, occupant: Occupant, _leave: Leave, at: datetime) -> list[Effect]:
    return room.leave(occupant.id, at=at)


HANDLERS: dict[type[Command], Handler] = {
    Heartbeat: _heartbeat,
    Publish: _publish,
    RaiseHand: _raise_hand,
    React: _react,
    Signal: _signal,
    Spotlight: _spotlight,
    Say: _say,
    Leave: _leave,
    **LEADING,
}


_WRITTEN: dict[type[Record], str] = {
    RecordMessage: "say",
    RecordRemoval: "remove",
    RecordAdmission: "admit",
    RecordRefusal: "refuse",
    RecordHouse: "house",
    RecordRole: "role",
    RecordEnd: "end",
}
"""By which event somebody wanted what was to be written."""


def refused(room: Room, record: Record, *, reason: Reason) -> list[Effect]:
    """Return what is to be done when what somebody wanted on the record could not be written."""
    event = _WRITTEN.get(type(record))
    if event is None:
        return []
    who: int = record.participant if isinstance(record, RecordMessage) else record.by  # type: ignore[union-attr]
    error = Error(reason=reason, event=event, key=record.key if isinstance(record, RecordMessage) else None)
    return [send(who, error)] if who in room.occupants else []
