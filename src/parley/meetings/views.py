"""Meetings as the API shows them. Ids and numbers are strings."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import msgspec

from parley.access import Context
from parley.calendar import ENDLESS
from parley.ground import ids
from parley.ground.faults import FieldError, Stale
from parley.meetings.meeting import Meeting, Stage
from parley.meetings.occurrence import Occurrence
from parley.meetings.plan import LONGEST_TITLE
from parley.meetings.visit import Device
from parley.people import Caller, Lobby, one_line


class MeetingView(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting as the API shows one. `session` is the one that runs; `join_url` and `number` never change.

    Of one that repeats by the rule `recurrence`, start and end are those of its first occurrence, and `repeats_until`
    is the end of its last (null when there is none).
    """

    id: str
    number: str
    join_url: str
    title: str
    stage: Stage
    immediate: bool
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    organizer: str
    co_organizers: tuple[str, ...]
    recurrence: str | None
    repeats_until: datetime | None
    has_password: bool
    lobby: Lobby | None
    session: str | None
    version: int
    created_at: datetime
    cancelled_at: datetime | None

    @classmethod
    def of(cls, meeting: Meeting, *, url: str, now: datetime) -> "MeetingView":
        """Show a meeting of the server that is reached under `url`."""
        number = str(meeting.number)
        return cls(
            id=ids.text(meeting.id),
            number=number,
            join_url=f"{url}/join/{number}",
            title=meeting.title,
            stage=meeting.stage(now),
            immediate=meeting.immediate,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            time_zone=meeting.time_zone,
            organizer=ids.text(meeting.organizer),
            co_organizers=tuple(map(ids.text, meeting.co_organizers)),
            recurrence=None if meeting.rule is None else str(meeting.rule),
            repeats_until=None if meeting.repeats_until == ENDLESS else meeting.repeats_until,
            has_password=meeting.has_password,
            lobby=meeting.lobby,
            session=None if meeting.running is None else ids.text(meeting.running),
            version=meeting.version,
            created_at=meeting.created_at,
            cancelled_at=meeting.cancelled_at,
        )


class OccurrenceView(msgspec.Struct, frozen=True, kw_only=True):
    """One planned time of a meeting. It is named by `original_start`, when its rule says, wherever it is moved."""

    meeting: str
    number: str
    join_url: str
    title: str
    original_start: datetime
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    moved: bool
    stage: Stage
    repeats: bool
    version: int

    @classmethod
    def of(cls, one: Occurrence, *, url: str, now: datetime) -> "OccurrenceView":
        """Show an occurrence of a meeting of the server that is reached under `url`."""
        number = str(one.meeting.number)
        return cls(
            meeting=ids.text(one.meeting.id),
            number=number,
            join_url=f"{url}/join/{number}",
            title=one.meeting.title,
            original_start=one.original_start,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            time_zone=one.time_zone,
            moved=one.moved,
            stage=one.stage(now),
            repeats=one.meeting.rule is not None,
            version=one.meeting.version,
        )


@contextmanager
def showing_meetings(context: Context) -> Iterator[None]:
    """Show the meeting that a refusal carries as it is shown everywhere else in the API."""
    try:
        yield
    except Stale as stale:
        if isinstance(stale.current, Meeting):
            stale.current = MeetingView.of(stale.current, url=context.settings.url, now=context.clock())
        raise


class MeetNow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A meeting to be made and started at once."""

    title: str

    @staticmethod
    def check_readable(readable: Mapping[str, Any], *, by: Caller, now: datetime, errors: list[FieldError]) -> None:  # noqa: ARG004
        """Find out what is wrong with those fields that could be read."""
        if "title" in readable:
            one_line(readable["title"], field="title", most=LONGEST_TITLE, errors=errors)


class JoinRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who asks to join: the meeting's number, what a guest is called, and the password if it has one.

    `key` is what stands behind the number in a personal link; who has one needs no name and no password. `device` is
    any name for the browser or device, the same each time: two of them with one link are shown to the host.
    """

    number: str
    name: str = ""
    password: str | None = None
    key: str | None = None
    device: Device = ""


class SeatView(msgspec.Struct, frozen=True, kw_only=True):
    """A seat: the secret that admits one person to one session, and the socket that takes it.

    With one that `waits`, a host has to let them in first.
    """

    seat: str
    socket: str
    waits: bool
