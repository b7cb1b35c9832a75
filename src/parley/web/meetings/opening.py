"""How the form for a new meeting opens: at the next half hour, at a time that was pointed at, or like another one."""

from datetime import datetime, time, timedelta
from typing import Any

from parley.calendar import Rule
from parley.meetings import Meeting
from parley.web.meetings import repeat_form
from parley.web.meetings.calendar_period import day_written
from parley.web.meetings.plan_form import when_fields
from parley.web.shell import Form
from parley.web.shell.times import zone

_USUAL_LENGTH = timedelta(minutes=30)
_USUAL_START = time(9)
_DAY = timedelta(days=1)


def opening(now: datetime, *, time_zone: str, on: str = "", start: str = "", end: str = "") -> Form:
    """Return the form open at the next half hour that is not too soon, or at the day and the times that are named."""
    soon = _next_half_hour(now, time_zone)
    day = day_written(on, otherwise=soon.date())
    begin = datetime.combine(day, _time_written(start) or (soon.time() if day == soon.date() else _USUAL_START))
    until = _time_written(end)
    finish = begin + _USUAL_LENGTH if until is None or until <= begin.time() else datetime.combine(day, until)
    return Form.of(time_zone=time_zone, **when_fields(begin, finish), **repeat_form.shown(None, begin))


def like(meeting: Meeting, *, now: datetime) -> Form:
    """Return the form for another meeting like this one, on the next day of the week on which this one was."""
    here = zone(meeting.time_zone)
    start, length = meeting.starts_at.astimezone(here), meeting.ends_at - meeting.starts_at
    return planned_like(
        now,
        start=start.time(),
        length=length,
        time_zone=meeting.time_zone,
        weekday=start.weekday(),
        rule=meeting.rule,
        title=meeting.title,
        co_organizers=meeting.co_organizers,
    )


def planned_like(
    now: datetime,
    *,
    start: time,
    length: timedelta,
    time_zone: str,
    weekday: int | None,
    rule: Rule | None,
    **fields: Any,  # noqa: ANN401 (of the form)
) -> Form:
    """Return the form with these fields, on the next such day of the week, or the next day at all."""
    tomorrow = now.astimezone(zone(time_zone)).date() + _DAY
    day = tomorrow if weekday is None else tomorrow + _DAY * ((weekday - tomorrow.weekday()) % 7)
    begin = datetime.combine(day, start)
    kept = rule if rule is None or rule.until is None or rule.until > day else None
    return Form.of(
        time_zone=time_zone, **fields, **when_fields(begin, begin + length), **repeat_form.shown(kept, begin)
    )


def _next_half_hour(now: datetime, time_zone: str) -> datetime:
    local = (now + timedelta(minutes=10)).astimezone(zone(time_zone)).replace(second=0, microsecond=0, tzinfo=None)
    return local + timedelta(minutes=-local.minute % 30)


def _time_written(written: str) -> time | None:
    try:
        return time.fromisoformat(written).replace(second=0, microsecond=0, tzinfo=None) if written else None
    except ValueError:
        return None
