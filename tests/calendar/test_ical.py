"""Files for calendars, read back by an independent library."""

from datetime import UTC, datetime, timedelta

import recurring_ical_events  # type: ignore[import-untyped]
from icalendar import Calendar

from parley.calendar import Entry, Stretch, as_ical, parsed, slots

FIRST = datetime(2026, 3, 2, 14)  # noqa: DTZ001 (the clock on the wall)


def _entry(*stretches: Stretch, moved: dict[datetime, tuple[datetime, datetime] | None] | None = None) -> Entry:
    return Entry(
        uid="1@example.com",
        title="Weekly, with; signs\\ and Ümläute",
        url="https://parley.example.com/join/123456789",
        version=3,
        changed_at=datetime(2026, 3, 1, tzinfo=UTC),
        starts_at=datetime(2026, 3, 2, 13, tzinfo=UTC),
        ends_at=datetime(2026, 3, 2, 14, tzinfo=UTC),
        time_zone="Europe/Berlin",
        cancelled=False,
        stretches=stretches,
        moved=moved or {},
    )


def _starts(entry: Entry) -> list[datetime]:
    read = Calendar.from_ical(as_ical(entry))
    found = recurring_ical_events.of(read).between(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC))
    return sorted(event["DTSTART"].dt.astimezone(UTC) for event in found)


def test_a_single_meeting_is_one_event_with_its_zone() -> None:
    written = as_ical(_entry())
    event = Calendar.from_ical(written).walk("VEVENT")[0]
    assert (str(event["SUMMARY"]), event["SEQUENCE"]) == ("Weekly, with; signs\\ and Ümläute", 2)
    assert (b"BEGIN:VTIMEZONE" in written, _starts(_entry())) == (True, [datetime(2026, 3, 2, 13, tzinfo=UTC)])


def test_a_series_is_read_as_it_is_planned() -> None:
    for zone in ("Europe/Berlin", "America/New_York"):
        for rule in ("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270312", "FREQ=DAILY;COUNT=300", "FREQ=MONTHLY;BYDAY=1MO"):
            stretch = Stretch(first=FIRST, length=timedelta(hours=1), time_zone=zone, rule=parsed(rule))
            planned = slots(stretch, until=datetime(2027, 6, 1, tzinfo=UTC))
            assert _starts(_entry(stretch)) == [slot.starts_at for slot in planned], (zone, rule)


def test_what_is_moved_or_cancelled_is_so_in_the_file_and_the_rest_follows_its_own_rule() -> None:
    hour = timedelta(hours=1)
    before = Stretch(first=FIRST, length=hour, time_zone="Europe/Berlin", rule=parsed("FREQ=WEEKLY;UNTIL=20260322"))
    after = Stretch(
        first=datetime(2026, 3, 24, 9),  # noqa: DTZ001
        length=hour,
        time_zone="America/New_York",
        rule=parsed("FREQ=WEEKLY;COUNT=2"),
    )
    moved = datetime(2026, 3, 18, 8, tzinfo=UTC)
    exceptions = {FIRST + timedelta(days=7): None, FIRST + timedelta(days=14): (moved, moved + hour)}
    assert _starts(_entry(before, after, moved=exceptions)) == [
        datetime(2026, 3, 2, 13, tzinfo=UTC),
        moved,
        datetime(2026, 3, 24, 13, tzinfo=UTC),
        datetime(2026, 3, 31, 13, tzinfo=UTC),
    ]
