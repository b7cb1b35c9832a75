"""Reports on the record: attendance across sessions, what runs just now, and both as tables to take along."""

from parley.reports.attendance import Attendance, PersonAttendance, SessionAttendance
from parley.reports.export import Export, Format, export_attendance, export_history, export_session
from parley.reports.find_attendance import (
    attendance_by_person,
    attendance_by_session,
    attendance_of_session,
    find_attendance,
)
from parley.reports.share import find_share, set_share
from parley.reports.sheet import Reading
from parley.reports.wanted import Wanted
from parley.reports.words import DEPARTURE_WORDS, SOURCE_WORDS

__all__ = [
    "DEPARTURE_WORDS",
    "SOURCE_WORDS",
    "Attendance",
    "Export",
    "Format",
    "PersonAttendance",
    "Reading",
    "SessionAttendance",
    "Wanted",
    "attendance_by_person",
    "attendance_by_session",
    "attendance_of_session",
    "export_attendance",
    "export_history",
    "export_session",
    "find_attendance",
    "find_share",
    "set_share",
]
