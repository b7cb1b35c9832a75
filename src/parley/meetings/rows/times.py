"""When single meetings are planned: few columns, read along an index of their starts."""

from datetime import datetime
from enum import StrEnum

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, bindparam, select

from parley.ground.db import Id, Instant, Prepared
from parley.meetings.rows.invitations import VALID, invitations
from parley.meetings.rows.meetings import IS_MANAGED
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
_OF_ACCOUNT = select(*_COLUMNS).where(
    meetings.c.account == bindparam("account", type_=Id),
    ~REPEATS,
    meetings.c.starts_at >= _EARLIEST,
    meetings.c.starts_at < _UNTIL,
    *_STANDING,
)
_IN_ORDER = (meetings.c.starts_at, meetings.c.id)


def _own(table: Table, *conditions: ColumnElement[bool]) -> Prepared:
    """Return the list of a person's own, along the index of the table that gives them the right to see it."""
    statement = select(*_COLUMNS).select_from(table.join(meetings, meetings.c.id == table.c.meeting))
    return Prepared(
        statement.where(
            table.c.person == bindparam("person", type_=Id),
            table.c.repeats_until.is_(None),
            table.c.starts_at >= _EARLIEST,
            table.c.starts_at < _UNTIL,
            *conditions,
            *_STANDING,
        ).order_by(table.c.starts_at, table.c.meeting)
    )


class Which(StrEnum):
    """Whose meetings are read."""

    ALL = "all"
    MANAGED = "managed"
    ORGANIZED = "organized"
    INVITED = "invited"


_LISTS = {
    Which.ALL: Prepared(_OF_ACCOUNT.order_by(*_IN_ORDER)),
    Which.MANAGED: Prepared(_OF_ACCOUNT.where(IS_MANAGED).order_by(*_IN_ORDER)),
    Which.ORGANIZED: _own(meeting_organizers),
    Which.INVITED: _own(invitations, VALID),
}


def singles_between(db: Connection, by: Caller, which: Which, *, since: datetime, until: datetime) -> list[Single]:
    """Return the meetings that do not repeat and are planned between the two, in order.

    All of the account, what is organized by people whom `by` manages, what they organize, or are invited to.
    """
    given = {"account": by.account, "person": by.person, "earliest": since - LONGEST, "since": since, "until": until}
    return [Single(*row) for row in _LISTS[which].all(db, given)]
