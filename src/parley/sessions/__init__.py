"""The record: sessions, who took part, from when to when, and what was said."""

from parley.sessions.arrive import arrive
from parley.sessions.attendance import Confidence, Departure, Participation, Source, Stay, covered
from parley.sessions.change_role import change_role, give_role
from parley.sessions.close_session import close_session
from parley.sessions.depart import depart
from parley.sessions.enter import enter
from parley.sessions.expect import expect, expect_no_longer
from parley.sessions.facts import SessionEnded
from parley.sessions.heartbeat import heartbeat
from parley.sessions.history import history
from parley.sessions.let_in import let_in, let_wait
from parley.sessions.message import CONTROL_CHARACTERS, KEY, TEXT_LIMIT, Message
from parley.sessions.miss import miss
from parley.sessions.note_shared_link import is_there, note_shared_link
from parley.sessions.open_session import open_session
from parley.sessions.participant import InvitedGuest, Invitee, Participant, RoomRole
from parley.sessions.reconcile import reconcile
from parley.sessions.record import attendance_of, messages_of, participants_of, participations_of, session_seen_by
from parley.sessions.room import hosts_of_room, messages_of_room, participant_of_room, session_of_room
from parley.sessions.rows.presence import Paging, Sight, presence, presence_count
from parley.sessions.rows.runs import Run
from parley.sessions.rows.sessions import (
    attended,
    last_end,
    live_meetings,
    live_sessions,
    most_attendees,
    running,
)
from parley.sessions.runs import runs
from parley.sessions.say import say
from parley.sessions.session import Ending, Kind, Session, State
from parley.sessions.views import SessionView

__all__ = [
    "CONTROL_CHARACTERS",
    "KEY",
    "TEXT_LIMIT",
    "Confidence",
    "Departure",
    "Ending",
    "InvitedGuest",
    "Invitee",
    "Kind",
    "Message",
    "Paging",
    "Participant",
    "Participation",
    "RoomRole",
    "Run",
    "Session",
    "SessionEnded",
    "SessionView",
    "Sight",
    "Source",
    "State",
    "Stay",
    "arrive",
    "attendance_of",
    "attended",
    "change_role",
    "close_session",
    "covered",
    "depart",
    "enter",
    "expect",
    "expect_no_longer",
    "give_role",
    "heartbeat",
    "history",
    "hosts_of_room",
    "is_there",
    "last_end",
    "let_in",
    "let_wait",
    "live_meetings",
    "live_sessions",
    "messages_of",
    "messages_of_room",
    "miss",
    "most_attendees",
    "note_shared_link",
    "open_session",
    "participant_of_room",
    "participants_of",
    "participations_of",
    "presence",
    "presence_count",
    "reconcile",
    "running",
    "runs",
    "say",
    "session_of_room",
    "session_seen_by",
]
