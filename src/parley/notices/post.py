"""How the mail to those who are invited to a meeting fares, and writing to somebody again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from parley import letters, meetings
from parley.ground.db import Connection
from parley.ground.faults import NotFound
from parley.ground.words import N_
from parley.letters import Kind, State
from parley.meetings import Meeting
from parley.notices.rows.due import mark_due
from parley.notices.rows.told import forget_told
from parley.people import Caller

MOST_SHOWN = 100
"""How many letters that failed are listed."""


class Undelivered(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that could not be delivered: to whom, what for, and why not (a message id and its parameters)."""

    invitation: int
    name: str
    email: str
    kind: Kind
    failed_at: datetime
    why: str
    why_parameters: Mapping[str, Any]


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """How many are invited, how many letters wait, how many left, and which could not be delivered."""

    invited: int
    waiting: int
    sent: int
    failed: int
    undelivered: tuple[Undelivered, ...]


def post_of(db: Connection, meeting: int, *, by: Caller) -> Post:
    """Return how the mail about a meeting fares, to those who may change it or oversee its account."""
    found = meetings.meeting_seen_by(db, meeting, by=by)
    if not by.oversees:
        found.need_co_organizer(by)
    states = letters.letter_states(db, found.id)
    failed = letters.failed_letters(db, found.id, limit=MOST_SHOWN) if states.get(State.FAILED) else []
    names = {each.id: each.name for each in meetings.everybody_invited(db, found.id)} if failed else {}
    return Post(
        invited=sum(meetings.replies_to(db, found.id).values()),
        waiting=states.get(State.WAITING, 0),
        sent=states.get(State.SENT, 0),
        failed=states.get(State.FAILED, 0),
        undelivered=tuple(
            Undelivered(
                invitation=letter.invitation,
                name=names[letter.invitation],
                email=letter.email,
                kind=letter.kind,
                failed_at=letter.settled_at or letter.created_at,
                why=(letter.error or {})["message"],
                why_parameters=(letter.error or {})["parameters"],
            )
            for letter in failed
            if letter.invitation in names
        ),
    )


def write_again(db: Connection, meeting: int, invitation: int, *, by: Caller, now: datetime) -> Meeting:
    """Have somebody written to anew about the meeting as it stands; return the meeting."""
    by.need("meetings:write")
    found = meetings.meeting_seen_by(db, meeting, by=by)
    found.need_co_organizer(by)
    found.need_standing()
    if all(each.id != invitation for each in meetings.everybody_invited(db, found.id)):
        raise NotFound(N_("There is no such invitation."))
    forget_told(db, [invitation])
    mark_due(db, found.id, account=found.account, at=now)
    return found
