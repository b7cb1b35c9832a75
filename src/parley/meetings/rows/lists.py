"""Lists of meetings, each read along an index in the order in which it is shown."""

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, case, select, true, tuple_

from parley import sessions
from parley.ground.db import Id, Instant, Prepared
from parley.meetings.meeting import Meeting, Stage
from parley.meetings.rows.meetings import COLUMNS, IS_ORGANIZER, meeting_of, with_stretches
from parley.meetings.rows.tables import IS_CANCELLED, REPEATS, meeting_organizers, meetings
from parley.people import Caller

Condition = ColumnElement[bool]

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
    """Return the meetings that `by` organizes, or all of the account for those who oversee it, by planned start.

    `wanted` names filters (organizer, since, until, pattern), `now` for a stage, `going_on` for series that are not
    over then, and `at` and `id` of a cursor. `repeating` narrows it to those that do not repeat, or to those that do:
    these come all, in no order. Who asks for what they organize themselves organizes all of it.
    """
    mine = (mine or not by.oversees) and wanted.get("organizer", 0) != by.person
    statement = _list(frozenset(wanted), stage=stage, mine=mine, earliest_first=earliest_first, repeating=repeating)
    given = wanted | {"account": by.account, "person": by.person, "limit": limit}
    return with_stretches(db, [meeting_of(row) for row in statement.all(db, given)])


@cache
def _list(
    wanted: frozenset[str], *, stage: Stage | None, mine: bool, earliest_first: bool, repeating: bool | None
) -> Prepared:
    """Return a list that is read along an index: of the person who asks, or of all that is live or cancelled."""
    statement = select(*COLUMNS).where(meetings.c.account == bindparam("account"))
    start, number, until = meetings.c.starts_at, meetings.c.id, meetings.c.repeats_until
    if stage is Stage.LIVE:  # few, whatever the account: without its condition no index tempts SQLite to read them all
        statement = select(*COLUMNS)
    if mine and stage in (Stage.LIVE, Stage.CANCELLED):
        statement = statement.where(IS_ORGANIZER)
    elif mine:
        start, number = meeting_organizers.c.starts_at, meeting_organizers.c.meeting
        until = meeting_organizers.c.repeats_until
        own = meeting_organizers.join(meetings, meetings.c.id == meeting_organizers.c.meeting)
        statement = select(*COLUMNS).select_from(own).where(meeting_organizers.c.person == bindparam("person"))
    for name in sorted(wanted & _FILTERS.keys()):
        statement = statement.where(_FILTERS[name](start))
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
