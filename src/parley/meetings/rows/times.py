"""When single meetings are planned: few columns, read along an index of their starts."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, bindparam, select

from parley.ground.db import Id, Instant, Prepared
from parley.meetings.rows.tables import REPEATS, meeting_organizers, meetings
from parley.meetings.when import LONGEST
from parley.people import Caller


class Single(msgspec.Struct, frozen=True):
    """A meeting that does not repeat, as far as a calendar shows it."""

    id: int
    title: str
    organizer: int
    version: int
    starts_at: datetime
    ends_at: datetime


_COLUMNS = [getattr(meetings.c, name) for name in Single.__struct_fields__]
_EARLIEST, _UNTIL = bindparam("earliest", type_=Instant), bindparam("until", type_=Instant)
_STANDING = (meetings.c.cancelled_at.is_(None), meetings.c.ends_at > bindparam("since", type_=Instant))
_ALL = Prepared(
    select(*_COLUMNS)
    .where(
        meetings.c.account == bindparam("account", type_=Id),
        ~REPEATS,
        meetings.c.starts_at >= _EARLIEST,
        meetings.c.starts_at < _UNTIL,
        *_STANDING,
    )
    .order_by(meetings.c.starts_at, meetings.c.id)
)
_ORGANIZED = Prepared(
    select(*_COLUMNS)
    .select_from(meeting_organizers.join(meetings, meetings.c.id == meeting_organizers.c.meeting))
    .where(
        meeting_organizers.c.person == bindparam("person", type_=Id),
        meeting_organizers.c.repeats_until.is_(None),
        meeting_organizers.c.starts_at >= _EARLIEST,
        meeting_organizers.c.starts_at < _UNTIL,
        *_STANDING,
    )
    .order_by(meeting_organizers.c.starts_at, meeting_organizers.c.meeting)
)


def all_between(db: Connection, by: Caller, since: datetime, until: datetime) -> list[Single]:
    """Return every single meeting of the account that is planned between the two, in order."""
    return [Single(*row) for row in _ALL.all(db, _given(by, since, until))]


def organized_between(db: Connection, by: Caller, since: datetime, until: datetime) -> list[Single]:
    """Return the single meetings of which `by` is organizer or co-organizer, in order."""
    return [Single(*row) for row in _ORGANIZED.all(db, _given(by, since, until))]


def _given(by: Caller, since: datetime, until: datetime) -> dict[str, object]:
    return {
        "account": by.account,
        "person": by.person,
        "earliest": since - LONGEST,
        "since": since,
        "until": until,
    }
