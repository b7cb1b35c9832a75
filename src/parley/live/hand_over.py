"""Giving roles in a room while it runs: making somebody co-host, taking that back, or handing the host's role over."""

from datetime import datetime

from parley.ground.db import Connection
from parley.live.change_seat_roles import change_seat_roles
from parley.live.reasons import Reason, Refused
from parley.live.seat import COHOST, HOST, LEADERS
from parley.people import caller_of
from parley.sessions import RoomRole, give_role, participant_of_room


def give_seat_role(db: Connection, participant: int, *, role: str, by: int, person: int | None, now: datetime) -> None:
    """Give a participant a role until the session ends; a host who makes another one the host is a co-host then.

    Raises Forbidden for a user who holds no meetings, for they cannot lead one either, and Refused when the roles are
    others meanwhile.
    """
    host, other = participant_of_room(db, by), participant_of_room(db, participant)
    if host.session != other.session or host.role != HOST or other.role == HOST:
        raise Refused(Reason.NOT_ALLOWED)
    if role in LEADERS and other.person is not None:
        caller_of(db, other.person).need("meetings:write")
    given = [(other.id, role)] if role != HOST else [(host.id, COHOST), (other.id, HOST)]
    for who, its in given:
        give_role(db, who, role=RoomRole(its))
        change_seat_roles(db, who, role=its, by=person, now=now)
