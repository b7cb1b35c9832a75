"""What becomes true about reports."""

from parley.ground.facts import Fact


class MeetingShareChanged(Fact, frozen=True, tag="meeting.attendance_share_changed"):
    """Of the sessions of a meeting another share is long enough; null is the account's. The subject is the meeting."""

    long_enough_percent: int | None
