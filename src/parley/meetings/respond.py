"""Answering an invitation."""

from datetime import datetime

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import FieldError, Invalid
from parley.ground.words import N_
from parley.meetings.facts import InvitationAnswered
from parley.meetings.invitation import Invitation, Reply, Way
from parley.meetings.rows.invitations import invitation_under, save_invitation
from parley.meetings.rows.meetings import meeting_whoever_asks

LONGEST_COMMENT = 500


def respond(
    db: Connection, invitation: int, reply: Reply, *, comment: str = "", through: Way, at: datetime
) -> Invitation:
    """Write down what somebody answers, who proved that the invitation is theirs; return it as it stands then.

    `at` is when they answered: an answer older than the last is late, and changes nothing. Raises Conflict when the
    invitation was withdrawn or the meeting cancelled, and Invalid for a comment that is too long.
    """
    before = invitation_under(db, invitation)
    meeting_whoever_asks(db, before.meeting).need_standing()
    if len(comment) > LONGEST_COMMENT:
        raise Invalid(FieldError("comment", N_("This is too long: at most %(most)s characters."), most=LONGEST_COMMENT))
    after = before.answered(reply, comment=comment.strip(), through=through, at=at)
    if after == before:
        return before
    save_invitation(db, after)
    fact = InvitationAnswered(
        account=after.account,
        subject=after.id,
        actor=after.person,
        at=at,
        meeting=after.meeting,
        person=after.person,
        name=after.name,
        reply=after.reply,
        through=through,
    )
    tell(db, fact)
    return after
