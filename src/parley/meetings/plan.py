"""Planning: what people write when they make or change a meeting, and what is wrong with it."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from parley.ground import ids
from parley.ground.faults import NotFound, Wrong
from parley.ground.words import N_
from parley.meetings.meeting import Meeting
from parley.meetings.when import check_span, check_start, moment
from parley.people import is_zone, one_line

LONGEST_TITLE = 200
MOST_HOSTS = 50
SHORTEST_PASSWORD = 4
LONGEST_PASSWORD = 128


class NewMeeting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A meeting to be scheduled. Times have an offset, or are local times in `time_zone` (the organizer's if none)."""

    title: str
    starts_at: str
    ends_at: str
    time_zone: str | None = None
    co_organizers: tuple[str, ...] = ()
    password: str | None = None


class MeetingChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be different about a meeting; what is not named stays. A password of null takes it away."""

    title: str | UnsetType = UNSET
    starts_at: str | UnsetType = UNSET
    ends_at: str | UnsetType = UNSET
    time_zone: str | UnsetType = UNSET
    co_organizers: tuple[str, ...] | UnsetType = UNSET
    password: str | UnsetType | None = UNSET


def plan_new(written: NewMeeting, *, zone: str, now: datetime, wrongs: list[Wrong]) -> dict[str, Any]:
    """Return the fields of a meeting to be made, once `wrongs` is found to be empty."""
    chosen = {"time_zone": zone} | _chosen(written, zone=zone, wrongs=wrongs)
    starts_at, ends_at = chosen["starts_at"], chosen["ends_at"]
    if starts_at and ends_at:
        check_start(starts_at, now=now, wrongs=wrongs)
        check_span(starts_at, ends_at, wrongs=wrongs)
    return chosen


def plan_change(written: MeetingChange, *, meeting: Meeting, now: datetime, wrongs: list[Wrong]) -> Meeting:
    """Return the meeting as it will be, once `wrongs` is found to be empty: the same when nothing is different."""
    chosen = _chosen(written, zone=meeting.time_zone, wrongs=wrongs)
    readable = {field: value for field, value in chosen.items() if value is not None}
    after = replace(meeting, **readable)
    if len(readable) == len(chosen):
        if after.starts_at != meeting.starts_at:
            check_start(after.starts_at, now=now, wrongs=wrongs)
        check_span(after.starts_at, after.ends_at, wrongs=wrongs)
    different = after != meeting or isinstance(written.password, str)
    return replace(after, version=meeting.version + 1) if different else meeting


def acceptable(password: str) -> bool:
    """Tell whether this may be a meeting's password."""
    return SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD and password.isprintable()


def _chosen(written: NewMeeting | MeetingChange, *, zone: str, wrongs: list[Wrong]) -> dict[str, Any]:
    """Return what was written, as it will be kept; a time that cannot be read is None."""
    chosen: dict[str, Any] = {}
    if written.title is not UNSET:
        chosen["title"] = one_line(written.title, field="title", most=LONGEST_TITLE, wrongs=wrongs)
    if written.time_zone is not UNSET and written.time_zone is not None:
        zone = chosen["time_zone"] = _zone(written.time_zone, wrongs=wrongs)
    if written.starts_at is not UNSET:
        chosen["starts_at"] = moment(written.starts_at, zone=zone, field="starts_at", wrongs=wrongs)
    if written.ends_at is not UNSET:
        chosen["ends_at"] = moment(written.ends_at, zone=zone, field="ends_at", wrongs=wrongs)
    if written.co_organizers is not UNSET:
        chosen["hosts"] = _hosts(written.co_organizers, wrongs=wrongs)
    if written.password is not UNSET:
        chosen["has_password"] = written.password is not None
        if written.password is not None and not acceptable(written.password):
            limits = {"least": SHORTEST_PASSWORD, "most": LONGEST_PASSWORD}
            wrongs.append(Wrong("password", N_("A password has %(least)s to %(most)s characters."), **limits))
    return chosen


def _zone(written: str, *, wrongs: list[Wrong]) -> str:
    if is_zone(written):
        return written
    wrongs.append(Wrong("time_zone", N_("This is not a time zone; write one like Europe/Berlin.")))
    return "UTC"


def _hosts(written: tuple[str, ...], *, wrongs: list[Wrong]) -> tuple[int, ...]:
    hosts: set[int] = set()
    for person in written[: MOST_HOSTS + 1]:
        try:
            hosts.add(ids.parse(person))
        except NotFound:
            wrongs.append(Wrong("co_organizers", N_("There is nobody under the id %(id)s."), id=person[:20]))
    if len(hosts) > MOST_HOSTS:
        wrongs.append(Wrong("co_organizers", N_("A meeting has at most %(most)s co-organizers."), most=MOST_HOSTS))
    return tuple(sorted(hosts))
