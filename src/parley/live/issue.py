"""Issuing a seat: what `meetings` asks for when it lets somebody in."""

from datetime import datetime

from parley.ground.db import Connection
from parley.ground.faults import OverLimit
from parley.ground.ids import new_id
from parley.ground.secrets import fresh_token, token_hash
from parley.ground.words import N_
from parley.live import rows
from parley.live.room_size import room_size, smaller
from parley.live.seat import IssuedSeat, Seat
from parley.people import operator
from parley.sessions import attendance_of, most_attendees

_PREFIX = "seat_"
_FULL = N_("The room is full: %(limit)s people are in it.")
_FULL_BY_LICENCE = N_("The meeting is full: %(limit)s people are in it, as many as the host's licence allows.")


def issue_seat(
    db: Connection,
    *,
    session: int,
    account: int,
    participant: int,
    person: int | None,
    name: str,
    role: str,
    publishes: bool = True,
    waits: bool = False,
    device: str | None = None,
    link_of: str | None = None,
    link_shared: bool = False,
    now: datetime,
) -> IssuedSeat:
    """Return a fresh seat and its token, which is not kept. With one that `waits`, a host has to let them in.

    Raises OverLimit when as many are in the room as may publish in it, or as the host's licence allows. That is for
    the join page, so that it can say so; the room itself counts again when somebody comes in.
    """
    if publishes:
        _refuse_when_full(db, session, account=account, participant=participant, now=now)
    seat = Seat(
        id=new_id(),
        account=account,
        session=session,
        participant=participant,
        person=person,
        name=name,
        role=role,
        publishes=publishes,
        issued_at=now,
        admitted_at=None if waits else now,
        device=device,
        link_of=link_of,
        link_shared=link_shared,
    )
    return _with_token(db, seat)


def _with_token(db: Connection, seat: Seat) -> IssuedSeat:
    token = fresh_token(_PREFIX)
    rows.add_seat(db, seat, token_hash=token_hash(token))
    return IssuedSeat(seat=seat, token=token)


def _refuse_when_full(db: Connection, session: int, *, account: int, participant: int, now: datetime) -> None:
    size, licensed = room_size(db, now=now), most_attendees(db, session)
    limit = smaller(size, licensed)
    if limit is None or size is None:
        return  # no server ever kept a room, so that nobody is in one
    stays = attendance_of(db, session, by=operator(account))
    there = {stay.participant for stay in stays if stay.left_at is None}
    if participant in there or len(there) < limit:
        return
    publishers = {seat.participant for seat in rows.seats_in(db, session) if seat.publishes}
    if len(there & publishers) >= limit:
        raise OverLimit(_FULL if limit == size else _FULL_BY_LICENCE, limit=limit)
