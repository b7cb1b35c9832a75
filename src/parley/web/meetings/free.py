"""Who is free: the people of a meeting and their day, drawn beside the form in which a time is chosen."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from parley import meetings
from parley.ground.db import Connection
from parley.meetings import Busy, Meeting, Span
from parley.people import Caller, is_zone, users_named
from parley.web.shell import Form
from parley.web.shell.choosing import ids_among
from parley.web.shell.times import zone

MOST_DRAWN = 12
_USUAL = (8, 18)
_HOURS = 24
_STEP = 2
_LONGEST = timedelta(days=2)
_AN_HOUR = timedelta(hours=1)


class Bar(msgspec.Struct, frozen=True):
    """A stretch of a lane, in per cent of it, and when it is."""

    at: float
    width: float
    span: Span
    overlaps: bool


class Lane(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's day."""

    name: str
    bars: tuple[Bar, ...]
    busy: bool
    """Whether they are busy at the time that is chosen."""


class Free(msgspec.Struct, frozen=True, kw_only=True):
    """The people of a meeting on the day that is chosen."""

    day: date
    time_zone: str
    chosen: Bar
    ticks: tuple[tuple[float, str], ...]
    lanes: tuple[Lane, ...]
    more: int
    busy: tuple[str, ...]


def who_is_free(db: Connection, form: Form, *, by: Caller, meeting: Meeting | None = None) -> Free | None:
    """Return who of those that the form names is busy on its day; None while its times cannot be read.

    `meeting` is the one that the form changes: who is invited to it is named too, and it does not count.
    """
    span = _span(form)
    if span is None:
        return None
    organizer = by.person if meeting is None else meeting.organizer
    asked = [*ids_among(form.every("co_organizers")), *ids_among(form.every("invited")), *_coming(db, meeting, by=by)]
    known = users_named(db, [organizer or 0, *asked], account=by.account)
    people = [*known][: meetings.MOST_PEOPLE]
    begin, end = _window(span, form.text("time_zone"))
    found = meetings.free_busy(
        db, people, by=by, since=begin, until=end, without=None if meeting is None else meeting.id
    )
    return _drawn(found, span, begin, end, time_zone=form.text("time_zone"))


def _coming(db: Connection, meeting: Meeting | None, *, by: Caller) -> list[int]:
    """Return which users are invited to the meeting already, and did not decline."""
    if meeting is None:
        return []
    invited = meetings.invitations_of(db, meeting.id, by=by, limit=meetings.MOST_PEOPLE).items
    return [one.person for one in invited if one.person is not None and one.reply is not meetings.Reply.DECLINED]


def _span(form: Form) -> Span | None:
    """Return the time that is chosen, if it is one."""
    if not is_zone(form.text("time_zone")):
        return None
    here = zone(form.text("time_zone"))
    try:
        day, until = (date.fromisoformat(form.text(name) or form.text("date")) for name in ("date", "end_date"))
        times = (time.fromisoformat(form.text(name)).replace(tzinfo=None) for name in ("start", "end"))
        start, end = (
            datetime.combine(on, at, here).astimezone(UTC) for on, at in zip((day, until), times, strict=True)
        )
    except (ValueError, OverflowError):
        return None
    return Span(start, end) if start < end <= start + _LONGEST else None


def _window(span: Span, time_zone: str) -> tuple[datetime, datetime]:
    """Return the hours that are drawn: a usual day, and as much more as the time needs that is chosen."""
    here = zone(time_zone)
    start, end = span.starts_at.astimezone(here), span.ends_at.astimezone(here)
    midnight = start.replace(hour=0, minute=0, second=0)
    first = min(start.hour, _USUAL[0])
    last = max(_USUAL[1], end.hour + 1) if end.date() == start.date() else _HOURS
    begin = (midnight + timedelta(hours=first)).astimezone(UTC)
    return begin, max((midnight + timedelta(hours=last)).astimezone(UTC), span.ends_at)


def _drawn(found: Iterable[Busy], span: Span, begin: datetime, end: datetime, *, time_zone: str) -> Free:
    def bar(one: Span) -> Bar:
        at, until = ((min(max(moment, begin), end) - begin) / (end - begin) for moment in (one.starts_at, one.ends_at))
        overlaps = one.starts_at < span.ends_at and one.ends_at > span.starts_at
        return Bar(round(100 * at, 2), round(100 * (until - at), 2), one, overlaps)

    everybody = sorted(found, key=lambda one: not one.at(span.starts_at, span.ends_at))
    lanes = [
        Lane(
            name=one.user.name,
            bars=tuple(bar(busy) for busy in one.spans),
            busy=bool(one.at(span.starts_at, span.ends_at)),
        )
        for one in everybody
    ]
    here = zone(time_zone)
    hours = (begin + _AN_HOUR * step for step in range(0, int((end - begin) / _AN_HOUR) + 1, _STEP))
    return Free(
        day=span.starts_at.astimezone(here).date(),
        time_zone=time_zone,
        chosen=bar(span),
        ticks=tuple((bar(Span(hour, hour)).at, f"{hour.astimezone(here):%H:%M}") for hour in hours),
        lanes=tuple(lanes[:MOST_DRAWN]),
        more=max(0, len(lanes) - MOST_DRAWN),
        busy=tuple(lane.name for lane in lanes if lane.busy),
    )
