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
from parley.sessions import CONTROL_CHARACTERS

LONGEST_COMMENT = 500


def respond(
    db: Connection, invitation: int, reply: Reply, *, comment: str = "", through: Way, at: datetime
) -> Invitation:
    """Write down what somebody answers, who proved that the invitation is theirs; return it as it stands then.

    `at` is when they answered: an answer older than the last is late, and changes nothing; nobody answers before they
    are invited, whatever their clock says. Raises Conflict when the invitation was withdrawn or the meeting cancelled,
    and Invalid for a comment that is too long or cannot be stored.
    """
    before = invitation_under(db, invitation)
    meeting_whoever_asks(db, before.meeting).need_standing()
    comment, at = _storable(comment), at if before.replied_at is not None else max(at, before.invited_at)
    after = before.answered(reply, comment=comment, through=through, at=at)
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


def _storable(comment: str) -> str:
    if len(comment) > LONGEST_COMMENT:
        raise Invalid(FieldError("comment", N_("This is too long: at most %(most)s characters."), most=LONGEST_COMMENT))
    lines = comment.replace("\r\n", "\n").strip()
    if CONTROL_CHARACTERS.search(lines):
        raise Invalid(FieldError("comment", N_("The text contains a character that cannot be stored.")))
    return lines
