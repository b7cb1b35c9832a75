"""Departing: a stay ends."""

from datetime import datetime

from msgspec.structs import replace

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.sessions.attendance import Departure, Stay
from parley.sessions.facts import ParticipantLeft
from parley.sessions.participant import Participant, RoomRole
from parley.sessions.rows.attendance import open_stay, save_ended_stay
from parley.sessions.rows.participants import participant_whoever_asks, save_participant
from parley.sessions.rows.sessions import session_whoever_asks


def depart(db: Connection, participant: int, *, at: datetime, how: Departure) -> None:
    """End the participant's stay, if there is one.

    A user who is removed is not let in again and does not read the record; the host of the session is never kept out.
    """
    leaving = participant_whoever_asks(db, participant)
    if how is Departure.REMOVED and not _hosts(db, leaving):
        save_participant(db, replace(leaving, removed_at=at))
    stay = open_stay(db, participant)
    if stay is not None:
        close_stay(db, stay, at=at, how=how)


def _hosts(db: Connection, leaving: Participant) -> bool:
    """Tell whether the session is theirs: they host it, or did before they handed that over."""
    session = session_whoever_asks(db, leaving.session)
    return leaving.role is RoomRole.HOST or (leaving.person is not None and leaving.person == session.host)


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
