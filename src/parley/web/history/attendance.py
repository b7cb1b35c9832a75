"""The page on attendance across sessions: what it comes to, over time and by person."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Template

from parley.access import needs
from parley.ground.clock import Clock
from parley.ground.db import Connection, Store
from parley.people import AttendanceRules, Caller, User, find_attendance_rules
from parley.reports import PersonAttendance, SessionAttendance, Wanted, attendance_by_person, attendance_by_session
from parley.web.history.columns import ColumnDrawn, columns
from parley.web.history.filters import Asked, Offered, offered
from parley.web.shell import Page, sought
from parley.web.shell.choosing import Choice, choice, ids_among

MOST_PEOPLE = 200
"""How many people the page lists; the files have all."""


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """What attendance in many sessions comes to."""

    sessions: tuple[SessionAttendance, ...]
    people: tuple[PersonAttendance, ...]
    columns: tuple[ColumnDrawn, ...]
    rules: AttendanceRules
    offered: Offered
    choice: Choice

    @property
    def came(self) -> int:
        """How often somebody came to a session."""
        return sum(one.came for one in self.sessions)

    @property
    def enough(self) -> int:
        """How often somebody was there long enough."""
        return sum(one.long_enough for one in self.sessions)

    @property
    def absent(self) -> int:
        """How often somebody was expected and did not come."""
        return sum(one.absent for one in self.sessions)

    @property
    def required_absent(self) -> int:
        """How often somebody was required and did not come."""
        return sum(one.required_absent for one in self.sessions)

    @property
    def late(self) -> int:
        """How often somebody came late."""
        return sum(one.late for one in self.sessions)


@get("/history/attendance", opt=needs("sessions:read"))
async def attendance_page(
    request: Request[Any, Any, Any],
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    *,
    find: FromQuery[str] = "",
) -> Template:
    """Show attendance in the sessions that the reader answers for: of the last weeks, unless they say when."""
    now = clock()
    asked = Asked.of(request.query_params).in_the_last_weeks(now, caller.time_zone)
    wanted = asked.wanted(caller.time_zone)
    found = await store.read_long(_overview, wanted, chosen=asked.values["organizer"], find=find, by=caller, now=now)
    return Page(
        "history/attendance.html",
        form=asked.form.with_values(find=find),
        filtered=asked.any,
        query=asked.query,
        overview=found,
        people=found.people[:MOST_PEOPLE],
        more_people=len(found.people) - MOST_PEOPLE,
    )


@get("/history/people", opt=needs("people:read"))
async def people_part(
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    *,
    find: FromQuery[str] = "",
    organizer: FromQuery[list[str] | None] = None,
) -> Template:
    """Show whom else of those with this in their name the report can be on."""
    found = await store.read_long(_choice, organizer or [], find, by=caller)
    return Page("shell/found.html", name="organizer", choice=found)


def _overview(
    db: Connection, wanted: Wanted, *, chosen: tuple[str, ...], find: str, by: Caller, now: datetime
) -> Overview:
    held = attendance_by_session(db, wanted, by=by, now=now)
    return Overview(
        sessions=held,
        people=attendance_by_person(db, wanted, by=by, now=now),
        columns=columns(held, zone=by.time_zone),
        rules=find_attendance_rules(db, by=by),
        offered=offered(db, by=by),
        choice=_choice(db, chosen, find, by=by),
    )


def _choice(db: Connection, chosen: tuple[str, ...] | list[str], find: str, *, by: Caller) -> Choice:
    if not by.may("people:read"):
        return Choice(picked=(), find="", found=None)
    answered = {user.id for user in offered(db, by=by).organizers}

    def may(user: User) -> bool:
        return by.oversees or user.id in answered

    return choice(db, by=by, chosen=[str(one) for one in ids_among(chosen)], find=sought(find), may=may)


routes = [attendance_page, people_part]
