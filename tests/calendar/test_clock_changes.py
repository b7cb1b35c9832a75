"""Series over both clock changes of a year, beside an independent library."""

from datetime import UTC, datetime, timedelta

import pytest
import recurring_ical_events  # type: ignore[import-untyped]
from icalendar import Calendar

from parley.calendar import Stretch, instant, parsed, slots

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:test
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART;TZID={zone}:{first:%Y%m%dT%H%M%S}
DURATION:PT45M
RRULE:{rule}
END:VEVENT
END:VCALENDAR
"""
SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 7, 1, tzinfo=UTC)


def _theirs(first: datetime, zone: str, rule: str) -> list[datetime]:
    calendar = Calendar.from_ical(CALENDAR.format(first=first, zone=zone, rule=rule))
    found = recurring_ical_events.of(calendar).between(SINCE, UNTIL)
    return sorted(event["DTSTART"].dt.astimezone(UTC) for event in found)


def _series(first: datetime, zone: str, rule: str) -> Stretch:
    return Stretch(first=first, length=timedelta(minutes=45), time_zone=zone, rule=parsed(rule))


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo"])
@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,WE,SU", "FREQ=MONTHLY;BYDAY=-1SU", "FREQ=YEARLY", "FREQ=DAILY;COUNT=400"],
)
@pytest.mark.parametrize("clock", [9, 23])
def test_a_series_keeps_its_time_on_the_wall_over_clock_changes(zone: str, rule: str, clock: int) -> None:
    first = datetime(2026, 1, 4 if "WE" in rule else 25, clock, 30)  # noqa: DTZ001 (the clock on the wall)
    ours = [slot.starts_at for slot in slots(_series(first, zone, rule), since=SINCE, until=UNTIL)]
    assert ours == _theirs(first, zone, rule)
    assert len({at.astimezone(UTC).time() for at in ours}) == (1 if zone == "Asia/Tokyo" else 2) or len(ours) < 3


def test_what_a_clock_change_skips_takes_place_all_the_same_an_hour_later_on_the_wall() -> None:
    berlin = _series(datetime(2026, 3, 27, 2, 30), "Europe/Berlin", "FREQ=DAILY;COUNT=4")  # noqa: DTZ001
    assert [f"{slot.starts_at:%d %H:%M}" for slot in slots(berlin)] == ["27 01:30", "28 01:30", "29 01:30", "30 00:30"]
    york = _series(datetime(2026, 3, 7, 2, 30), "America/New_York", "FREQ=DAILY;COUNT=3")  # noqa: DTZ001
    assert [f"{slot.starts_at:%d %H:%M}" for slot in slots(york)] == ["07 07:30", "08 07:30", "09 06:30"]


def test_of_a_time_that_comes_twice_the_first_is_meant() -> None:
    berlin = _series(datetime(2026, 10, 24, 2, 30), "Europe/Berlin", "FREQ=DAILY;COUNT=3")  # noqa: DTZ001
    assert [f"{slot.starts_at:%d %H:%M}" for slot in slots(berlin)] == ["24 00:30", "25 00:30", "26 01:30"]
    assert instant(datetime(2026, 11, 1, 1, 30), "America/New_York") == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # noqa: DTZ001


def test_a_meeting_over_a_clock_change_is_as_long_as_always() -> None:
    night = Stretch(
        first=datetime(2026, 3, 28, 23, 0),  # noqa: DTZ001
        length=timedelta(hours=6),
        time_zone="Europe/Berlin",
        rule=parsed("FREQ=DAILY;COUNT=2"),
    )
    assert {slot.ends_at - slot.starts_at for slot in slots(night)} == {timedelta(hours=6)}
