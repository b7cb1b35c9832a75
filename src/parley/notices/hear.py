"""Hearing of what became true about meetings and invitations: those who are invited may have to be told."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from parley import letters, meetings
from parley.ground import facts
from parley.ground.db import Connection
from parley.ground.facts import Fact, Forgotten, StoredFact, type_of
from parley.ground.faults import NotFound
from parley.meetings import (
    InvitationWithdrawn,
    MeetingCancelled,
    MeetingChanged,
    MeetingHandedOver,
    OccurrenceCancelled,
    OccurrenceChanged,
    PersonInvited,
)
from parley.notices.rows.due import cursor_of_notices, drop_all_due, mark_due, save_cursor
from parley.notices.rows.told import forget_invited
from parley.people import UserDeleted, operator

PATIENCE = timedelta(minutes=1)
"""How long a change is let stand before people are written to: who thinks better of it meanwhile writes once."""

_AT_ONCE = 100
_SOON = timedelta(minutes=30)
"""About what starts within this time, people are written to at once."""

_OF_MEETINGS: tuple[type[Fact], ...] = (
    MeetingChanged,
    MeetingCancelled,
    MeetingHandedOver,
    OccurrenceChanged,
    OccurrenceCancelled,
)
_OF_INVITATIONS: tuple[type[Fact], ...] = (PersonInvited, InvitationWithdrawn)
_MEETING_TYPES = frozenset(map(type_of, _OF_MEETINGS))
_TYPES = _MEETING_TYPES | frozenset(map(type_of, _OF_INVITATIONS))
_DELETED = type_of(UserDeleted)


class News(msgspec.Struct, frozen=True):
    """Meetings that something became true about, with their accounts, who was deleted, and the cursor behind it."""

    meetings: Mapping[int, int]
    deleted: frozenset[int]
    cursor: str
    read: int


def begin_to_hear(db: Connection) -> str:
    """Return behind which fact to go on: where this stopped, or now, where nobody listened."""
    cursor = cursor_of_notices(db)
    if cursor is None:
        cursor = facts.end(db)
        save_cursor(db, cursor)
    return cursor


def forget_to_hear(db: Connection) -> None:
    """Listen no more: what becomes true without a mail server is never written of later, when it is old."""
    if cursor_of_notices(db) is not None:
        save_cursor(db, None)
        drop_all_due(db)


def news(db: Connection, cursor: str) -> News:
    """Return what came behind the cursor; what was forgotten by then is passed over."""
    try:
        batch = facts.after(db, cursor, limit=_AT_ONCE)
    except Forgotten as gap:
        batch = facts.after(db, gap.kept, limit=_AT_ONCE)
    found = {_meeting(fact): fact.account for fact in batch.facts if fact.type in _TYPES}
    deleted = frozenset(fact.subject for fact in batch.facts if fact.type == _DELETED)
    return News(found, deleted, batch.cursor, len(batch.facts))


def _meeting(fact: StoredFact) -> int:
    return fact.subject if fact.type in _MEETING_TYPES else int(fact.data["meeting"])


def take_in(db: Connection, heard: News, *, now: datetime) -> None:
    """Have the meetings looked at, forget whom there is nobody to write to any more, and go on behind this news."""
    for person in heard.deleted:
        written = meetings.invitations_ever(db, person)
        forget_invited(db, written)
        letters.forget_letters_to(db, written)
    for meeting, account in heard.meetings.items():
        mark_due(db, meeting, account=account, at=now + _patience(db, meeting, account=account, now=now))
    save_cursor(db, heard.cursor)


def _patience(db: Connection, meeting: int, *, account: int, now: datetime) -> timedelta:
    try:
        found = meetings.meeting_seen_by(db, meeting, by=operator(account))
    except NotFound:
        return PATIENCE
    starts_at = meetings.nearest(db, found, now=now).starts_at
    return timedelta() if starts_at - now < _SOON else PATIENCE
