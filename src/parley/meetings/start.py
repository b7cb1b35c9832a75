"""Starting a meeting: its room opens, and a session of the record begins."""

from collections.abc import Collection, Iterable
from datetime import datetime

from parley import sessions
from parley.ground.db import Connection
from parley.ground.words import N_
from parley.live import change_seat_roles, prepare_room
from parley.meetings.allowance import need_licence
from parley.meetings.invitation import Invitation
from parley.meetings.lobby import lobby_of
from parley.meetings.meeting import AlreadyLive, Meeting
from parley.meetings.occurrences import nearest
from parley.meetings.rows.invitations import invited
from parley.meetings.rows.meetings import meeting_seen_by
from parley.people import Caller, users_named


def start(db: Connection, meeting: int, *, by: Caller, now: datetime) -> sessions.Session:
    """Open the meeting and return its session; once live, it cannot start again. After its end it can, as a new run."""
    by.need("meetings:write")
    planned = meeting_seen_by(db, by, meeting)
    planned.need_co_organizer(by)
    planned.need_standing()
    if planned.running is not None:
        session = sessions.session_of_room(db, planned.running)
        raise AlreadyLive(N_("This meeting is live already."), current=sessions.SessionView.of(session))
    return open_meeting(db, planned, by=by, now=now)


def open_meeting(db: Connection, meeting: Meeting, *, by: Caller, now: datetime) -> sessions.Session:
    """Begin a session of the meeting, in which its organizer and co-organizers are expected, and who is invited.

    Raises Unlicensed without a licence for meetings, and OverLimit when as many sessions run as the account may have.
    """
    most = need_licence(db, meeting.organizer, by=by)
    planned = nearest(db, meeting, now=now)
    organizer, *cohosts = _invitees(db, meeting, [meeting.organizer, *meeting.co_organizers])
    session = sessions.open_session(
        db,
        account=meeting.account,
        kind=sessions.Kind.MEETING,
        meeting=meeting.id,
        title=meeting.title,
        host=organizer,
        cohosts=cohosts,
        invited=[
            expected_by(meeting, each) for each in invited(db, meeting.id) if not meeting.organized_by(each.person)
        ],
        planned_start=planned.starts_at,
        planned_end=planned.ends_at,
        most_attendees=most,
        by=by.person,
        now=now,
    )
    prepare_room(db, session.id, lobby=lobby_of(db, meeting), now=now)
    return session


def expect_co_organizers(
    db: Connection, meeting: Meeting, people: Collection[int], *, by: Caller, now: datetime
) -> None:
    """Expect new co-organizers in the session that runs; those who are in the room lead it at once."""
    if people and meeting.running is not None:
        sessions.expect(db, sessions.session_of_room(db, meeting.running), *_invitees(db, meeting, people))
        _give_roles(db, meeting, people, by=by, now=now)


def dismiss_co_organizers(
    db: Connection, meeting: Meeting, people: Collection[int], *, by: Caller, now: datetime
) -> None:
    """Make attendees of those who are co-organizers no more, at once also in the room."""
    if people and meeting.running is not None:
        _give_roles(db, meeting, people, by=by, now=now)


def _give_roles(db: Connection, meeting: Meeting, people: Collection[int], *, by: Caller, now: datetime) -> None:
    for person in people:
        known = sessions.change_role(db, meeting.running or 0, person=person, role=role_of(meeting, person))
        if known is not None:
            change_seat_roles(db, known.id, role=known.role, by=by.person, now=now)


def _invitees(db: Connection, meeting: Meeting, people: Iterable[int]) -> list[sessions.Invitee]:
    people = tuple(people)
    users = users_named(db, people, account=meeting.account)
    return [
        sessions.Invitee(person=person, name=users[person].name, role=role_of(meeting, person)) for person in people
    ]


def expected_by(meeting: Meeting, invitation: Invitation) -> sessions.Invitee | sessions.InvitedGuest:
    """Return who is invited as the record expects them."""
    name, required = invitation.name, invitation.required
    if invitation.person is None:
        return sessions.InvitedGuest(invitation=invitation.id, name=name, required=required)
    role = role_of(meeting, invitation.person)
    return sessions.Invitee(person=invitation.person, name=name, role=role, required=required)


def role_of(meeting: Meeting, person: int | None) -> sessions.RoomRole:
    """Tell what somebody is in the room of the meeting; None is a guest."""
    if person == meeting.organizer:
        return sessions.RoomRole.HOST
    return sessions.RoomRole.COHOST if meeting.organized_by(person) else sessions.RoomRole.ATTENDEE
