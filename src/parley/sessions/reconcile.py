"""Reconciling: what a crash left open is closed, at the last sign of life."""

from datetime import datetime, timedelta

from parley.ground.db import Connection
from parley.sessions.attendance import Departure
from parley.sessions.close_session import close_session
from parley.sessions.depart import close_stay
from parley.sessions.rows.attendance import open_on
from parley.sessions.rows.sessions import deserted
from parley.sessions.session import Ending

DESERTED_AFTER = timedelta(hours=12)
"""A live session past its planned end in which nobody has been for this long is over."""


def reconcile(db: Connection, *, node: str, now: datetime, unseen_for: timedelta = timedelta()) -> int:
    """Close the stays that this server process kept and left open; return how many.

    Never another process's. At its start a process knows of nobody, so that all of its open stays end at their last
    sign of life; while it runs it names, with `unseen_for`, how long nothing must have been heard. The sessions stay
    live, for people come back; one that nobody has been in for long after its planned end ended when the last one left.
    """
    stays = open_on(db, node, seen_before=now - unseen_for)
    for stay in stays:
        close_stay(db, stay, at=stay.last_sure, how=Departure.RECONCILED)
    for session, last in deserted(db, before=now - DESERTED_AFTER):
        close_session(db, session.id, by=None, how=Ending.RECONCILED, now=last)
    return len(stays)
