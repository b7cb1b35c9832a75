"""Arriving: somebody's browser is connected to the room, a stay begins."""

from datetime import datetime

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import Conflict
from parley.ground.ids import new_id
from parley.ground.words import N_
from parley.sessions.attendance import Confidence, Departure, Source, Stay
from parley.sessions.depart import close_stay
from parley.sessions.facts import ParticipantJoined
from parley.sessions.participant import Participant
from parley.sessions.rows.attendance import add_stay, open_stay, save_return
from parley.sessions.rows.participants import participant_whoever_asks
from parley.sessions.rows.sessions import session_whoever_asks
from parley.sessions.session import State


def arrive(db: Connection, participant: int, *, node: str, now: datetime) -> int:
    """Begin a stay and return its id; who is there already stays there.

    Who was away is back. A stay that another server process left open ends at its last sign of life.
    Raises Conflict when the session is over.
    """
    arriving = participant_whoever_asks(db, participant)
    if session_whoever_asks(db, arriving.session).state is State.ENDED:
        raise Conflict(N_("This session has ended already."))
    there = open_stay(db, participant)
    if there is not None:
        if there.node == node:
            if there.away_since is not None:
                save_return(db, there, at=now)
            return there.id
        close_stay(db, there, at=there.last_sure, how=Departure.RECONCILED)
    stay = Stay(
        id=new_id(),
        session=arriving.session,
        participant=participant,
        joined_at=now,
        left_at=None,
        last_seen_at=now,
        away_since=None,
        source=Source.HEARTBEAT,
        confidence=Confidence.EXACT,
        node=node,
        ended_by=None,
    )
    add_stay(db, stay, account=arriving.account)
    _tell_joined(db, arriving, now=now)
    return stay.id


def _tell_joined(db: Connection, who: Participant, *, now: datetime) -> None:
    fact = ParticipantJoined(
        account=who.account,
        subject=who.id,
        actor=who.person,
        at=now,
        session=who.session,
        person=who.person,
        name=who.name,
    )
    tell(db, fact)
