"""iCalendar (RFC 5545): a meeting as a file that calendars take in."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from parley.calendar.rule import Rule
from parley.calendar.stretch import Stretch, instant

if TYPE_CHECKING:
    from icalendar import Calendar, Event


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the file: one meeting, with all its times."""

    uid: str
    title: str
    url: str
    version: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    cancelled: bool
    stretches: Sequence[Stretch]
    moved: Mapping[datetime, tuple[datetime, datetime] | None]
    """Single occurrences by their start on the wall: when they are instead; None where they are cancelled."""


def as_ical(entry: Entry, *, method: str = "PUBLISH") -> bytes:
    """Return the file. A series of several stretches is an event for each: a calendar knows one rule for an event."""
    from icalendar import Calendar  # noqa: PLC0415 (a tenth of a second that nobody else need pay)

    calendar = Calendar()
    calendar.add("prodid", "-//Parley//Parley//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if not entry.stretches:
        zone = ZoneInfo(entry.time_zone)
        calendar.add_component(
            _event(entry, entry.uid, entry.starts_at.astimezone(zone), entry.ends_at.astimezone(zone))
        )
    for position, stretch in enumerate(entry.stretches):
        _add_stretch(calendar, entry, stretch, uid=entry.uid if position == 0 else f"{position}.{entry.uid}")
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _add_stretch(calendar: "Calendar", entry: Entry, stretch: Stretch, *, uid: str) -> None:
    from icalendar import vRecur  # noqa: PLC0415

    zone = ZoneInfo(stretch.time_zone)
    slot = stretch.slot(stretch.first)
    series = _event(entry, uid, stretch.first.replace(tzinfo=zone), slot.ends_at.astimezone(zone))
    series.add("rrule", vRecur.from_ical(_rule(stretch.rule, stretch)))
    calendar.add_component(series)
    mine = {local: to for local, to in entry.moved.items() if _is_of(stretch, local)}
    for local, to in sorted(mine.items()):
        if to is None:
            series.add("exdate", local.replace(tzinfo=zone))
            continue
        one = _event(entry, uid, to[0].astimezone(zone), to[1].astimezone(zone))
        one.add("recurrence-id", local.replace(tzinfo=zone))
        calendar.add_component(one)


def _event(entry: Entry, uid: str, start: datetime, end: datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", entry.changed_at)
    event.add("sequence", entry.version - 1)
    event.add("summary", entry.title)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("location", entry.url)
    event.add("url", entry.url)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event


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
