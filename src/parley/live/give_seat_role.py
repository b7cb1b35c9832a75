"""Giving roles in a room while it runs: making somebody co-host, taking that back, or handing the host's role over."""

from datetime import datetime

from parley.ground.db import Connection
from parley.live.change_seat_roles import change_seat_roles
from parley.live.reasons import Reason, Refused
from parley.live.seat import COHOST, HOST, LEADERS
from parley.people import caller_of
from parley.sessions import RoomRole, give_role, hosts_of_room, participant_of_room


def give_seat_role(db: Connection, participant: int, *, role: str, by: int, person: int | None, now: datetime) -> None:
    """Give a participant a role until the session ends; whoever was the host before another one is a co-host then.

    Raises Forbidden for a user who holds no meetings, for they cannot lead one either, and Refused when the roles are
    others meanwhile.
    """
    host, other = participant_of_room(db, by), participant_of_room(db, participant)
    if host.session != other.session or host.role not in LEADERS or other.role == HOST:
        raise Refused(Reason.NOT_ALLOWED)
    if role in LEADERS and other.person is not None:
        caller_of(db, other.person).need("meetings:write")
    before = hosts_of_room(db, host.session) if role == HOST else []
    for who, its in (*((one.id, COHOST) for one in before), (other.id, role)):
        give_role(db, who, role=RoomRole(its))
        change_seat_roles(db, who, role=its, by=person, now=now)
