"""Departing: a stay ends."""

from datetime import datetime

from msgspec.structs import replace

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.sessions.attendance import Departure, Stay
from parley.sessions.facts import ParticipantLeft
from parley.sessions.participant import RoomRole
from parley.sessions.rows.attendance import open_stay, save_ended_stay
from parley.sessions.rows.participants import participant_whoever_asks, save_participant


def depart(db: Connection, participant: int, *, at: datetime, how: Departure) -> None:
    """End the participant's stay, if there is one.

    A user who is removed is not let in again and does not read the record; the host of the session is never kept out.
    """
    leaving = participant_whoever_asks(db, participant)
    if how is Departure.REMOVED and leaving.role is not RoomRole.HOST:
        save_participant(db, replace(leaving, removed_at=at))
    stay = open_stay(db, participant)
    if stay is not None:
        close_stay(db, stay, at=at, how=how)


def close_stay(db: Connection, stay: Stay, *, at: datetime, how: Departure) -> None:
    """End one stay, and tell it."""
    ended = stay.ended(at=at, how=how)
    save_ended_stay(db, ended)
    who = participant_whoever_asks(db, stay.participant)
    tell(
        db,
        ParticipantLeft(
            account=who.account,
            subject=who.id,
            actor=who.person,
            at=ended.left_at or at,
            session=stay.session,
            person=who.person,
            name=who.name,
            how=how,
        ),
    )
