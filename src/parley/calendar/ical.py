"""iCalendar (RFC 5545, 5546): a meeting as a file that calendars take in, and as news for the calendar of one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from parley.calendar.rule import Rule
from parley.calendar.stretch import Stretch, instant
from parley.calendar.zone_text import zone_text

if TYPE_CHECKING:
    from icalendar import Event, vCalAddress


_UTC = "UTC"
"""Times in UTC name no zone."""


class Correspondent(msgspec.Struct, frozen=True, kw_only=True):
    """Who organizes a meeting, by name and address."""

    name: str
    email: str


class Attendee(msgspec.Struct, frozen=True, kw_only=True):
    """Who is invited, and what they answered so far, in the words of iCalendar, such as ACCEPTED."""

    name: str
    email: str
    required: bool
    reply: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the file: one meeting, with all its times."""

    uid: str
    title: str
    url: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    cancelled: bool
    stretches: Sequence[Stretch]
    moved: Mapping[datetime, tuple[datetime, datetime] | None]
    """Single occurrences by their start on the wall: when they are instead; None where they are cancelled."""

    description: str | None = None
    organizer: Correspondent | None = None
    attendee: Attendee | None = None
    alarm: timedelta | None = None
    """How long before the start a calendar should say so."""


def as_ical(entry: Entry) -> bytes:
    """Return the whole meeting as a file, for everybody."""
    events = [event for part in parts_of(entry) for event in _events(part)]
    return _calendar(entry, events, method="PUBLISH").encode()


def parts_of(entry: Entry) -> tuple[Entry, ...]:
    """Return the entry in parts, each under a UID of its own: a calendar knows one rule for an event."""
    return tuple(
        msgspec.structs.replace(
            entry,
            uid=part_uid(entry.uid, position),
            stretches=(stretch,),
            moved={local: to for local, to in entry.moved.items() if _is_of(stretch, local)},
        )
        for position, stretch in enumerate(entry.stretches)
    ) or (entry,)


def part_uid(uid: str, position: int) -> str:
    """Return the UID of a part of what has this UID; the first part, 0, goes by that itself."""
    return uid if position == 0 else f"{position}.{uid}"


def request(part: Entry) -> str:
    """Return what asks the attendee to come to a part, or takes the place of what did so before (METHOD:REQUEST)."""
    return _calendar(part, _events(part), method="REQUEST")


def cancellation(part: Entry, *, only: Iterable[datetime] = ()) -> str:
    """Return what takes a part out of the attendee's calendar, or `only` these occurrences of it (METHOD:CANCEL)."""
    cancelled = msgspec.structs.replace(part, cancelled=True, alarm=None, moved={})
    events = [_occurrence(cancelled, local) for local in sorted(only)]
    return _calendar(part, events or _events(cancelled), method="CANCEL")


def _calendar(entry: Entry, events: "Iterable[Event]", *, method: str) -> str:
    """Return the events with the zones that they name: a file of its own for each, they are the same for thousands."""
    zones = {stretch.time_zone: stretch.first.year for stretch in reversed(entry.stretches)}
    zones = zones or {entry.time_zone: entry.starts_at.year}
    return "".join(
        [
            f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Parley//Parley//EN\r\nMETHOD:{method}\r\n",
            *(zone_text(name, year=year) for name, year in zones.items() if name != _UTC),
            *(event.to_ical().decode() for event in events),
            "END:VCALENDAR\r\n",
        ]
    )


def _events(part: Entry) -> "list[Event]":
    """Return a part: the event, and one for each of its occurrences that is moved."""
    if not part.stretches:
        zone = ZoneInfo(part.time_zone)
        return [_event(part, part.starts_at.astimezone(zone), part.ends_at.astimezone(zone))]
    (stretch,) = part.stretches
    series = _series(part, stretch)
    found = [series]
    for local, to in sorted(part.moved.items()):
        if to is None:
            series.add("exdate", local.replace(tzinfo=ZoneInfo(stretch.time_zone)))
        else:
            found.append(_occurrence(part, local, to))
    return found


def _series(part: Entry, stretch: Stretch) -> "Event":
    from icalendar import vRecur  # noqa: PLC0415 (a tenth of a second that nobody else need pay)

    zone = ZoneInfo(stretch.time_zone)
    slot = stretch.slot(stretch.first)
    series = _event(part, stretch.first.replace(tzinfo=zone), slot.ends_at.astimezone(zone))
    series.add("rrule", vRecur.from_ical(_rule(stretch.rule, stretch)))
    return series


def _occurrence(part: Entry, local: datetime, to: tuple[datetime, datetime] | None = None) -> "Event":
    """Return one occurrence of a series, where it is or where it is moved to."""
    (stretch,) = part.stretches
    zone, slot = ZoneInfo(stretch.time_zone), stretch.slot(local)
    start, end = to or (slot.starts_at, slot.ends_at)
    event = _event(part, start.astimezone(zone), end.astimezone(zone))
    event.add("recurrence-id", local.replace(tzinfo=zone))
    return event


def _event(entry: Entry, start: datetime, end: datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("location", entry.url)
    event.add("url", entry.url)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.description is not None:
        event.add("description", entry.description)
    if entry.organizer is not None:
        event.add("organizer", _address(entry.organizer.email, CN=entry.organizer.name))
    if entry.attendee is not None:
        event.add("attendee", _attendee(entry.attendee))
    if entry.alarm is not None:
        _add_alarm(event, entry.title, entry.alarm)
    return event


def _add_alarm(event: "Event", title: str, before: timedelta) -> None:
    from icalendar import Alarm  # noqa: PLC0415

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -before)
    event.add_component(alarm)


def _attendee(attendee: Attendee) -> "vCalAddress":
    return _address(
        attendee.email,
        CN=attendee.name,
        CUTYPE="INDIVIDUAL",
        ROLE="REQ-PARTICIPANT" if attendee.required else "OPT-PARTICIPANT",
        PARTSTAT=attendee.reply,
        RSVP="TRUE",
    )


def _address(email: str, **parameters: str) -> "vCalAddress":
    from icalendar import vCalAddress  # noqa: PLC0415

    return vCalAddress(f"mailto:{email}", params=parameters)


def _rule(rule: Rule, stretch: Stretch) -> str:
    """Return the rule with UNTIL as a moment, as it has to be where the start has a zone."""
    if rule.until is None:
        return str(rule)
    last = instant(datetime.combine(rule.until, time(23, 59, 59)), stretch.time_zone).astimezone(UTC)
    return str(rule).replace(f"UNTIL={rule.until:%Y%m%d}", f"UNTIL={last:%Y%m%dT%H%M%SZ}")


def _is_of(stretch: Stretch, local: datetime) -> bool:
    """Tell whether this may be an occurrence of the stretch: it lies in its days, at its time."""
    until = stretch.rule.until
    return local >= stretch.first and local.time() == stretch.first.time() and (until is None or local.date() <= until)
