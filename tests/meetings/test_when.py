"""Times as people write them."""

from datetime import UTC, datetime, timedelta

import pytest

from parley.ground.faults import FieldError
from parley.meetings.when import check_span, check_start, moment

NOW = datetime(2026, 3, 2, 9, 0, 30, tzinfo=UTC)


def read(written: str, zone: str = "Europe/Berlin") -> str | None:
    errors: list[FieldError] = []
    found = moment(written, zone=zone, field="starts_at", errors=errors)
    assert (found is None) == bool(errors)
    return None if found is None else found.isoformat().removesuffix("+00:00")


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-03-02T14:00", "2026-03-02T13:00:00"),
        ("2026-07-02T14:00:30", "2026-07-02T12:00:30"),
        ("2026-03-02T14:00:00+05:30", "2026-03-02T08:30:00"),
        ("2026-03-02t14:00:00.5z", "2026-03-02T14:00:00.500000"),
        ("2026-03-02 14:00:00-00:00", "2026-03-02T14:00:00"),
    ],
)
def test_an_offset_or_the_zone_says_what_moment_is_meant(written: str, utc: str) -> None:
    assert read(written) == utc


def test_what_the_clock_skips_counts_by_the_offset_before() -> None:
    assert read("2026-03-29T02:30") == "2026-03-29T01:30:00"  # 02:30+01:00, when clocks show 03:30
    assert read("2026-03-08T02:30", "America/New_York") == "2026-03-08T07:30:00"


def test_of_what_the_clock_repeats_the_first_is_meant() -> None:
    assert read("2026-10-25T02:30") == "2026-10-25T00:30:00"
    assert read("2026-10-25T02:30:00+01:00") == "2026-10-25T01:30:00"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "tomorrow",
        "2026-03-02",
        "14:00",
        "2026-03-02T14",
        "20260302T1400",
        "2026-W10-1T14:00",
        "2026-02-30T14:00",
        "2026-03-02T25:00",
        "2026-03-02T14:00+1",
        "2026-03-02T14:00:00+99:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "\uff12026-03-02T14:00",
        "2026-03-02T14:00\n",
    ],
)
def test_what_is_no_time_is_refused(written: str) -> None:
    assert read(written) is None


def wrong_span(length: timedelta) -> bool:
    errors: list[FieldError] = []
    check_span(NOW, NOW + length, errors=errors)
    return bool(errors)


def test_a_meeting_lasts_up_to_a_day() -> None:
    assert wrong_span(timedelta())
    assert wrong_span(-timedelta(minutes=1))
    assert not wrong_span(timedelta(seconds=1))
    assert not wrong_span(timedelta(hours=24))
    assert wrong_span(timedelta(hours=24, seconds=1))


def wrong_start(ahead: timedelta) -> bool:
    errors: list[FieldError] = []
    check_start(NOW + ahead, now=NOW, errors=errors)
    return bool(errors)


def test_the_minute_that_it_is_now_is_not_past() -> None:
    assert not wrong_start(-timedelta(seconds=30))
    assert wrong_start(-timedelta(seconds=31))


def test_nobody_plans_more_than_ten_years_ahead() -> None:
    assert not wrong_start(timedelta(days=3650))
    assert wrong_start(timedelta(days=3700))
