"""Meet now: a meeting that is made and started in one step."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from parley.ground.db import Connection
from parley.ground.faults import FieldError, Invalid
from parley.meetings.meeting import Meeting
from parley.meetings.plan import LONGEST_TITLE, Plan
from parley.meetings.schedule import store_meeting
from parley.meetings.start import open_meeting
from parley.people import Caller, one_line

PLANNED_FOR = timedelta(hours=1)
"""How long an immediate meeting is written down as planned for."""


def meet_now(db: Connection, *, title: str, by: Caller, now: datetime) -> Meeting:
    """Make a meeting of `by` and start it; `running` is its session."""
    errors: list[FieldError] = []
    title = one_line(title, field="title", most=LONGEST_TITLE, errors=errors)
    if errors:
        raise Invalid(*errors)
    plan = Plan(title=title, starts_at=now, ends_at=now + PLANNED_FOR, time_zone=by.time_zone)
    meeting = store_meeting(db, plan, immediate=True, by=by, now=now)
    return replace(meeting, running=open_meeting(db, meeting, by=by, now=now).id)
