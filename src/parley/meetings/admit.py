"""Admitting: somebody who asks to join gets a seat in the session that runs."""

from datetime import datetime

from parley import sessions
from parley.ground.db import Connection
from parley.ground.faults import FieldError, Invalid
from parley.ground.words import N_
from parley.live import IssuedSeat, issue_seat
from parley.meetings.join_info import known_person, parsed, role_at
from parley.meetings.rows.meetings import meeting_numbered, password_of
from parley.people import Caller, one_line

LONGEST_NAME = 80


def admit(
    db: Connection, number: str, *, by: Caller | None, name: str, proven: str | None, now: datetime
) -> IssuedSeat:
    """Return a seat in the session that runs, for a user of the account or for a guest by name.

    `proven` is the hash that the password which they gave was verified against: when the password was changed since, it
    opens nothing. A user keeps one place in the record from all devices; each device gets a seat of its own for it.
    Raises NotFound, Cancelled, NotLive, Invalid (password, name), Forbidden (removed by a host), OverLimit (full).
    """
    meeting = meeting_numbered(db, parsed(number))
    session = meeting.need_open()
    person = known_person(meeting, by)
    role = role_at(meeting, by)
    errors: list[FieldError] = []
    if role is sessions.RoomRole.ATTENDEE and meeting.has_password and proven != password_of(db, meeting):
        errors.append(FieldError("password", N_("This is not the password of this meeting.")))
    if by is not None and person is not None:
        name = by.name
    else:
        name = one_line(name, field="name", most=LONGEST_NAME, errors=errors)
    if errors:
        raise Invalid(*errors)
    who = sessions.enter(db, session, person=person, name=name, role=role, now=now)
    return issue_seat(
        db,
        session=session,
        account=meeting.account,
        participant=who.id,
        person=person,
        name=name,
        role=role,
        now=now,
    )
