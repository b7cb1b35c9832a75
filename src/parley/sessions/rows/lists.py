"""Lists of sessions, each read along an index, and by what they are narrowed."""

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select, tuple_

from parley.ground.db import Id, Instant
from parley.people import Caller, people_in_groups
from parley.sessions.rows.participants import participants
from parley.sessions.rows.sessions import COLUMNS, IS_LIVE, IS_MANAGED, OF_ACCOUNT, OWN, WAS_IN, session_of, sessions
from parley.sessions.session import Session

_CAME = select(participants.c.session).where(
    participants.c.person == bindparam("participant", type_=Id), participants.c.admitted_at.is_not(None)
)
_OF_GROUPS: Any = bindparam("groups", type_=Id, expanding=True)

FILTERS: dict[str, Callable[[ColumnElement[Any]], ColumnElement[bool]]] = {
    "session": lambda _: sessions.c.id == bindparam("session"),
    "live": lambda _: IS_LIVE,
    "meeting": lambda _: sessions.c.meeting == bindparam("meeting"),
    "host": lambda _: sessions.c.host == bindparam("host"),
    "hosts": lambda _: sessions.c.host.in_(bindparam("hosts", expanding=True)),
    "groups": lambda _: sessions.c.host.in_(people_in_groups(bindparam("account", type_=Id), _OF_GROUPS)),
    "participant": lambda _: sessions.c.id.in_(_CAME),
    "kind": lambda _: sessions.c.kind == bindparam("kind"),
    "pattern": lambda _: sessions.c.title_folded.like(bindparam("pattern"), escape="\\"),
    "since": lambda started_at: started_at >= bindparam("since", type_=Instant),
    "until": lambda started_at: started_at < bindparam("until", type_=Instant),
}
"""By what a list is narrowed: under each name the condition on a value of this name, given when a session began."""


def sessions_seen_by(db: Connection, by: Caller, *, wanted: dict[str, object], limit: int) -> list[Session]:
    """Return the sessions that `by` may see, newest first.

    `wanted` names filters, and `at` and `id` of a cursor. Hosts see all that they host, and managers all that the
    people of their groups host.
    """
    every = by.oversees or wanted.get("host", 0) == by.person
    statement = _list(frozenset(wanted), every=every, managed=by.manages and not every)
    rows = db.execute(statement, wanted | {"account": by.account, "person": by.person, "limit": limit})
    return [session_of(row) for row in rows]


@cache
def _list(wanted: frozenset[str], *, every: bool, managed: bool) -> Select[Any]:
    """Return a list that is read along an index: of every session, of a meeting, or of the person who asks."""
    statement = select(*COLUMNS).where(OF_ACCOUNT)
    started_at, number = sessions.c.started_at, sessions.c.id
    if managed:
        statement = statement.where(WAS_IN | IS_MANAGED)
    elif not every and "meeting" in wanted:
        statement = statement.where(WAS_IN)
    elif not every:
        started_at, number = participants.c.session_started_at, participants.c.session
        own = participants.join(sessions, sessions.c.id == participants.c.session)
        statement = select(*COLUMNS).select_from(own).where(*OWN)
    for name in sorted(wanted & FILTERS.keys()):
        statement = statement.where(FILTERS[name](started_at))
    if "at" in wanted:
        behind = tuple_(bindparam("at", type_=Instant), bindparam("id", type_=Id))
        statement = statement.where(tuple_(started_at, number) < behind)
    return statement.order_by(started_at.desc(), number.desc()).limit(bindparam("limit"))
