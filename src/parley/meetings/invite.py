"""Inviting people to a meeting, one or thousands at once; changing and withdrawing what was sent."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from parley import sessions
from parley.ground.db import Connection
from parley.ground.facts import tell, tell_all
from parley.ground.faults import OverLimit
from parley.ground.ids import new_id
from parley.ground.words import N_
from parley.live import seated_in
from parley.meetings.facts import InvitationChanged, InvitationWithdrawn, PersonInvited
from parley.meetings.invitation import Invitation
from parley.meetings.meeting import Meeting
from parley.meetings.rows.invitations import add_invitations, invitation_under, known_already, save_invitation
from parley.meetings.rows.meetings import meeting_seen_by
from parley.meetings.start import expected_by
from parley.meetings.whom import MOST_INVITED, Chosen, Wanted, whom_to_invite
from parley.people import Caller


def invite(
    db: Connection, meeting: int, wanted: Sequence[Wanted], *, by: Caller, now: datetime
) -> tuple[Invitation, ...]:
    """Invite people, and return the new invitations: who organizes the meeting or is invited already is left as is.

    A group means those who are in it at this moment. Raises Invalid with every line that is wrong, and OverLimit.
    """
    found = _meeting_to_change(db, meeting, by=by)
    found.need_standing()
    known = known_already(db, meeting)
    left_out = {*known, found.organizer, *found.co_organizers}
    people = [each for each in whom_to_invite(db, wanted, by=by) if each.key not in left_out]
    if len(known) + len(people) > MOST_INVITED:
        raise OverLimit(N_("A meeting has at most %(most)s invited people."), most=MOST_INVITED)
    fresh = tuple([_invitation(each, found, by=by, now=now) for each in people])
    add_invitations(db, found, fresh)
    tell_all(db, [_told(each, by=by, now=now) for each in fresh])
    _expect(db, found, fresh)
    return fresh


def require(db: Connection, meeting: int, invitation: int, *, required: bool, by: Caller, now: datetime) -> Invitation:
    """Change whether somebody is required, and return the invitation."""
    found = _meeting_to_change(db, meeting, by=by)
    before = invitation_under(db, invitation, meeting=found.id)
    before.need_valid()
    if before.required == required:
        return before
    after = replace(before, required=required)
    save_invitation(db, after)
    _expect(db, found, [after], welcome=False)
    fact = InvitationChanged(
        account=after.account,
        subject=after.id,
        actor=by.person,
        at=now,
        meeting=after.meeting,
        person=after.person,
        required=required,
    )
    tell(db, fact)
    return after


def withdraw(db: Connection, meeting: int, invitation: int, *, by: Caller, now: datetime) -> Invitation:
    """Withdraw an invitation: its link lets nobody in from now on. What is withdrawn stays so."""
    found = _meeting_to_change(db, meeting, by=by)
    before = invitation_under(db, invitation, meeting=found.id)
    if before.withdrawn_at is not None:
        return before
    after = replace(before, withdrawn_at=now)
    save_invitation(db, after)
    if found.running is not None:
        key = after.id if after.person is None else after.person
        sessions.expect_no_longer(db, found.running, [key], asked=seated_in(db, found.running))
    fact = InvitationWithdrawn(
        account=after.account,
        subject=after.id,
        actor=by.person,
        at=now,
        meeting=after.meeting,
        person=after.person,
        name=after.name,
    )
    tell(db, fact)
    return after


def _meeting_to_change(db: Connection, meeting: int, *, by: Caller) -> Meeting:
    by.need("meetings:write")
    found = meeting_seen_by(db, by, meeting)
    found.need_co_organizer(by)
    return found


def _expect(db: Connection, meeting: Meeting, invitations: Sequence[Invitation], *, welcome: bool = True) -> None:
    """Expect who is invited also in the session that runs; whoever was removed from it is `welcome` again, or not."""
    if meeting.running is not None:
        running = sessions.session_of_room(db, meeting.running)
        sessions.expect(db, running, *(expected_by(meeting, each) for each in invitations), welcome=welcome)


def _invitation(each: Chosen, meeting: Meeting, *, by: Caller, now: datetime) -> Invitation:
    return Invitation(
        id=new_id(),
        account=meeting.account,
        meeting=meeting.id,
        person=each.person,
        email=each.email,
        name=each.name,
        required=each.required,
        group_name=each.group_name,
        invited_by=by.person,
        invited_at=now,
    )


def _told(invitation: Invitation, *, by: Caller, now: datetime) -> PersonInvited:
    return PersonInvited(
        account=invitation.account,
        subject=invitation.id,
        actor=by.person,
        at=now,
        meeting=invitation.meeting,
        person=invitation.person,
        name=invitation.name,
        required=invitation.required,
    )
