"""Taking in what came by mail: answers are written down, letters that came back are shown to have failed."""

import re
from datetime import datetime

from parley import letters, meetings
from parley.ground.db import Connection
from parley.ground.faults import Conflict, NotFound
from parley.ground.words import N_
from parley.meetings import Way
from parley.notices.read_message import Answer, Returned
from parley.notices.rows.told import save_answer, told_of
from parley.notices.telling import Told
from parley.people import folded

_UID = re.compile(r"(?:([1-9][0-9]{0,3})\.)?([1-9][0-9]{8})@(.+)", re.ASCII)
_RETURNED = N_("It came back: %(answer)s")


def take_in(db: Connection, found: Answer | Returned, *, host: str, now: datetime) -> bool:
    """Store what a message says; False where it says nothing that counts.

    An answer moves only what the address is invited to that it says it is from, and only where it is newer than the
    last one, and given to the times that stand.
    """
    if isinstance(found, Returned):
        error = {"message": _RETURNED, "parameters": {"answer": found.says}}
        return letters.return_letter(db, found.message, email=found.email, error=error, now=now)
    if folded(found.sender) != folded(found.attendee):
        return False
    told = _told(db, found, host=host)
    if told is None or (found.sequence is not None and found.sequence < told.since):
        return False
    stamp = min(found.stamp, now)
    if told.answered_at is not None and stamp <= told.answered_at:
        return False
    try:
        meetings.respond(db, told.invitation, found.reply, comment=found.comment, through=Way.MAIL, at=stamp)
    except (Conflict, NotFound):
        return False
    save_answer(db, told.invitation, told.part, at=stamp)
    return True


def _told(db: Connection, answer: Answer, *, host: str) -> Told | None:
    """Return what it is an answer to."""
    named = _UID.fullmatch(answer.uid)
    if named is None or named[3].casefold() != host.casefold():
        return None
    try:
        meeting = meetings.meeting_numbered(db, int(named[2]))
    except NotFound:
        return None
    part, email = int(named[1] or 0), folded(answer.attendee)
    mine = (one for one in told_of(db, meeting.id) if one.part == part and one.standing)
    return next((one for one in mine if folded(one.email) == email), None)
