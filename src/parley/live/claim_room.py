"""Claiming a room: from now on this node keeps it, in a new epoch."""

from datetime import datetime, timedelta

import msgspec

from parley.ground.db import Connection
from parley.live import rows
from parley.live.events import FileView, RecordingView
from parley.live.house_rules import HouseRules
from parley.live.occupant import Occupant
from parley.live.reasons import Reason, Refused
from parley.live.room_files import shared_in_room
from parley.live.room_recording import recording_of_room
from parley.people import operator
from parley.sessions import Departure, Message, Session, State, attendance_of, messages_of_room, session_of_room

_UNSEEN_ENDS = (Departure.LOST, Departure.RECONCILED)


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A room as the record knows it."""

    epoch: int
    session: Session
    house: HouseRules
    messages: tuple[Message, ...]
    recording: RecordingView | None
    files: tuple[FileView, ...]
    remembered: tuple[Occupant, ...]
    """Who was there a moment ago, when the server stopped: away until they are back."""


def claim_room(
    db: Connection, session: int, *, node: str, remembered: timedelta, messages: int, now: datetime
) -> Claim:
    """Return the room of a live session, which this node keeps from now on.

    Raises Refused when the session is over, or when another node that is alive keeps its room.
    """
    live = session_of_room(db, session)
    if live.state is State.ENDED:
        raise Refused(Reason.ENDED)
    if rows.living_owner(db, session, now=now) not in {None, node}:
        raise Refused(Reason.UNAVAILABLE, detail="another server has this room")
    epoch = rows.epoch_of(db, session) + 1
    rows.save_room(db, session, epoch=epoch, node=node, opened_at=now)
    return Claim(
        epoch=epoch,
        session=live,
        house=rows.house_of(db, session),
        messages=messages_of_room(db, session, limit=messages),
        recording=recording_of_room(db, session),
        files=shared_in_room(db, session),
        remembered=_lately_there(db, live, since=now - remembered, now=now) if epoch > 1 else (),
    )


def release_room(db: Connection, session: int, *, node: str, epoch: int) -> None:
    """Let go of a room, so that any node may claim it; one that was claimed again meanwhile stays claimed."""
    if rows.epoch_of(db, session) == epoch:
        rows.save_released(db, session, node=node)


def _lately_there(db: Connection, session: Session, *, since: datetime, now: datetime) -> tuple[Occupant, ...]:
    stays = attendance_of(db, session.id, by=operator(session.account))
    last = {stay.participant: stay for stay in sorted(stays, key=lambda stay: stay.joined_at)}
    lately = {
        who: stay
        for who, stay in last.items()
        if stay.ended_by in _UNSEEN_ENDS and stay.left_at and stay.left_at > since
    }
    seats = {seat.participant: seat for seat in rows.seats_in(db, session.id) if seat.revoked_at is None}
    return tuple(
        Occupant(seat=seats[who], joined_at=stay.joined_at, instance=None, away_since=now)
        for who, stay in lately.items()
        if who in seats
    )
