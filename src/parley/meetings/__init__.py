"""Meetings: planned or held at once, under a number and a link that never change."""

from parley.meetings.admit import admit
from parley.meetings.allowance import Allowance, allowance
from parley.meetings.calendar_file import calendar_file
from parley.meetings.cancel import cancel
from parley.meetings.change import change
from parley.meetings.change_occurrence import OccurrenceChange, cancel_occurrence, change_occurrence
from parley.meetings.end import end
from parley.meetings.find import find_meetings, meeting_seen_by
from parley.meetings.join import join, look_up
from parley.meetings.join_info import JoinInfo, join_info
from parley.meetings.meet_now import meet_now
from parley.meetings.meeting import AlreadyLive, Cancelled, Meeting, NotLive, Stage
from parley.meetings.occurrence import Occurrence
from parley.meetings.occurrences import agenda, nearest, occurrence_named, occurrences_of
from parley.meetings.part_with import Act, Fate, Outcome, Parting, foresee, part_with
from parley.meetings.password import hashed
from parley.meetings.plan import MeetingChange, NewMeeting
from parley.meetings.schedule import schedule
from parley.meetings.start import start

__all__ = [
    "Act",
    "Allowance",
    "AlreadyLive",
    "Cancelled",
    "Fate",
    "JoinInfo",
    "Meeting",
    "MeetingChange",
    "NewMeeting",
    "NotLive",
    "Occurrence",
    "OccurrenceChange",
    "Outcome",
    "Parting",
    "Stage",
    "admit",
    "agenda",
    "allowance",
    "calendar_file",
    "cancel",
    "cancel_occurrence",
    "change",
    "change_occurrence",
    "end",
    "find_meetings",
    "foresee",
    "hashed",
    "join",
    "join_info",
    "look_up",
    "meet_now",
    "meeting_seen_by",
    "nearest",
    "occurrence_named",
    "occurrences_of",
    "part_with",
    "schedule",
    "start",
]
