"""The API of calendars: what takes place between two moments."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from parley import meetings
from parley.access import Context, needs
from parley.ground import ids
from parley.ground.faults import FieldError, Invalid
from parley.ground.filters import MOMENT, id_named, moment_written
from parley.ground.words import N_
from parley.meetings.meeting import Stage
from parley.meetings.timetable import Happening
from parley.people import Caller

From = Annotated[str, QueryParameter(name="from", description="Not over then", schema_extra=MOMENT)]
To = Annotated[str, QueryParameter(name="to", description="Begins before this", schema_extra=MOMENT)]


class HappeningView(msgspec.Struct, frozen=True, kw_only=True):
    """One planned time of a meeting, or the `session` that is or was held, with its own times.

    `original_start` names an occurrence of a meeting that repeats; it is null for others and for sessions.
    """

    meeting: str | None
    session: str | None
    title: str
    starts_at: datetime
    ends_at: datetime
    original_start: datetime | None
    moved: bool
    stage: Stage
    organizer: str
    version: int | None

    @classmethod
    def of(cls, one: Happening) -> "HappeningView":
        """Show what stands in a calendar."""
        return cls(
            meeting=None if one.meeting is None else ids.text(one.meeting),
            session=None if one.session is None else ids.text(one.session),
            title=one.title,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            original_start=one.original_start,
            moved=one.moved,
            stage=one.stage,
            organizer=ids.text(one.organizer),
            version=one.version or None,
        )


class CalendarView(msgspec.Struct, frozen=True, kw_only=True):
    """All that takes place in a period, in order."""

    items: list[HappeningView]


@get("/api/v1/calendar", opt=needs("meetings:read"), tags=["meetings"])
async def show_calendar(
    *,
    context: NamedDependency[Context],
    caller: NamedDependency[Caller],
    since: From,
    until: To,
    mine: FromQuery[bool] = False,
) -> CalendarView:
    """List all that takes place in at most 62 days: held or live as it was held, else as it is planned.

    Of what you organize, are invited to or were in; unless you want only `mine`, also of what you oversee or manage.
    """
    found = await context.store.read_long(
        meetings.timetable,
        by=caller,
        since=needed(since, filter_="from"),
        until=needed(until, filter_="to"),
        now=context.clock(),
        mine=mine,
    )
    return CalendarView(items=[HappeningView.of(one) for one in found])


class SpanView(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of time."""

    starts_at: datetime
    ends_at: datetime


class BusyView(msgspec.Struct, frozen=True, kw_only=True):
    """A user, and when they are busy."""

    person: str
    busy: list[SpanView]


class FreeBusyView(msgspec.Struct, frozen=True, kw_only=True):
    """When people are busy; all the rest of the period they are free."""

    items: list[BusyView]


@get("/api/v1/free-busy", opt=needs("people:read"), tags=["meetings"])
async def show_free_busy(
    *,
    context: NamedDependency[Context],
    caller: NamedDependency[Caller],
    since: From,
    until: To,
    person: FromQuery[list[str]],
) -> FreeBusyView:
    """Tell when up to 100 users of the account are busy with meetings, in at most 62 days, and never with which."""
    found = await context.store.read_long(
        meetings.free_busy,
        [_person(written) for written in person],
        by=caller,
        since=needed(since, filter_="from"),
        until=needed(until, filter_="to"),
    )
    return FreeBusyView(
        items=[
            BusyView(
                person=ids.text(one.user.id),
                busy=[SpanView(starts_at=span.starts_at, ends_at=span.ends_at) for span in one.spans],
            )
            for one in found
        ]
    )


def _person(written: str) -> int:
    named = id_named(written, filter_="person")
    return 0 if named is None else named


def needed(written: str, *, filter_: str) -> datetime:
    """Return the moment that a query has to name."""
    named = moment_written(written, filter_=filter_)
    if named is None:
        raise Invalid(FieldError(filter_, N_("Write a time with its offset, like 2026-03-02T09:30:00Z.")))
    return named


routes = [show_calendar, show_free_busy]
