"""Time zones as calendars read them, compared with an independent reader of them."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from parley.calendar.zone_text import zone_text

FROM, TO = datetime(2026, 1, 1, tzinfo=UTC), datetime(2034, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "UTC", "Asia/Jerusalem", "Pacific/Apia"],
)
def test_a_clock_shows_the_same_by_it(name: str) -> None:
    read, known = tzical(StringIO(zone_text(name, year=2026))).get(name), ZoneInfo(name)
    at = FROM
    while at < TO:
        there = at.astimezone(known)
        if there.fold == 0:
            assert there.replace(tzinfo=read).utcoffset() == there.utcoffset(), there
        at += timedelta(hours=3)


def test_a_zone_with_a_habit_has_a_rule_for_ever_and_one_without_each_change() -> None:
    assert zone_text("Europe/Berlin", year=2026).count("RRULE:FREQ=YEARLY;BYMONTH=") == 2
    irregular = zone_text("Asia/Jerusalem", year=2026)
    assert ("RRULE" in irregular, irregular.count("BEGIN:DAYLIGHT") > 5) == (False, True)
    assert zone_text("Asia/Tokyo", year=2026).count("DTSTART") == 1
