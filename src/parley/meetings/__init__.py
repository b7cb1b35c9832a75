"""Meetings: planned or held at once, under a number and a link that never change."""

from parley.meetings.admit import admit
from parley.meetings.allowance import Allowance, allowance
from parley.meetings.calendar_file import calendar_entry, calendar_file
from parley.meetings.cancel import cancel
from parley.meetings.change import change
from parley.meetings.change_occurrence import OccurrenceChange, cancel_occurrence, change_occurrence
from parley.meetings.end import end
from parley.meetings.facts import (
    InvitationWithdrawn,
    MeetingCancelled,
    MeetingChanged,
    MeetingHandedOver,
    OccurrenceCancelled,
    OccurrenceChanged,
    PersonInvited,
)
from parley.meetings.find import find_meetings, meeting_seen_by
from parley.meetings.find_invitations import (
    everybody_invited,
    invitation_to,
    invitations_of,
    invited_to,
    replies_to,
    whose_links,
)
from parley.meetings.free_busy import MOST_PEOPLE, Busy, Span, free_busy
from parley.meetings.invitation import Invitation, Reply, Way
from parley.meetings.invite import invite, require, withdraw
from parley.meetings.join import join, look_up
from parley.meetings.join_info import JoinInfo, join_info
from parley.meetings.meet_now import meet_now
from parley.meetings.meeting import AlreadyLive, Cancelled, Meeting, NotLive, Stage
from parley.meetings.move import Move, Reach, move
from parley.meetings.occurrence import Occurrence
from parley.meetings.occurrences import agenda, nearest, occurrence_named, occurrences_of
from parley.meetings.part_with import Act, Fate, Outcome, Parting, foresee, part_with
from parley.meetings.password import hashed
from parley.meetings.personal_link import personal_link
from parley.meetings.plan import MeetingChange, NewMeeting
from parley.meetings.respond import LONGEST_COMMENT, respond
from parley.meetings.rows.invitations import invitations_ever
from parley.meetings.rows.meetings import meeting_numbered
from parley.meetings.schedule import schedule
from parley.meetings.start import start
from parley.meetings.starting_soon import starting_soon
from parley.meetings.template import Content, Guest, Template
from parley.meetings.templates import (
    NewTemplate,
    TemplateChange,
    change_template,
    delete_template,
    find_template,
    find_templates,
    guests_of,
    save_as_template,
)
from parley.meetings.timetable import Happening, timetable
from parley.meetings.visit import Device, ShownLink
from parley.meetings.whom import MOST_INVITED, Wanted, whom_to_invite

__all__ = [
    "LONGEST_COMMENT",
    "MOST_INVITED",
    "MOST_PEOPLE",
    "Act",
    "Allowance",
    "AlreadyLive",
    "Busy",
    "Cancelled",
    "Content",
    "Device",
    "Fate",
    "Guest",
    "Happening",
    "Invitation",
    "InvitationWithdrawn",
    "JoinInfo",
    "Meeting",
    "MeetingCancelled",
    "MeetingChange",
    "MeetingChanged",
    "MeetingHandedOver",
    "Move",
    "NewMeeting",
    "NewTemplate",
    "NotLive",
    "Occurrence",
    "OccurrenceCancelled",
    "OccurrenceChange",
    "OccurrenceChanged",
    "Outcome",
    "Parting",
    "PersonInvited",
    "Reach",
    "Reply",
    "ShownLink",
    "Span",
    "Stage",
    "Template",
    "TemplateChange",
    "Wanted",
    "Way",
    "admit",
    "agenda",
    "allowance",
    "calendar_entry",
    "calendar_file",
    "cancel",
    "cancel_occurrence",
    "change",
    "change_occurrence",
    "change_template",
    "delete_template",
    "end",
    "everybody_invited",
    "find_meetings",
    "find_template",
    "find_templates",
    "foresee",
    "free_busy",
    "guests_of",
    "hashed",
    "invitation_to",
    "invitations_ever",
    "invitations_of",
    "invite",
    "invited_to",
    "join",
    "join_info",
    "look_up",
    "meet_now",
    "meeting_numbered",
    "meeting_seen_by",
    "move",
    "nearest",
    "occurrence_named",
    "occurrences_of",
    "part_with",
    "personal_link",
    "replies_to",
    "require",
    "respond",
    "save_as_template",
    "schedule",
    "start",
    "starting_soon",
    "timetable",
    "whom_to_invite",
    "whose_links",
    "withdraw",
]
