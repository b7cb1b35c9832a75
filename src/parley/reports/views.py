"""Reports as the API shows them. Ids are strings."""

from datetime import datetime, timedelta

import msgspec

from parley.ground import ids
from parley.reports.attendance import Attendance, PersonAttendance
from parley.sessions import Kind, RoomRole


class AttendanceView(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in a session.

    `person` is null for a guest; `invited` says that they were expected, `required` that they should have come.
    `seconds` is how long they were there, `share` which part of the session that is (from 0 to 1), and `long_enough`
    whether it reaches `long_enough_percent`. `late_seconds` and `early_seconds` are null where they were in time.
    """

    session: str
    kind: Kind
    meeting: str | None
    title: str
    organizer: str
    organizer_name: str
    planned_start: datetime
    planned_end: datetime
    started_at: datetime
    ended_at: datetime | None
    participant: str
    person: str | None
    name: str
    role: RoomRole
    invited: bool
    required: bool
    came: bool
    joined_at: datetime | None
    left_at: datetime | None
    seconds: int
    minutes: float
    share: float
    long_enough: bool
    long_enough_percent: int
    late_seconds: int | None
    early_seconds: int | None

    @classmethod
    def of(cls, one: Attendance) -> "AttendanceView":
        """Show somebody in a session."""
        return cls(
            session=ids.text(one.session),
            kind=one.kind,
            meeting=_text(one.meeting),
            title=one.title,
            organizer=ids.text(one.host),
            organizer_name=one.host_name,
            planned_start=one.planned_start,
            planned_end=one.planned_end,
            started_at=one.started_at,
            ended_at=one.ended_at,
            participant=ids.text(one.participant),
            person=_text(one.person),
            name=one.name,
            role=one.role,
            invited=one.invited,
            required=one.required,
            came=one.came,
            joined_at=one.joined_at,
            left_at=one.left_at,
            seconds=round(one.seconds),
            minutes=round(one.seconds / 60, 1),
            share=round(one.share, 4),
            long_enough=one.long_enough,
            long_enough_percent=one.long_enough_percent,
            late_seconds=_seconds(one.late),
            early_seconds=_seconds(one.early),
        )


class PersonAttendanceView(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody's attendance in all these sessions comes to.

    In how many they were expected or were, came, were absent, late, gone early, and there long enough; `share` is which
    part of all of them they were there.
    """

    person: str | None
    name: str
    sessions: int
    came: int
    absent: int
    required_absent: int
    late: int
    early: int
    long_enough: int
    seconds: int
    minutes: float
    share: float

    @classmethod
    def of(cls, one: PersonAttendance) -> "PersonAttendanceView":
        """Show what somebody's attendance comes to."""
        return cls(
            person=_text(one.person),
            name=one.name,
            sessions=one.sessions,
            came=one.came,
            absent=one.absent,
            required_absent=one.required_absent,
            late=one.late,
            early=one.early,
            long_enough=one.long_enough,
            seconds=round(one.seconds),
            minutes=round(one.seconds / 60, 1),
            share=round(one.share, 4),
        )


class Share(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Per cent of a session that somebody must be there to have attended it; null is what holds in the account."""

    long_enough_percent: int | None


class ShareView(msgspec.Struct, frozen=True, kw_only=True):
    """Per cent of a session of the meeting that is long enough, and whether that is the meeting's own."""

    long_enough_percent: int
    own: bool


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else span // timedelta(seconds=1)


def _text(number: int | None) -> str | None:
    return None if number is None else ids.text(number)
