"""Writing records: carrying out, in one transaction, what a room wants on the record."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from parley.ground.db import Connection
from parley.ground.faults import Fault, Forbidden
from parley.ground.secrets import token_hash
from parley.live import rows
from parley.live.admit_waiting import admit_waiting, refuse_waiting
from parley.live.change_house import change_house
from parley.live.effects import (
    Record,
    RecordAdmission,
    RecordArrival,
    RecordAway,
    RecordDeparture,
    RecordEnd,
    RecordHouse,
    RecordMessage,
    RecordRefusal,
    RecordRemoval,
    RecordRole,
)
from parley.live.give_seat_role import give_seat_role
from parley.live.reasons import Reason, Refused
from parley.live.revoke import revoke_seats
from parley.live.seat import ATTENDEE, Seat
from parley.people import caller_of
from parley.sessions import Ending, Message, arrive, close_session, depart, let_in, miss, participant_of_room, say

Outcome = Message | Exception | None
"""The message that was kept, the refusal, or nothing where there is nothing to say."""


def seat_of_token(db: Connection, token: str) -> Seat:
    """Return the seat of a token. Raises Refused when it is not valid, or its user is suspended."""
    seat = rows.seat_with(db, token_hash(token))
    if seat is None:
        raise Refused(Reason.SEAT_UNKNOWN)
    return _valid(db, seat)


def write_records(db: Connection, records: Sequence[Record], *, node: str, now: datetime) -> list[Outcome]:
    """Carry out records in order and return what became of each; one that is refused takes nothing with it."""
    return [_written(db, record, node=node, now=now) for record in records]


def _written(db: Connection, record: Record, *, node: str, now: datetime) -> Outcome:
    try:
        with db.begin_nested():
            return WRITERS[type(record)](db, record, node, now)
    except (Fault, Refused) as refusal:
        return refusal


def _arrival(db: Connection, arrival: RecordArrival, node: str, now: datetime) -> None:
    seat = rows.seat_of(db, arrival.seat)
    if seat is None:
        raise Refused(Reason.SEAT_UNKNOWN)
    if _valid(db, seat).role != arrival.role:
        raise Refused(Reason.UNAVAILABLE, detail="the seat has another role meanwhile")
    arrive(db, arrival.participant, node=node, now=now)
    if seat.admitted_at is None and rows.save_admitted(db, seat.participant, at=now):
        let_in(db, seat.participant, now=now)


def _away(db: Connection, away: RecordAway, _node: str, _now: datetime) -> None:
    miss(db, away.participant, since=away.since)


def _departure(db: Connection, departure: RecordDeparture, _node: str, _now: datetime) -> None:
    depart(db, departure.participant, at=departure.at, how=departure.how)


def _message(db: Connection, message: RecordMessage, _node: str, now: datetime) -> Message:
    return say(db, message.participant, text=message.text, key=message.key, now=now, to=message.to)


def _removal(db: Connection, removal: RecordRemoval, _node: str, now: datetime) -> None:
    _need_to_lead(db, removal.person)
    revoke_seats(db, removal.participant, by=removal.person, now=now)


def _admission(db: Connection, admission: RecordAdmission, _node: str, now: datetime) -> None:
    _need_to_lead(db, admission.person)
    admit_waiting(db, admission.participant, by=admission.by, person=admission.person, now=now)


def _refusal(db: Connection, refusal: RecordRefusal, _node: str, now: datetime) -> None:
    _need_to_lead(db, refusal.person)
    refuse_waiting(db, refusal.participant, by=refusal.by, person=refusal.person, now=now)


def _house(db: Connection, house: RecordHouse, _node: str, now: datetime) -> None:
    _need_to_lead(db, house.person)
    change_house(db, house.change, by=house.by, person=house.person, now=now)


def _role(db: Connection, given: RecordRole, _node: str, now: datetime) -> None:
    _need_to_lead(db, given.person)
    give_seat_role(db, given.participant, role=given.role, by=given.by, person=given.person, now=now)


def _end(db: Connection, end: RecordEnd, _node: str, now: datetime) -> None:
    _need_to_lead(db, end.person)
    session = participant_of_room(db, end.by).session
    close_session(db, session, by=end.person, how=Ending.HOST, now=now)


WRITERS: dict[type[Record], Callable[[Connection, Any, str, datetime], Message | None]] = {
    RecordArrival: _arrival,
    RecordAway: _away,
    RecordDeparture: _departure,
    RecordMessage: _message,
    RecordRemoval: _removal,
    RecordAdmission: _admission,
    RecordRefusal: _refusal,
    RecordHouse: _house,
    RecordRole: _role,
    RecordEnd: _end,
}


def _need_to_lead(db: Connection, person: int | None) -> None:
    """Raise Forbidden for a user who may hold no meetings any more, which their room may not have heard yet."""
    if person is not None:
        caller_of(db, person).need("meetings:write")


def _valid(db: Connection, seat: Seat) -> Seat:
    """Return the seat as it counts now: whoever may hold no meetings any more leads none."""
    if seat.revoked_at is not None:
        raise Refused(Reason.SEAT_UNKNOWN)
    if seat.person is not None:
        try:
            caller = caller_of(db, seat.person)
        except Forbidden as fault:
            raise Refused(Reason.SUSPENDED) from fault
        if seat.leads and not caller.may("meetings:write"):
            return replace(seat, role=ATTENDEE)
    return seat
