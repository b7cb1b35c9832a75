"""What a room does about what somebody says: one handler per command, in a table."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from parley.live.commands import (
    Beat,
    Command,
    End,
    Leave,
    Media,
    Mute,
    Publish,
    RaiseHand,
    Remove,
    Say,
    Signal,
)
from parley.live.effects import (
    Effect,
    KeepDeparture,
    KeepEnd,
    KeepMessage,
    KeepRemoval,
    Record,
    Send,
)
from parley.live.events import Event, HandRaised, Muted, Published, Signaled, encode
from parley.live.person import Person
from parley.live.reasons import Error, Reason
from parley.live.room import Room
from parley.sessions import TEXT_LIMIT, Departure

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def hear(room: Room, who: int, command: Command, *, at: datetime) -> list[Effect]:
    """Return what is to be done about what somebody says, who is connected."""
    person = room.people.get(who)
    if person is None or person.away:
        return []
    room.heard[who] = at
    return HANDLERS[type(command)](room, person, command, at)


def _beat(_room: Room, _person: Person, _beat: Beat, _at: datetime) -> list[Effect]:
    return []


def _publish(room: Room, person: Person, wanted: Publish, _at: datetime) -> list[Effect]:
    media = Media(microphone=wanted.microphone, camera=wanted.camera, screen=wanted.screen)
    if media.any and not person.seat.publishes:
        return _refuse(person, Reason.NOT_ALLOWED, event="media")
    if media == person.media:
        return []
    room.people[person.id] = replace(person, media=media)
    return [
        room.tell(Published(who=person.text, microphone=media.microphone, camera=media.camera, screen=media.screen))
    ]


def _raise_hand(room: Room, person: Person, hand: RaiseHand, at: datetime) -> list[Effect]:
    if hand.raised == (person.hand is not None):
        return []
    raised_at = at if hand.raised else None
    room.people[person.id] = replace(person, hand=raised_at)
    return [room.tell(HandRaised(who=person.text, raised_at=raised_at))]


def _signal(room: Room, person: Person, signal: Signal, _at: datetime) -> list[Effect]:
    other = _there(room, signal.to)
    if other is None or signal.instance not in (None, other.instance):
        return _refuse(person, Reason.GONE, event="signal", to=signal.to)
    return [_send(other.id, Signaled(from_=person.text, instance=person.instance, data=signal.data))]


def _say(_room: Room, person: Person, saying: Say, _at: datetime) -> list[Effect]:
    if len(saying.text) > TEXT_LIMIT:
        return _refuse(person, Reason.TOO_LONG, event="say", key=saying.key, limit=TEXT_LIMIT)
    if not saying.text.strip() or _CONTROL.search(saying.text):
        return _refuse(person, Reason.BAD_TEXT, event="say", key=saying.key)
    return [KeepMessage(participant=person.id, text=saying.text, key=saying.key)]


def _mute(room: Room, person: Person, mute: Mute, _at: datetime) -> list[Effect]:
    if not person.seat.leads:
        return _refuse(person, Reason.NOT_ALLOWED, event="mute")
    other = _there(room, mute.who)
    if other is None:
        return _refuse(person, Reason.GONE, event="mute", who=mute.who)
    return [_send(other.id, Muted(by=person.text))]


def _remove(room: Room, person: Person, remove: Remove, _at: datetime) -> list[Effect]:
    other = room.people.get(int(remove.who))
    if not person.seat.leads or (other is not None and (other.seat.role == "host" or other is person)):
        return _refuse(person, Reason.NOT_ALLOWED, event="remove")
    if other is None:
        return _refuse(person, Reason.GONE, event="remove", who=remove.who)
    return [KeepRemoval(participant=other.id, by=person.id, user=person.seat.user)]


def _end(room: Room, person: Person, _end: End, _at: datetime) -> list[Effect]:
    """End for all. Those who are away were not there any more: their stay ends when they were last seen."""
    if not person.seat.leads:
        return _refuse(person, Reason.NOT_ALLOWED, event="end")
    gone: list[Effect] = [
        KeepDeparture(participant=other.id, at=other.away_since, how=Departure.LOST)
        for other in room.people.values()
        if other.away_since is not None
    ]
    return [*gone, KeepEnd(by=person.id, user=person.seat.user)]


def _leave(room: Room, person: Person, _leave: Leave, at: datetime) -> list[Effect]:
    return room.leave(person.id, at=at)


Handler = Callable[[Room, Person, Any, datetime], list[Effect]]

HANDLERS: dict[type[Command], Handler] = {
    Beat: _beat,
    Publish: _publish,
    RaiseHand: _raise_hand,
    Signal: _signal,
    Say: _say,
    Mute: _mute,
    Remove: _remove,
    End: _end,
    Leave: _leave,
}


def refused(room: Room, record: Record, *, reason: Reason) -> list[Effect]:
    """Return what is to be done when what somebody wanted on the record could not be written."""
    match record:
        case KeepMessage(participant=who, key=key):
            error = Error(reason=reason, event="say", key=key)
        case KeepRemoval(by=who):
            error = Error(reason=reason, event="remove")
        case KeepEnd(by=who):
            error = Error(reason=reason, event="end")
        case _:
            return []
    return [_send(who, error)] if who in room.people else []


def _there(room: Room, who: str) -> Person | None:
    """Return somebody who is connected."""
    person = room.people.get(int(who))
    return None if person is None or person.away else person


def _send(to: int, event: Event | Error) -> Send:
    return Send(to, encode(event))


def _refuse(person: Person, reason: Reason, **fields: Any) -> list[Effect]:  # noqa: ANN401 (fields of Error)
    return [_send(person.id, Error(reason=reason, **fields))]
