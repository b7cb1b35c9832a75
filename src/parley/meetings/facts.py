"""What becomes true about meetings."""

from datetime import datetime

from parley.ground.facts import Fact


class MeetingScheduled(Fact, frozen=True, tag="meeting.scheduled"):
    """A meeting was made: planned, or `immediate`. Its link and number stay the same from now on."""

    title: str
    number: int
    organizer: int
    immediate: bool
    starts_at: datetime
    ends_at: datetime
    time_zone: str


class MeetingChanged(Fact, frozen=True, tag="meeting.changed"):
    """A meeting was changed. `fields` names what is different now; the rest is how it stands after the change."""

    fields: tuple[str, ...]
    version: int
    title: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str


class MeetingCancelled(Fact, frozen=True, tag="meeting.cancelled"):
    """A meeting was cancelled: nobody can start it or come in any more. Its record stays."""

    title: str
