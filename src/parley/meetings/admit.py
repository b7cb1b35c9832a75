"""Admitting: somebody who asks to join gets a seat in the session that runs."""

from datetime import datetime

from parley import sessions
from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import FieldError, Invalid
from parley.ground.words import N_
from parley.live import IssuedSeat, devices_of, house_of_room, issue_seat
from parley.meetings.facts import PersonalLinkShared
from parley.meetings.invitation import Invitation
from parley.meetings.join_info import parsed
from parley.meetings.meeting import Meeting
from parley.meetings.rows.meetings import meeting_numbered, password_of
from parley.meetings.visit import ShownLink, Visit, visit
from parley.people import Caller, one_line

LONGEST_NAME = 80


def admit(
    db: Connection,
    number: str,
    *,
    by: Caller | None,
    name: str,
    proven: str | None,
    link: ShownLink | None = None,
    now: datetime,
) -> IssuedSeat:
    """Return a seat in the session that runs, for a user of the account, for who is invited, or for a guest by name.

    `proven` is the hash that the password which they gave was verified against: when the password was changed since, it
    opens nothing. Who shows a personal `link` needs none. Somebody known keeps one place in the record from all
    devices; each gets a seat of its own, in the role that hosts gave them, if they may lead. Who has to wait too.
    Raises NotFound, Cancelled, NotLive, Invalid (password, name), Forbidden (removed by a host), OverLimit (full).
    """
    meeting = meeting_numbered(db, parsed(number))
    session = meeting.need_open()
    who = visit(db, meeting, by=by, link=link)
    name = _name_of(db, meeting, who, name=name, proven=proven)
    entered = _entered(db, session, who, name=name, now=now)
    shared = link is not None and by is None and _is_open_elsewhere(db, entered, link)
    if shared:
        sessions.note_shared_link(db, entered, now=now)
    _tell_shared(db, meeting, entered, who.invitation if shared else who.came_by, now=now)
    return issue_seat(
        db,
        session=session,
        account=meeting.account,
        participant=entered.id,
        person=who.person,
        name=name,
        role=entered.role if by is not None and by.may("meetings:write") else who.role,
        waits=entered.admitted_at is None,
        device=None if link is None or who.void else link.device,
        link_of=None if who.came_by is None else who.came_by.name,
        link_shared=shared,
        now=now,
    )


def _name_of(db: Connection, meeting: Meeting, who: Visit, *, name: str, proven: str | None) -> str:
    """Return what they are called; raises Invalid for a guest without a name, and for who must know the password."""
    errors: list[FieldError] = []
    if not who.trusted and meeting.has_password and proven != password_of(db, meeting):
        errors.append(FieldError("password", N_("This is not the password of this meeting.")))
    if who.name is None:
        name = one_line(name, field="name", most=LONGEST_NAME, errors=errors)
    if errors:
        raise Invalid(*errors)
    return who.name or name


def _entered(db: Connection, session: int, who: Visit, *, name: str, now: datetime) -> sessions.Participant:
    leads = who.role is not sessions.RoomRole.ATTENDEE
    return sessions.enter(
        db,
        session,
        person=who.person,
        name=name,
        role=who.role,
        waits=not house_of_room(db, session).admit(leads=leads, known=who.known),
        invitation=who.guest_invitation,
        came_by=None if who.came_by is None else who.came_by.id,
        now=now,
    )


def _is_open_elsewhere(db: Connection, entered: sessions.Participant, link: ShownLink) -> bool:
    """Tell whether somebody is there at this moment who came by the same link on another device."""
    return bool(devices_of(db, entered.id) - {"", link.device}) and sessions.is_there(db, entered.id)


def _tell_shared(
    db: Connection, meeting: Meeting, entered: sessions.Participant, invitation: Invitation | None, *, now: datetime
) -> None:
    if invitation is None:
        return
    fact = PersonalLinkShared(
        account=meeting.account,
        subject=invitation.id,
        actor=entered.person,
        at=now,
        meeting=meeting.id,
        session=entered.session,
        participant=entered.id,
        name=entered.name,
    )
    tell(db, fact)
