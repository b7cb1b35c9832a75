"""Changing the house rules of a room: who waits, whether it is locked, whether attendees may unmute themselves."""

from datetime import datetime

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.live import rows
from parley.live.facts import RoomChanged
from parley.live.house_rules import HouseChange, HouseRules
from parley.people import Lobby, operator
from parley.sessions import Participant, attendance_of, let_wait, participant_of_room


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
    if (after.lobby, after.locked) != (before.lobby, before.locked):
        _shut(db, host, after)
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


def _shut(db: Connection, host: Participant, house: HouseRules) -> None:
    """Let those ask like others whom the rules before let in, and who never came: a seat in store opens no lock."""
    came = {stay.participant for stay in attendance_of(db, host.session, by=operator(host.account))}
    for seat in rows.seats_in(db, host.session):
        known = seat.person is not None or seat.invited_guest
        if seat.participant not in came and seat.admitted_at and not house.admit(leads=seat.leads, known=known):
            rows.save_waiting(db, seat.id)
            let_wait(db, seat.participant)
