"""What hosts and co-hosts do in a room: mute, let in, change the house rules, give roles, remove, end."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from parley.live.answers import refuse, send, there
from parley.live.commands import Admit, AskToUnmute, ChangeHouse, Command, End, GiveRole, Mute, MuteAll, Refuse, Remove
from parley.live.effects import (
    Effect,
    RecordAdmission,
    RecordDeparture,
    RecordEnd,
    RecordHouse,
    RecordRefusal,
    RecordRemoval,
    RecordRole,
)
from parley.live.events import AskedToUnmute
from parley.live.house_rules import HouseChange
from parley.live.occupant import Occupant
from parley.live.reasons import Reason
from parley.live.room import Room
from parley.live.seat import HOST
from parley.live.silence import mute, mute_all
from parley.sessions import Departure

Handler = Callable[[Room, Occupant, Any, datetime], list[Effect]]


def _mute(room: Room, occupant: Occupant, wanted: Mute, _at: datetime) -> list[Effect]:
    other = there(room, wanted.who)
    if other is None:
        return refuse(occupant, Reason.GONE, event="mute", who=wanted.who)
    return mute(room, other, by=occupant.text)


def _mute_all(room: Room, occupant: Occupant, _wanted: MuteAll, _at: datetime) -> list[Effect]:
    return mute_all(room, by=occupant.text)


def _ask_to_unmute(room: Room, occupant: Occupant, ask: AskToUnmute, _at: datetime) -> list[Effect]:
    other = there(room, ask.who)
    if other is None:
        return refuse(occupant, Reason.GONE, event="ask-unmute", who=ask.who)
    if other.media.microphone:
        return []
    room.occupants[other.id] = replace(other, may_unmute=True)
    return [send(other.id, AskedToUnmute(by=occupant.text))]


def _admit(room: Room, occupant: Occupant, admit: Admit, _at: datetime) -> list[Effect]:
    """Let in one, or as many as there is room for, first those who came first."""
    if admit.who is not None and int(admit.who) not in room.waiting.knocks:
        return refuse(occupant, Reason.GONE, event="admit", who=admit.who)
    wanted = list(room.waiting.knocks) if admit.who is None else [int(admit.who)]
    free = room.rules.publishers - len(room.places)
    records: list[Effect] = [
        RecordAdmission(participant=who, by=occupant.id, person=occupant.seat.person) for who in wanted[: max(0, free)]
    ]
    if len(records) == len(wanted):
        return records
    return [*records, *refuse(occupant, Reason.FULL, event="admit", limit=room.rules.publishers)]


def _refuse(room: Room, occupant: Occupant, turn_away: Refuse, _at: datetime) -> list[Effect]:
    who = int(turn_away.who)
    if who not in room.waiting.knocks:
        return refuse(occupant, Reason.GONE, event="refuse", who=turn_away.who)
    return [RecordRefusal(participant=who, by=occupant.id, person=occupant.seat.person)]


def _house(room: Room, occupant: Occupant, change: ChangeHouse, _at: datetime) -> list[Effect]:
    wanted = HouseChange(lobby=change.lobby, locked=change.locked, may_unmute=change.may_unmute)
    if wanted.of(room.house) == room.house:
        return []
    return [RecordHouse(change=wanted, by=occupant.id, person=occupant.seat.person)]


def _give_role(room: Room, occupant: Occupant, give: GiveRole, _at: datetime) -> list[Effect]:
    """Give somebody a role: a host does, who becomes a co-host by handing over; without a host here, a co-host does."""
    other = room.occupants.get(int(give.who))
    hosted = any(each.seat.role == HOST for each in room.occupants.values())
    may = occupant.seat.role == HOST or not hosted
    if not may or (other is occupant and (hosted or give.role != HOST)) or (other and other.seat.role == HOST):
        return refuse(occupant, Reason.NOT_ALLOWED, event="role")
    if other is None:
        return refuse(occupant, Reason.GONE, event="role", who=give.who)
    if other.seat.role == give.role:
        return []
    return [RecordRole(participant=other.id, role=give.role, by=occupant.id, person=occupant.seat.person)]


def _remove(room: Room, occupant: Occupant, remove: Remove, _at: datetime) -> list[Effect]:
    other = room.occupants.get(int(remove.who))
    if other is not None and (other.seat.role == HOST or other is occupant):
        return refuse(occupant, Reason.NOT_ALLOWED, event="remove")
    if other is None:
        return refuse(occupant, Reason.GONE, event="remove", who=remove.who)
    return [RecordRemoval(participant=other.id, by=occupant.id, person=occupant.seat.person)]


def _end(room: Room, occupant: Occupant, _end: End, _at: datetime) -> list[Effect]:
    """End for all. Those who are away were not there any more: their stay ends when they were last seen."""
    gone: list[Effect] = [
        RecordDeparture(participant=other.id, at=other.away_since, how=Departure.LOST)
        for other in room.occupants.values()
        if other.away_since is not None
    ]
    return [*gone, RecordEnd(by=occupant.id, person=occupant.seat.person)]


def _by_leaders(command: type[Command], handler: Handler) -> Handler:
    """Return the handler as those who do not lead are refused by it."""
    event = str(command.__struct_config__.tag)

    def handle(room: Room, occupant: Occupant, command: Any, at: datetime) -> list[Effect]:  # noqa: ANN401 (of the handler)
        if not occupant.seat.leads:
            return refuse(occupant, Reason.NOT_ALLOWED, event=event)
        return handler(room, occupant, command, at)

    return handle


_HANDLERS: dict[type[Command], Handler] = {
    Mute: _mute,
    MuteAll: _mute_all,
    AskToUnmute: _ask_to_unmute,
    Remove: _remove,
    Admit: _admit,
    Refuse: _refuse,
    ChangeHouse: _house,
    GiveRole: _give_role,
    End: _end,
}
LEADING: dict[type[Command], Handler] = {
    command: _by_leaders(command, handler) for command, handler in _HANDLERS.items()
}
"""The handlers of what only hosts and co-hosts may do."""
