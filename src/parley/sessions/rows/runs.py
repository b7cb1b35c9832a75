"""Sessions as a calendar shows them: few columns, read along an index of when they began."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, bindparam, or_, select

from parley.ground.db import Instant, Prepared
from parley.people import Caller
from parley.sessions.rows.participants import participants
from parley.sessions.rows.sessions import IS_MANAGED, OF_ACCOUNT, OWN, WAS_IN, sessions


class Run(msgspec.Struct, frozen=True):
    """A session, as far as a calendar shows it."""

    id: int
    meeting: int | None
    title: str
    host: int
    planned_start: datetime
    planned_end: datetime
    started_at: datetime
    ended_at: datetime | None


_COLUMNS = [getattr(sessions.c, name) for name in Run.__struct_fields__]
_BEGAN = bindparam("earliest", type_=Instant), bindparam("until", type_=Instant)
_NOT_OVER = or_(sessions.c.ended_at.is_(None), sessions.c.ended_at > bindparam("since", type_=Instant))
_OF_ACCOUNT = select(*_COLUMNS).where(
    OF_ACCOUNT, sessions.c.started_at >= _BEGAN[0], sessions.c.started_at < _BEGAN[1], _NOT_OVER
)
_IN_ORDER = (sessions.c.started_at, sessions.c.id)
_ALL = Prepared(_OF_ACCOUNT.order_by(*_IN_ORDER))
_MANAGED = Prepared(_OF_ACCOUNT.where(WAS_IN | IS_MANAGED).order_by(*_IN_ORDER))
_MINE = Prepared(
    select(*_COLUMNS)
    .select_from(participants.join(sessions, sessions.c.id == participants.c.session))
    .where(
        *OWN,
        participants.c.session_started_at >= _BEGAN[0],
        participants.c.session_started_at < _BEGAN[1],
        _NOT_OVER,
    )
    .order_by(participants.c.session_started_at, participants.c.session)
)


def runs_seen_by(
    db: Connection, by: Caller, *, mine: bool, earliest: datetime, since: datetime, until: datetime
) -> list[Run]:
    """Return what began between `earliest` and `until` and was not over at `since`, in order.

    What `by` was expected in or came to; unless they want only `mine`, also what they oversee or manage.
    """
    given = {"account": by.account, "person": by.person, "earliest": earliest, "since": since, "until": until}
    statement = _MINE if mine else _ALL if by.oversees else _MANAGED if by.manages else _MINE
    return [Run(*row) for row in statement.all(db, given)]
