"""When people are busy: the times of what they organize, and of what they are invited to and did not decline."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, select

from parley.ground.db import Id, Instant
from parley.meetings.invitation import Reply
from parley.meetings.meeting import Meeting
from parley.meetings.rows.invitations import VALID, invitations
from parley.meetings.rows.meetings import COLUMNS, meeting_of, with_stretches
from parley.meetings.rows.tables import meeting_organizers, meetings
from parley.meetings.when import LONGEST

_AT_ONCE = 500
_PEOPLE: Any = bindparam("people", type_=Id, expanding=True)
_COMES = (VALID, invitations.c.reply != Reply.DECLINED)


def _singles(table: Table, *conditions: Any) -> Select[Any]:  # noqa: ANN401 (conditions of SQLAlchemy's)
    return (
        select(table.c.person, meetings.c.id, meetings.c.starts_at, meetings.c.ends_at)
        .select_from(table.join(meetings, meetings.c.id == table.c.meeting))
        .where(
            table.c.person.in_(_PEOPLE),
            table.c.repeats_until.is_(None),
            table.c.starts_at >= bindparam("earliest", type_=Instant),
            table.c.starts_at < bindparam("until", type_=Instant),
            meetings.c.ends_at > bindparam("since", type_=Instant),
            meetings.c.cancelled_at.is_(None),
            *conditions,
        )
    )


def _series(table: Table, *conditions: Any) -> Select[Any]:  # noqa: ANN401 (conditions of SQLAlchemy's)
    going_on = table.c.repeats_until > bindparam("since", type_=Instant)
    return select(table.c.person, table.c.meeting).where(table.c.person.in_(_PEOPLE), going_on, *conditions)


_SINGLES = (_singles(meeting_organizers), _singles(invitations, *_COMES))
_SERIES = (_series(meeting_organizers), _series(invitations, *_COMES))
_THESE = select(*COLUMNS).where(
    meetings.c.id.in_(bindparam("ids", type_=Id, expanding=True)), meetings.c.cancelled_at.is_(None)
)


def singles_of(
    db: Connection, people: Collection[int], *, since: datetime, until: datetime
) -> Iterator[tuple[int, int, datetime, datetime]]:
    """Yield person, meeting, start and end of what does not repeat and takes place between the two."""
    given = {"people": list(people), "earliest": since - LONGEST, "since": since, "until": until}
    for statement in _SINGLES:
        yield from (tuple(row) for row in db.execute(statement, given))


def series_of(db: Connection, people: Collection[int], *, since: datetime) -> Iterator[tuple[int, Meeting]]:
    """Yield person and meeting for what repeats and is not over at `since`."""
    given = {"people": list(people), "since": since}
    pairs = [(person, meeting) for statement in _SERIES for person, meeting in db.execute(statement, given)]
    ids = sorted({meeting for _, meeting in pairs})
    known: dict[int, Meeting] = {}
    for begin in range(0, len(ids), _AT_ONCE):
        rows = db.execute(_THESE, {"ids": ids[begin : begin + _AT_ONCE]})
        known |= {meeting.id: meeting for meeting in with_stretches(db, [meeting_of(row) for row in rows])}
    yield from ((person, known[meeting]) for person, meeting in pairs if meeting in known)
