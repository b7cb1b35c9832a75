"""What everybody sees of a meeting who knows its number, before they join."""

from datetime import datetime, timedelta

import msgspec

from parley.ground.db import Connection
from parley.ground.faults import NotFound
from parley.ground.words import N_
from parley.meetings.meeting import Meeting, Stage
from parley.meetings.occurrences import nearest
from parley.meetings.rows.meetings import meeting_numbered
from parley.meetings.start import role_of
from parley.people import Caller, users_named
from parley.sessions import RoomRole

_DIGITS = 9
_A_MOMENT = timedelta(hours=1)
_SEPARATORS = str.maketrans("", "", " -\u00a0\u202f")


class JoinInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting as it shows itself to those who would join."""

    meeting: int
    account: int
    number: int
    title: str
    organizer_name: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    stage: Stage
    ended_at: datetime | None
    """When it last ended, where it is over; also of a rehearsal that was over a moment ago."""

    role: RoomRole
    """What whoever asks is here."""

    asks_password: bool
    """Whether whoever asks must know the password: hosts need not."""

    asks_name: bool
    """Whether whoever asks must say their name: users of the account need not."""


def join_info(db: Connection, number: str, *, by: Caller | None, now: datetime) -> JoinInfo:
    """Return what `by` (None: a guest) sees of a meeting; NotFound when no meeting has the number."""
    meeting = meeting_numbered(db, parsed(number))
    planned = nearest(db, meeting, now=now)
    organizer = users_named(db, [meeting.organizer], account=meeting.account)[meeting.organizer]
    role = role_at(meeting, by)
    return JoinInfo(
        meeting=meeting.id,
        account=meeting.account,
        number=meeting.number,
        title=meeting.title,
        organizer_name=organizer.name,
        starts_at=planned.starts_at,
        ends_at=planned.ends_at,
        time_zone=meeting.time_zone,
        stage=meeting.stage(now),
        ended_at=_ended_at(meeting, now),
        role=role,
        asks_password=meeting.has_password and role is RoomRole.ATTENDEE,
        asks_name=known_person(meeting, by) is None,
    )


def _ended_at(meeting: Meeting, now: datetime) -> datetime | None:
    """Return when it ended, for those who come back to it: of an old rehearsal nobody is told."""
    if meeting.last_end is None or meeting.running is not None:
        return None
    return meeting.last_end if meeting.stage(now) is Stage.ENDED or now - meeting.last_end < _A_MOMENT else None


def known_person(meeting: Meeting, by: Caller | None) -> int | None:
    """Return the user that somebody is here; users of other accounts come as guests.

    Raises Forbidden for a token that was not given meetings.
    """
    if by is None or by.account != meeting.account:
        return None
    by.need("meetings:read")
    return by.person


def role_at(meeting: Meeting, by: Caller | None) -> RoomRole:
    """Tell what somebody is in the room: whoever may hold no meetings, or not any more, leads none of theirs either."""
    person = known_person(meeting, by)
    holds = by is not None and by.may("meetings:write")
    return role_of(meeting, person) if holds else RoomRole.ATTENDEE


def parsed(written: str) -> int:
    """Return the number that was written, with or without spaces or hyphens."""
    digits = written.strip().translate(_SEPARATORS) if len(written) < 4 * _DIGITS else ""
    if len(digits) != _DIGITS or not (digits.isascii() and digits.isdigit()):
        raise NotFound(N_("There is no meeting with this number."))
    return int(digits)
