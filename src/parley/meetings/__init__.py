"""Meetings: planned or held at once, under a number and a link that never change."""

from parley.meetings.cancel import cancel
from parley.meetings.change import change
from parley.meetings.end import end
from parley.meetings.facts import MeetingCancelled, MeetingChanged, MeetingScheduled
from parley.meetings.find import find_meetings, meeting_seen_by
from parley.meetings.meet_now import meet_now
from parley.meetings.meeting import AlreadyLive, Cancelled, Meeting, NotLive, Stage
from parley.meetings.plan import MeetingChange, NewMeeting
from parley.meetings.schedule import schedule
from parley.meetings.start import start

__all__ = [
    "AlreadyLive",
    "Cancelled",
    "Meeting",
    "MeetingCancelled",
    "MeetingChange",
    "MeetingChanged",
    "MeetingScheduled",
    "NewMeeting",
    "NotLive",
    "Stage",
    "cancel",
    "change",
    "end",
    "find_meetings",
    "meet_now",
    "meeting_seen_by",
    "schedule",
    "start",
]
