"""The record: sessions, who took part, from when to when, and what was said."""

from parley.sessions.arrive import arrive
from parley.sessions.attendance import Attendee, Confidence, Departure, Interval, Source, covered
from parley.sessions.beat import beat
from parley.sessions.close_session import close_session
from parley.sessions.depart import depart
from parley.sessions.enter import enter
from parley.sessions.facts import SessionEnded
from parley.sessions.history import history
from parley.sessions.message import KEY, TEXT_LIMIT, Message
from parley.sessions.miss import miss
from parley.sessions.open_session import expect, open_session
from parley.sessions.participant import Invitee, Participant, RoomRole
from parley.sessions.recast import recast
from parley.sessions.reconcile import reconcile
from parley.sessions.record import attendance_of, attendees_of, messages_of, participants_of, session_seen_by
from parley.sessions.room import messages_of_room, participant_of_room, session_of_room
from parley.sessions.rows.sessions import attended, last_end, live_meetings, running
from parley.sessions.say import say
from parley.sessions.session import Ending, Kind, Session, State
from parley.sessions.views import SessionView

__all__ = [
    "KEY",
    "TEXT_LIMIT",
    "Attendee",
    "Confidence",
    "Departure",
    "Ending",
    "Interval",
    "Invitee",
    "Kind",
    "Message",
    "Participant",
    "RoomRole",
    "Session",
    "SessionEnded",
    "SessionView",
    "Source",
    "State",
    "arrive",
    "attendance_of",
    "attended",
    "attendees_of",
    "beat",
    "close_session",
    "covered",
    "depart",
    "enter",
    "expect",
    "history",
    "last_end",
    "live_meetings",
    "messages_of",
    "messages_of_room",
    "miss",
    "open_session",
    "participant_of_room",
    "participants_of",
    "recast",
    "reconcile",
    "running",
    "say",
    "session_of_room",
    "session_seen_by",
]
