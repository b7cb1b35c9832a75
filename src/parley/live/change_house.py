"""Changing the house rules of a room: who waits, whether it is locked, whether attendees may unmute themselves."""

from datetime import datetime

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.live import rows
from parley.live.facts import RoomChanged
from parley.live.house_rules import HouseChange, HouseRules
from parley.people import Lobby
from parley.sessions import participant_of_room


def prepare_room(db: Connection, session: int, *, lobby: Lobby, now: datetime) -> None:
    """Write down who waits before the room of a session that begins."""
    if lobby is not Lobby.OFF:
        rows.save_house(db, session, HouseRules(lobby=lobby), at=now)


def house_of_room(db: Connection, session: int) -> HouseRules:
    """Return the rules of a session's room, for whoever lets people into it."""
    return rows.house_of(db, session)


def change_house(db: Connection, change: HouseChange, *, by: int, person: int | None, now: datetime) -> None:
    """Change the rules of the room that the participant `by` is in, whose user is `person`."""
    host = participant_of_room(db, by)
    before = rows.house_of(db, host.session)
    after = change.of(before)
    if after == before:
        return
    rows.save_house(db, host.session, after, at=now)
    tell(
        db,
        RoomChanged(
            account=host.account,
            subject=host.session,
            actor=person,
            at=now,
            lobby=after.lobby,
            locked=after.locked,
            may_unmute=after.may_unmute,
            by=by,
        ),
    )
