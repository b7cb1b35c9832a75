"""The sheets that there are: history, attendance, and what belongs to one session."""

from datetime import timedelta

import msgspec

from parley.ground import ids
from parley.ground.words import N_
from parley.reports.sheet import Column, Share, Sheet
from parley.reports.words import CONFIDENCE_WORDS, DEPARTURE_WORDS, KIND_WORDS, ROLE_WORDS, SOURCE_WORDS
from parley.sessions import Stay


def _minutes(seconds: float) -> float:
    return round(seconds / 60, 1)


def _span(span: timedelta | None) -> float | None:
    return None if span is None else _minutes(span.total_seconds())


def _id(number: int | None) -> str | None:
    return None if number is None else ids.text(number)


_RUN = (
    Column("session", N_("Session"), lambda row: ids.text(row.session)),
    Column("meeting", N_("Meeting"), lambda row: _id(row.meeting)),
    Column("kind", N_("Kind"), lambda row: row.kind, KIND_WORDS),
    Column("title", N_("Title"), lambda row: row.title),
    Column("organizer", N_("Organizer"), lambda row: row.host_name),
    Column("planned_start", N_("Planned start"), lambda row: row.planned_start),
    Column("planned_end", N_("Planned end"), lambda row: row.planned_end),
    Column("started_at", N_("Started"), lambda row: row.started_at),
    Column("ended_at", N_("Ended"), lambda row: row.ended_at),
    Column("length_minutes", N_("Length in minutes"), lambda row: _minutes(row.length)),
)


HISTORY = Sheet(
    "history",
    N_("History"),
    (
        *_RUN,
        Column("invited", N_("Expected"), lambda row: row.invited),
        Column("came", N_("Came"), lambda row: row.came),
        Column("absent", N_("Absent"), lambda row: row.absent),
        Column("required_absent", N_("Required and absent"), lambda row: row.required_absent),
        Column("late", N_("Came late"), lambda row: row.late),
        Column("early", N_("Left early"), lambda row: row.early),
        Column("long_enough", N_("There long enough"), lambda row: row.long_enough),
        Column("minutes", N_("Minutes added up"), lambda row: _minutes(row.seconds)),
    ),
)
"""A row per session, of its `SessionAttendance`."""

ATTENDANCE = Sheet(
    "attendance",
    N_("Attendance"),
    (
        *_RUN,
        Column("name", N_("Name"), lambda row: row.name),
        Column("person", N_("User"), lambda row: _id(row.person)),
        Column("role", N_("Role"), lambda row: row.role, ROLE_WORDS),
        Column("invited", N_("Expected"), lambda row: row.invited),
        Column("required", N_("Required"), lambda row: row.required),
        Column("came", N_("Came"), lambda row: row.came),
        Column("joined_at", N_("First came"), lambda row: row.joined_at),
        Column("left_at", N_("Last left"), lambda row: row.left_at),
        Column("minutes", N_("Minutes"), lambda row: _minutes(row.seconds)),
        Column("share", N_("Share of the time"), lambda row: Share(round(row.share, 4))),
        Column("long_enough", N_("There long enough"), lambda row: row.long_enough),
        Column("late_minutes", N_("Minutes late"), lambda row: _span(row.late)),
        Column("early_minutes", N_("Minutes early"), lambda row: _span(row.early)),
    ),
)
"""A row per person in a session, of their `Attendance`."""


class NamedStay(msgspec.Struct, frozen=True):
    """A stay with whose it is."""

    name: str
    stay: Stay


STAYS = Sheet(
    "stays",
    N_("Stays"),
    (
        Column("name", N_("Name"), lambda row: row.name),
        Column("joined_at", N_("Came"), lambda row: row.stay.joined_at),
        Column("left_at", N_("Went"), lambda row: row.stay.left_at),
        Column("ended_by", N_("How it ended"), lambda row: row.stay.ended_by, DEPARTURE_WORDS),
        Column("source", N_("Source"), lambda row: row.stay.source, SOURCE_WORDS),
        Column("confidence", N_("Certainty"), lambda row: row.stay.confidence, CONFIDENCE_WORDS),
    ),
)
"""A row per stay, of a `NamedStay`."""

CHAT = Sheet(
    "chat",
    N_("Chat"),
    (
        Column("sent_at", N_("Written"), lambda row: row.sent_at),
        Column("name", N_("Name"), lambda row: row.name),
        Column("text", N_("Message"), lambda row: row.text),
    ),
)
"""A row per `Message`."""
