"""The history, attendance and single sessions as files, in the reader's language and zone."""

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from parley import reports
from parley.access import needs
from parley.ground import ids
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.people import Caller
from parley.reports import Export, Format, Reading
from parley.web.history.filters import Asked


@get("/history/export", opt=needs("sessions:read"))
async def history_file(
    request: Request[Any, Any, Any],
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    *,
    format: FromQuery[Format] = Format.CSV,  # noqa: A002 (what the address says)
) -> Stream:
    """Write the sessions that the page lists as a file, oldest first."""
    wanted = Asked.of(request.query_params).wanted(caller.time_zone)
    return _streamed(
        await reports.export_history(store, wanted, format_=format, reading=_reading(caller), by=caller, now=clock())
    )


@get("/history/attendance/export", opt=needs("sessions:read"))
async def attendance_file(
    request: Request[Any, Any, Any],
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    *,
    format: FromQuery[Format] = Format.CSV,  # noqa: A002 (what the address says)
) -> Stream:
    """Write everybody in the sessions of the page on attendance as a file."""
    now = clock()
    asked = Asked.of(request.query_params).in_the_last_weeks(now, caller.time_zone)
    wanted = asked.wanted(caller.time_zone)
    return _streamed(
        await reports.export_attendance(store, wanted, format_=format, reading=_reading(caller), by=caller, now=now)
    )


@get("/history/{session:str}/export", opt=needs("sessions:read"))
async def session_file(
    session: FromPath[str],
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    *,
    format: FromQuery[Format] = Format.CSV,  # noqa: A002 (what the address says)
) -> Stream:
    """Write everybody in a session as a file; a workbook has their stays and what was written as well."""
    number = ids.parse(session)
    return _streamed(
        await reports.export_session(store, number, format_=format, reading=_reading(caller), by=caller, now=clock())
    )


def _reading(caller: Caller) -> Reading:
    return Reading(language=caller.locale, time_zone=caller.time_zone)


def _streamed(export: Export) -> Stream:
    return Stream(export.pieces, media_type=export.media_type, headers=export.headers)


routes = [history_file, attendance_file, session_file]
