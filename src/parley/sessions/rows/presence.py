"""Who was there for how long, worked out by the database: for reports over many sessions.

The same rules as in `parley.sessions.attendance`: time that two witnesses saw counts once, and who is there now is
there until now. A test compares the two.
"""

from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, bindparam, case, func, literal_column, null, select, true, tuple_

from parley.ground.db import Id, Instant, seconds_between
from parley.people import Caller
from parley.sessions.rows.attendance import attendance
from parley.sessions.rows.lists import FILTERS
from parley.sessions.rows.participants import participants
from parley.sessions.rows.sessions import IS_MANAGED, OF_ACCOUNT, WAS_IN, sessions


class Sight(StrEnum):
    """Which sessions a report is on."""

    ANSWERED_FOR = "answered for"
    """What somebody hosts; of managers also what the people of their groups host; of overseers all of the account."""

    SEEN = "seen"
    """What somebody answers for, and what they were expected in or came to."""


class Paging(StrEnum):
    """What pages are counted in."""

    SESSIONS = "sessions"
    PEOPLE = "people"


_NOW: ColumnElement[Any] = bindparam("now", type_=Instant)
_AT: ColumnElement[Any] = bindparam("at", type_=Instant)
_AT_SESSION: ColumnElement[Any] = bindparam("at_session", type_=Id)
_AT_PARTICIPANT: ColumnElement[Any] = bindparam("at_participant", type_=Id)
_IS_HOST = sessions.c.host == bindparam("person", type_=Id)

_RUN = (
    sessions.c.id.label("session"),
    *(sessions.c[name] for name in ("kind", "meeting", "title", "host", "host_name", "planned_start", "planned_end")),
    sessions.c.started_at,
    sessions.c.ended_at,
    seconds_between(sessions.c.started_at, func.coalesce(sessions.c.ended_at, _NOW)).label("length"),
)
_WHO = (
    participants.c.id.label("participant"),
    *(participants.c[name] for name in ("person", "name", "role", "invited", "required")),
)


def presence(wanted: frozenset[str], *, sight: Sight, by: Caller, paging: Paging | None) -> CTE:
    """Return who was expected or came in which session, with what their stays add up to, to be selected from.

    `wanted` are names of filters of lists of sessions, and `at`, `at_session` (and `at_participant`) of a cursor; a
    page has `limit` sessions or people. `seconds` is how long somebody was there, `length` how long the session lasted.
    """
    return _presence(wanted, sight=sight, oversees=by.oversees, manages=by.manages, paging=paging)


def presence_count(wanted: frozenset[str], *, sight: Sight, by: Caller, of: Paging) -> Select[int]:
    """Return how many sessions, or people in them, there are to be listed in all."""
    return _count(wanted, sight=sight, oversees=by.oversees, manages=by.manages, of=of)


@cache
def _count(wanted: frozenset[str], *, sight: Sight, oversees: bool, manages: bool, of: Paging) -> Select[int]:
    run = _runs(wanted, sight=sight, oversees=oversees, manages=manages).cte("runs")
    counted = run if of is Paging.SESSIONS else run.join(participants, participants.c.session == run.c.session)
    return select(func.count()).select_from(counted)


def _runs(wanted: frozenset[str], *, sight: Sight, oversees: bool, manages: bool) -> Select[Any]:
    runs = select(*_RUN).where(OF_ACCOUNT, _whose(sight, oversees=oversees, manages=manages))
    return runs.where(*(FILTERS[name](sessions.c.started_at) for name in sorted(wanted & FILTERS.keys())))


@cache
def _presence(wanted: frozenset[str], *, sight: Sight, oversees: bool, manages: bool, paging: Paging | None) -> CTE:
    runs = _runs(wanted, sight=sight, oversees=oversees, manages=manages)
    at = tuple_(sessions.c.started_at, sessions.c.id)
    if paging is Paging.SESSIONS:
        runs = _page(runs, (sessions.c.started_at, sessions.c.id), behind="at" in wanted)
    elif paging is Paging.PEOPLE:  # each has somebody in it, at least its host: no more sessions than people are read
        runs = runs.where(at >= tuple_(_AT, _AT_SESSION)) if "at" in wanted else runs
        runs = runs.order_by(sessions.c.started_at, sessions.c.id).limit(bindparam("limit") + 1)
    run = runs.cte("runs")
    everybody = select(run, *_WHO).join(participants, participants.c.session == run.c.session)
    if paging is Paging.PEOPLE:
        everybody = _page(everybody, (run.c.started_at, run.c.session, participants.c.id), behind="at" in wanted)
    who = everybody.cte("everybody")
    there = _there(who)
    listed = select(
        *who.c,
        there.c.joined_at,
        case((there.c.present, null()), else_=there.c.until).label("left_at"),
        func.coalesce(there.c.seconds, 0.0).label("seconds"),
    ).outerjoin(there, there.c.participant == who.c.participant)
    return listed.cte("presence")


def _whose(sight: Sight, *, oversees: bool, manages: bool) -> ColumnElement[bool]:
    if oversees:
        return true()
    answered = _IS_HOST | IS_MANAGED if manages else _IS_HOST
    return answered | WAS_IN if sight is Sight.SEEN else answered


def _page(statement: Select[Any], key: tuple[ColumnElement[Any], ...], *, behind: bool) -> Select[Any]:
    """Return the page of a list that begins behind the key that is bound, oldest first."""
    if behind:
        place = (_AT, _AT_SESSION, _AT_PARTICIPANT)[: len(key)]
        statement = statement.where(tuple_(*key) > tuple_(*place))
    return statement.order_by(*key).limit(bindparam("limit"))


def _there(who: CTE) -> CTE:
    """Return when each of them first came and last left, and for how long they were there: the union of their stays."""
    until = func.coalesce(attendance.c.left_at, _NOW)
    so_far = func.max(until).over(
        partition_by=attendance.c.participant,
        order_by=(attendance.c.joined_at, attendance.c.id),
        rows=(None, -1),
    )
    stays = (
        select(
            attendance.c.participant,
            attendance.c.joined_at,
            until.label("until"),
            case((attendance.c.left_at.is_(None), 1), else_=0).label("open"),
            so_far.label("so_far"),
        )
        .join(who, (attendance.c.session == who.c.session) & (attendance.c.participant == who.c.participant))
        .cte("stays")
    )
    fresh = case(
        (stays.c.so_far.is_(None), stays.c.joined_at),
        (stays.c.so_far > stays.c.joined_at, stays.c.so_far),
        else_=stays.c.joined_at,
    )
    added = case((stays.c.until > fresh, seconds_between(fresh, stays.c.until)), else_=literal_column("0.0"))
    return (
        select(
            stays.c.participant,
            func.min(stays.c.joined_at).label("joined_at"),
            func.max(stays.c.until).label("until"),
            (func.max(stays.c.open) == 1).label("present"),
            func.sum(added).label("seconds"),
        )
        .group_by(stays.c.participant)
        .cte("there")
    )
