"""Lists of meetings, each read along an index in the order in which it is shown."""

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, select, true, tuple_

from parley import sessions
from parley.ground.db import Id, Instant, Prepared
from parley.meetings.meeting import Meeting, Stage
from parley.meetings.rows.invitations import IS_INVITED, VALID, invitations
from parley.meetings.rows.meetings import COLUMNS, IS_MANAGED, IS_ORGANIZER, meeting_of, with_stretches
from parley.meetings.rows.tables import IS_CANCELLED, REPEATS, meeting_organizers, meetings
from parley.people import Caller

Condition = ColumnElement[bool]

_EVERY, _MANAGED, _MINE, _INVITED = "every", "managed", "mine", "invited"
"""What is listed: all of the account, of managed groups and one's own, what one organizes, what one is invited to.

The last is read by itself, and put in order with one of the two before it: each is read along its own index.
"""

_OWN = {_MINE: meeting_organizers, _INVITED: invitations}
_FEW = (Stage.LIVE, Stage.CANCELLED)
"""Stages that are few, and have an index of their own."""

_NOW = bindparam("now", type_=Instant)
_LIVE = meetings.c.id.in_(sessions.live_meetings(bindparam("account", type_=Id)))
_TOOK_PLACE = sessions.last_end(meetings.c.id) >= meetings.c.starts_at

_IS_OVER = case((REPEATS, meetings.c.repeats_until <= _NOW), else_=(meetings.c.ends_at <= _NOW) | _TOOK_PLACE)

_STAGES: dict[Stage, Condition] = {
    Stage.CANCELLED: IS_CANCELLED,
    Stage.LIVE: _LIVE,
    Stage.PLANNED: ~IS_CANCELLED & ~_LIVE & _IS_OVER.is_not(true()),
    Stage.ENDED: ~IS_CANCELLED & ~_LIVE & _IS_OVER,
}

_FILTERS: dict[str, Callable[[ColumnElement[Any]], Condition]] = {
    "organizer": lambda _: meetings.c.organizer == bindparam("organizer"),
    "since": lambda start: start >= bindparam("since", type_=Instant),
    "until": lambda start: start < bindparam("until", type_=Instant),
    "pattern": lambda _: meetings.c.title_folded.like(bindparam("pattern"), escape="\\"),
}


def meetings_seen_by(
    db: Connection,
    by: Caller,
    *,
    mine: bool,
    earliest_first: bool,
    stage: Stage | None,
    wanted: dict[str, object],
    repeating: bool | None = None,
    limit: int,
) -> list[Meeting]:
    """Return what `by` organizes or is invited to, or all of the account for those who oversee it, by planned start.

    Managers see also what the people of their groups organize, unless they want only `mine`.
    `wanted` names filters (organizer, since, until, pattern), `now` for a stage, `going_on` for series that are not
    over then, and `at` and `id` of a cursor. `repeating` narrows it to those that do not repeat, or to those that do:
    these come all, in no order. Who asks for what they organize themselves organizes all of it.
    """
    every = wanted.get("organizer", 0) == by.person or (by.oversees and not mine)
    managed = by.manages and not (mine or every)
    seen = _EVERY if every else _MANAGED if managed else _MINE
    kinds = (seen,) if every else (seen, _INVITED)
    given = wanted | {"account": by.account, "person": by.person, "limit": limit}
    found: dict[int, Meeting] = {}
    for kind in kinds:
        statement = _list(frozenset(wanted), stage=stage, seen=kind, earliest_first=earliest_first, repeating=repeating)
        found |= {meeting.id: meeting for meeting in map(meeting_of, statement.all(db, given))}
    listed = [*found.values()]
    if len(kinds) > 1 and not repeating:
        listed.sort(key=lambda meeting: (meeting.starts_at, meeting.id), reverse=not earliest_first)
        del listed[limit:]
    return with_stretches(db, listed)


@cache
def _list(
    wanted: frozenset[str], *, stage: Stage | None, seen: str, earliest_first: bool, repeating: bool | None
) -> Prepared:
    """Return a list that is read along an index: of the person who asks, or of all that is live or cancelled."""
    statement, start, number, until = _source(stage, seen)
    statement = statement.where(*(_FILTERS[name](start) for name in sorted(wanted & _FILTERS.keys())))
    if repeating is not None:
        statement = statement.where(until.is_not(None) if repeating else until.is_(None))
    if "going_on" in wanted:
        statement = statement.where(until > bindparam("going_on", type_=Instant))
    if stage is not None:
        statement = statement.where(_STAGES[stage])
    if "at" in wanted:
        key, behind = tuple_(start, number), tuple_(bindparam("at", type_=Instant), bindparam("id", type_=Id))
        statement = statement.where(key > behind if earliest_first else key < behind)
    if repeating:
        return Prepared(statement)
    order = (start, number) if earliest_first else (start.desc(), number.desc())
    return Prepared(statement.order_by(*order).limit(bindparam("limit")))


def _source(
    stage: Stage | None, seen: str
) -> tuple[Select[Any], ColumnElement[Any], ColumnElement[Any], ColumnElement[Any]]:
    """Return which meetings are listed, and the columns of their start, id and last end in the index that is read."""
    if seen in _OWN and stage not in _FEW:
        own = _OWN[seen]
        joined = own.join(meetings, meetings.c.id == own.c.meeting)
        statement = select(*COLUMNS).select_from(joined).where(own.c.person == bindparam("person"))
        if seen == _INVITED:
            statement = statement.where(VALID)
        return statement, own.c.starts_at, own.c.meeting, own.c.repeats_until
    statement = select(*COLUMNS)
    if stage is not Stage.LIVE:  # few, whatever the account: without its condition no index tempts SQLite to read all
        statement = statement.where(meetings.c.account == bindparam("account"))
    if seen == _MANAGED:
        statement = statement.where(IS_ORGANIZER | IS_MANAGED)
    elif seen == _MINE:
        statement = statement.where(IS_ORGANIZER)
    elif seen == _INVITED:
        statement = statement.where(IS_INVITED)
    return statement, meetings.c.starts_at, meetings.c.id, meetings.c.repeats_until
