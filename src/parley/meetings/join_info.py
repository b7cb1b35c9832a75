"""What everybody sees of a meeting who knows its number, before they join."""

from datetime import datetime, timedelta

import msgspec

from parley.ground.db import Connection
from parley.ground.faults import NotFound
from parley.ground.words import N_
from parley.meetings.invitation import Invitation
from parley.meetings.meeting import Meeting, Stage
from parley.meetings.occurrences import nearest
from parley.meetings.rows.meetings import meeting_numbered
from parley.meetings.visit import ShownLink, visit
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
    repeats: bool
    stage: Stage
    ended_at: datetime | None
    """When it last ended, where it is over; also of a rehearsal that was over a moment ago."""

    role: RoomRole
    """What whoever asks is here."""

    asks_password: bool
    """Whether whoever asks must know the password: hosts need not."""

    asks_name: bool
    """Whether whoever asks must say their name: users of the account need not, nor who comes by a personal link."""

    name: str | None
    """What they are called, where that is known."""

    invitation: Invitation | None
    """The invitation of whoever asks."""

    came_by: str | None
    """Whose personal link it is, where it is somebody else's."""

    void_link: bool
    """Whether a personal link is shown that opens nothing: it was withdrawn, or never was one of this meeting."""


def join_info(
    db: Connection, number: str, *, by: Caller | None, link: ShownLink | None = None, now: datetime
) -> JoinInfo:
    """Return what `by` (None: a guest) sees of a meeting; NotFound when no meeting has the number."""
    meeting = meeting_numbered(db, parsed(number))
    planned = nearest(db, meeting, now=now)
    organizer = users_named(db, [meeting.organizer], account=meeting.account)[meeting.organizer]
    who = visit(db, meeting, by=by, link=link)
    return JoinInfo(
        meeting=meeting.id,
        account=meeting.account,
        number=meeting.number,
        title=meeting.title,
        organizer_name=organizer.name,
        starts_at=planned.starts_at,
        ends_at=planned.ends_at,
        time_zone=meeting.time_zone,
        repeats=bool(meeting.stretches),
        stage=meeting.stage(now),
        ended_at=_ended_at(meeting, now),
        role=who.role,
        asks_password=meeting.has_password and not who.trusted,
        asks_name=who.name is None,
        name=who.name,
        invitation=who.invitation,
        came_by=None if who.came_by is None else who.came_by.name,
        void_link=who.void,
    )


def _ended_at(meeting: Meeting, now: datetime) -> datetime | None:
    """Return when it ended, for those who come back to it: of an old rehearsal nobody is told."""
    if meeting.last_end is None or meeting.running is not None:
        return None
    return meeting.last_end if meeting.stage(now) is Stage.ENDED or now - meeting.last_end < _A_MOMENT else None


def parsed(written: str) -> int:
    """Return the number that was written, with or without spaces or hyphens."""
    digits = written.strip().translate(_SEPARATORS) if len(written) < 4 * _DIGITS else ""
    if len(digits) != _DIGITS or not (digits.isascii() and digits.isdigit()):
        raise NotFound(N_("There is no meeting with this number."))
    return int(digits)
