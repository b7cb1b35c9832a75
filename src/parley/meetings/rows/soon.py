"""The question of what starts soon and has people invited to it."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, or_, select

from parley.ground.db import Id, Instant
from parley.meetings.meeting import Meeting
from parley.meetings.rows.invitations import VALID, invitations
from parley.meetings.rows.meetings import COLUMNS, meeting_of, with_stretches
from parley.meetings.rows.tables import IS_CANCELLED, REPEATS, meetings

_SINCE, _UNTIL = bindparam("since", type_=Instant), bindparam("until", type_=Instant)
_SOMEBODY = exists().where(invitations.c.meeting == meetings.c.id, VALID).correlate(meetings)
_SOON = select(*COLUMNS).where(
    meetings.c.account == bindparam("account", type_=Id),
    or_(
        ~REPEATS & (meetings.c.starts_at > _SINCE) & (meetings.c.starts_at <= _UNTIL),
        REPEATS & (meetings.c.repeats_until > _SINCE),
    ),
    ~IS_CANCELLED,
    _SOMEBODY,
)


def meetings_soon(db: Connection, account: int, *, since: datetime, until: datetime) -> list[Meeting]:
    """Return the account's meetings that start in this time, and all its series that go on."""
    rows = db.execute(_SOON, {"account": account, "since": since, "until": until})
    return with_stretches(db, [meeting_of(row) for row in rows])
