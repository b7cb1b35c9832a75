"""Overlaps: who of the people of a meeting has another one at the same time. It is said, and never forbidden."""

from datetime import datetime

import msgspec

from parley import meetings
from parley.ground.db import Connection
from parley.meetings import Meeting, Occurrence, Stage
from parley.people import Caller, users_named

_SOME = 20
"""Among how many occurrences the next one is that takes place."""


class Overlap(msgspec.Struct, frozen=True, kw_only=True):
    """Who is busy with something else at the next time of a meeting."""

    starts_at: datetime
    names: tuple[str, ...]


def overlap_of(db: Connection, meeting: Meeting, *, by: Caller, now: datetime) -> Overlap | None:
    """Return who is busy at the next time of the meeting, for those who could change that; None when nobody is."""
    if not (meeting.may_be_changed_by(by) and by.may("people:read")):
        return None
    one = _next(db, meeting, by=by, now=now)
    if one is None:
        return None
    invited = meetings.invitations_of(db, meeting.id, by=by, limit=meetings.MOST_PEOPLE).items
    coming = [each.person for each in invited if each.person is not None and each.reply is not meetings.Reply.DECLINED]
    known = users_named(db, [meeting.organizer, *meeting.co_organizers, *coming], account=by.account)
    people = [*known][: meetings.MOST_PEOPLE]
    found = meetings.free_busy(db, people, by=by, since=one.starts_at, until=one.ends_at, without=meeting.id)
    names = tuple(each.user.name for each in found if each.at(one.starts_at, one.ends_at))
    return Overlap(starts_at=one.starts_at, names=names) if names else None


def _next(db: Connection, meeting: Meeting, *, by: Caller, now: datetime) -> Occurrence | None:
    """Return the next time that is still to come."""
    if meeting.stage(now) is not Stage.PLANNED:
        return None
    found = meetings.occurrences_of(db, meeting.id, by=by, since=now, limit=_SOME)
    return next((one for one in found.items if one.stage(now) is Stage.PLANNED), None)
