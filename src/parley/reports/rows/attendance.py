"""What reports read of the record: everybody in a session, and what that comes to by person and by session."""

from functools import cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Integer, Select, Text, bindparam, case, func, select
from sqlalchemy import cast as sql_cast

from parley.ground.db import seconds_between
from parley.people import Caller
from parley.reports.attendance import ROUNDING, Attendance, PersonAttendance, SessionAttendance
from parley.reports.rows.shares import shares
from parley.sessions import Kind, Paging, RoomRole, Sight, presence, presence_count

_PERCENT = func.coalesce(shares.c.long_enough_percent, bindparam("percent"))
_Wanted = dict[str, object]


def attendance_in(db: Connection, by: Caller, *, wanted: _Wanted, sight: Sight, limit: int | None) -> list[Attendance]:
    """Return everybody in the sessions that are wanted, oldest first; `wanted` also names `percent`, `grace`, `now`."""
    paging = None if limit is None else Paging.PEOPLE
    statement = _everybody(presence(frozenset(wanted), sight=sight, by=by, paging=paging))
    rows = db.execute(statement, _given(wanted, by, limit)).mappings()
    return [
        Attendance(
            **{**row, "kind": Kind(row["kind"]), "role": RoomRole(row["role"])}, late_after_minutes=_grace(wanted)
        )
        for row in rows
    ]


def by_session(
    db: Connection, by: Caller, *, wanted: _Wanted, sight: Sight, limit: int | None
) -> list[SessionAttendance]:
    """Return what attendance comes to in each session that is wanted, oldest first."""
    paging = None if limit is None else Paging.SESSIONS
    statement = _by_session(presence(frozenset(wanted), sight=sight, by=by, paging=paging))
    rows = db.execute(statement, _given(wanted, by, limit)).mappings()
    return [SessionAttendance(**{**row, "kind": Kind(row["kind"])}) for row in rows]


def by_person(db: Connection, by: Caller, *, wanted: _Wanted, sight: Sight) -> list[PersonAttendance]:
    """Return what attendance comes to for each person in the sessions that are wanted."""
    statement = _by_person(presence(frozenset(wanted), sight=sight, by=by, paging=None))
    return [PersonAttendance(**row) for row in db.execute(statement, _given(wanted, by, None)).mappings()]


def count(db: Connection, by: Caller, *, wanted: _Wanted, sight: Sight, of: Paging) -> int:
    """Return how many sessions, or people in them, are wanted in all."""
    statement = presence_count(frozenset(wanted), sight=sight, by=by, of=of)
    return db.execute(statement, _given(wanted, by, None)).scalar_one()


def _given(wanted: _Wanted, by: Caller, limit: int | None) -> _Wanted:
    return wanted | {"account": by.account, "person": by.person, "limit": limit}


def _grace(wanted: _Wanted) -> int:
    return int(str(wanted["grace"])) // 60


@cache
def _everybody(there: CTE) -> Select[Any]:
    judged = there.outerjoin(shares, shares.c.meeting == there.c.meeting)
    listed = select(*there.c, _PERCENT.label("long_enough_percent")).select_from(judged)
    return listed.order_by(there.c.started_at, there.c.session, there.c.participant)


@cache
def _by_session(there: CTE) -> Select[Any]:
    run = [
        there.c[name]
        for name in (
            "session", "kind", "meeting", "title", "host", "host_name", "planned_start", "planned_end",
            "started_at", "ended_at", "length",
        )
    ]  # fmt: skip
    judged = there.outerjoin(shares, shares.c.meeting == there.c.meeting)
    listed = select(*run, _count(there.c.invited).label("invited"), *_counts(there)).select_from(judged)
    return listed.group_by(*run).order_by(there.c.started_at, there.c.session)


@cache
def _by_person(there: CTE) -> Select[Any]:
    judged = there.outerjoin(shares, shares.c.meeting == there.c.meeting)
    who = func.coalesce(sql_cast(there.c.person, Text), there.c.name)
    listed = select(
        there.c.person,
        func.max(there.c.name).label("name"),
        func.count().label("sessions"),
        func.sum(there.c.length).label("length"),
        *_counts(there),
    )
    return listed.select_from(judged).group_by(there.c.person, who)


def _counts(there: CTE) -> list[ColumnElement[Any]]:
    came = there.c.joined_at.is_not(None)
    absent = ~came & there.c.ended_at.is_not(None)
    due = case((there.c.planned_start > there.c.started_at, there.c.planned_start), else_=there.c.started_at)
    over = case((there.c.planned_end < there.c.ended_at, there.c.planned_end), else_=there.c.ended_at)
    grace: ColumnElement[int] = bindparam("grace", type_=Integer)
    enough = there.c.seconds * 100 >= (_PERCENT - ROUNDING) * there.c.length
    return [
        _count(came).label("came"),
        _count(there.c.invited & absent).label("absent"),
        _count(there.c.required & absent).label("required_absent"),
        _count(came & (seconds_between(due, there.c.joined_at) > grace)).label("late"),
        _count(seconds_between(there.c.left_at, over) > grace).label("early"),
        _count(came & enough).label("long_enough"),
        func.sum(there.c.seconds).label("seconds"),
    ]


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
