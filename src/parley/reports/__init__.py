"""Reports on the record: attendance across sessions, what runs just now, and both as tables to take along."""

from parley.reports.attendance import Attendance, PersonAttendance, SessionAttendance
from parley.reports.board import Board, board
from parley.reports.csv_file import CsvFile
from parley.reports.export import Export, Format, export_attendance, export_history, export_session
from parley.reports.find_attendance import (
    attendance_by_person,
    attendance_by_session,
    attendance_of_session,
    find_attendance,
)
from parley.reports.news import News
from parley.reports.share import find_share, set_share
from parley.reports.sheet import Reading
from parley.reports.wanted import Wanted
from parley.reports.words import DEPARTURE_WORDS, SOURCE_WORDS

__all__ = [
    "DEPARTURE_WORDS",
    "SOURCE_WORDS",
    "Attendance",
    "Board",
    "CsvFile",
    "Export",
    "Format",
    "News",
    "PersonAttendance",
    "Reading",
    "SessionAttendance",
    "Wanted",
    "attendance_by_person",
    "attendance_by_session",
    "attendance_of_session",
    "board",
    "export_attendance",
    "export_history",
    "export_session",
    "find_attendance",
    "find_share",
    "set_share",
]
