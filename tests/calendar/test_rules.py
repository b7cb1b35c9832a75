"""Rules by which something repeats: read, refused, and worked out as an independent library does."""

import time
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.calendar import Rule, Stretch, last_slot, on_or_after, parsed, read_rule, slots
from parley.ground.faults import FieldError

MONDAY = datetime(2026, 3, 2, 14, 0)  # noqa: DTZ001 (the clock on the wall)


def _read(written: str, *, first: datetime = MONDAY, zone: str = "Europe/Berlin") -> tuple[Rule | None, list[str]]:
    errors: list[FieldError] = []
    rule = read_rule(written, first=first, time_zone=zone, field="recurrence", errors=errors)
    return rule, [error.message % error.parameters for error in errors]


def _series(written: str, *, first: datetime = MONDAY, zone: str = "Europe/Berlin") -> Stretch:
    rule, wrong = _read(written, first=first, zone=zone)
    assert rule is not None, wrong
    return Stretch(first=first, length=timedelta(hours=1), time_zone=zone, rule=rule)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("RRULE:FREQ=WEEKLY;BYDAY=WE,MO", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("freq=daily;interval=1;", "FREQ=DAILY"),
        ("FREQ=MONTHLY;BYDAY=+2TU;COUNT=10", "FREQ=MONTHLY;BYDAY=2TU;COUNT=10"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;INTERVAL=3", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=-1SU;WKST=SU", "FREQ=YEARLY;BYMONTH=11;BYDAY=-1SU;WKST=SU"),
        ("FREQ=DAILY;UNTIL=20260401", "FREQ=DAILY;UNTIL=20260401"),
        ("FREQ=DAILY;UNTIL=20260401T115900Z", "FREQ=DAILY;UNTIL=20260331"),
        ("FREQ=DAILY;UNTIL=20260401T120000Z", "FREQ=DAILY;UNTIL=20260401"),
        ("FREQ=DAILY;UNTIL=20260401T140000", "FREQ=DAILY;UNTIL=20260401"),
    ],
)
def test_a_rule_is_read_and_written_alike(written: str, kept: str) -> None:
    rule, wrong = _read(written)
    assert (str(rule), wrong) == (kept, [])
    assert parsed(kept) == rule


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "Write a rule like"),
        ("every Monday", "Write a rule like"),
        ("BYDAY=MO", "Write a rule like"),
        ("FREQ=DAILY;FREQ=WEEKLY", "Write a rule like"),
        ("FREQ=DAILY;X=", "Write a rule like"),
        ("FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 200), "Write a rule like"),
        ("FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 40), "BYDAY"),
        ("FREQ=SECONDLY", "SECONDLY is none of these"),
        ("FREQ=HOURLY;INTERVAL=24", "HOURLY is none of these"),
        ("FREQ=DAILY;BYHOUR=1,2,3", "does not repeat by BYHOUR"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYEASTER=1", "BYEASTER, BYWEEKNO"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL is a number from 1 to 366"),
        ("FREQ=YEARLY;INTERVAL=11", "INTERVAL is a number from 1 to 10"),
        ("FREQ=DAILY;COUNT=1001", "COUNT is a number from 1 to 1000"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20260401", "COUNT or UNTIL"),
        ("FREQ=DAILY;UNTIL=20260301", "end before it begins"),
        ("FREQ=DAILY;UNTIL=20261399", "UNTIL is a day"),
        ("FREQ=DAILY;UNTIL=99981231", "within 100 years"),
        ("FREQ=DAILY;UNTIL=99991231T235959Z;INTERVAL=x", "INTERVAL is"),
        ("FREQ=WEEKLY;BYDAY=2MO", "first, second or last"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY does not go"),
        ("FREQ=YEARLY;BYDAY=MO", "takes BYMONTH"),
        ("FREQ=MONTHLY;BYSETPOS=1", "takes BYDAY"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYMONTH=13", "BYMONTH"),
        ("FREQ=WEEKLY;WKST=8", "WKST"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never take place"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", "never take place"),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=1;BYMONTH=4", "never take place"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "never take place"),
    ],
)
def test_what_is_no_rule_is_refused_with_words_and_at_once(written: str, why: str) -> None:
    began = time.process_time()
    rule, wrong = _read(written)
    assert rule is None
    assert any(why in words for words in wrong), wrong
    assert time.process_time() - began < 1


def test_a_rule_far_in_time_breaks_nothing() -> None:
    late = datetime(9989, 12, 1, 10)  # noqa: DTZ001
    assert len([*islice(slots(_series("FREQ=MONTHLY", first=late)), 40)]) < 40
    assert _read("FREQ=DAILY", first=datetime(9999, 12, 31))[0] is None  # noqa: DTZ001
    always = _series("FREQ=YEARLY")
    assert [*slots(always, since=datetime.max.replace(tzinfo=UTC) - timedelta(days=1))] == []
    assert len([*slots(always, until=datetime(2036, 1, 1, tzinfo=UTC))]) == 10


def test_an_endless_series_is_read_from_anywhere_without_counting_it_out() -> None:
    daily = _series("FREQ=DAILY")
    began = time.process_time()
    for year in range(3000, 3400):
        (found,) = islice(slots(daily, since=datetime(year, 7, 1, 12, 30, tzinfo=UTC)), 1)
        assert found.original == datetime(year, 7, 1, 14)  # noqa: DTZ001
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("FREQ=WEEKLY;COUNT=3", date(2026, 3, 16)),
        ("FREQ=WEEKLY;UNTIL=20261231", date(2026, 12, 28)),
        ("FREQ=YEARLY;INTERVAL=10;UNTIL=20751231", date(2066, 3, 2)),
        ("FREQ=DAILY;UNTIL=20260302", date(2026, 3, 2)),
        ("FREQ=DAILY;UNTIL=21261231", date(2126, 12, 31)),
    ],
)
def test_the_last_one_is_known(written: str, last: date) -> None:
    found = last_slot(_series(written))
    assert found is not None
    assert found.original.date() == last
    assert last_slot(_series("FREQ=WEEKLY")) is None


def test_a_series_begins_at_the_first_time_that_its_rule_names() -> None:
    assert on_or_after(MONDAY, parsed("FREQ=WEEKLY;BYDAY=WE,FR")) == datetime(2026, 3, 4, 14)  # noqa: DTZ001


def _lists(options: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[str]:
    return st.lists(options, min_size=1, max_size=most, unique=True).map(",".join)


_DAYS = _lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), 7)
_PLACED = _lists(
    st.builds("{}{}".format, st.sampled_from([1, 2, 3, 4, 5, -1, -2]), st.sampled_from(["MO", "SU", "TH"]))
)
_NUMBERS = _lists(st.sampled_from(["1", "15", "28", "29", "30", "31", "-1", "-3", "-30"]))
_MONTHS = _lists(st.integers(1, 12).map(str))
_RULES = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 40)),
    st.builds("FREQ=DAILY;BYMONTH={};BYDAY={}".format, _MONTHS, _DAYS),
    st.builds("FREQ=DAILY;BYMONTHDAY={}".format, _NUMBERS),
    st.builds(
        "FREQ=WEEKLY;INTERVAL={};BYDAY={};WKST={}".format, st.integers(1, 6), _DAYS, st.sampled_from(["MO", "SU"])
    ),
    st.builds("FREQ=WEEKLY;INTERVAL={}".format, st.integers(1, 6)),
    st.builds("FREQ=MONTHLY;INTERVAL={};BYDAY={}".format, st.integers(1, 5), _PLACED),
    st.builds("FREQ=MONTHLY;INTERVAL={};BYMONTHDAY={}".format, st.integers(1, 5), _NUMBERS),
    st.builds("FREQ=MONTHLY;BYDAY={};BYSETPOS={}".format, _DAYS, st.sampled_from([1, 2, -1])),
    st.builds("FREQ=MONTHLY;BYMONTHDAY={};BYDAY={}".format, _NUMBERS, _DAYS),
    st.builds("FREQ=MONTHLY;INTERVAL={}".format, st.integers(1, 5)),
    st.builds("FREQ=YEARLY;INTERVAL={}".format, st.integers(1, 4)),
    st.builds("FREQ=YEARLY;BYMONTH={};BYDAY={}".format, _MONTHS, _PLACED),
    st.builds("FREQ=YEARLY;BYMONTH={};BYMONTHDAY={}".format, _MONTHS, _NUMBERS),
    st.builds("FREQ=YEARLY;BYMONTHDAY={}".format, _NUMBERS),
)
_ENDS = st.sampled_from(["", ";COUNT=7", ";COUNT=40", ";UNTIL=20290610"])


@settings(deadline=None, max_examples=300)
@given(
    rule=_RULES,
    end=_ENDS,
    first=st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)),  # noqa: DTZ001
    ahead=st.integers(0, 4000),
)
def test_every_rule_means_what_it_means_to_an_independent_library(
    rule: str, end: str, first: datetime, ahead: int
) -> None:
    first = first.replace(second=0, microsecond=0)
    read, wrong = _read(rule + end, first=first, zone="UTC")
    until = f";UNTIL={read.until:%Y%m%d}T235959" if read is not None and read.until else end
    if read is None:
        assert any("never" in words for words in wrong)
        return
    theirs = [*islice(rrulestr(rule + until, dtstart=first), 60)]
    series = Stretch(first=first, length=timedelta(hours=1), time_zone="UTC", rule=read)
    assert [slot.original for slot in islice(slots(series), 60)] == theirs
    since = first + timedelta(days=ahead)
    theirs = [*islice((at for at in rrulestr(rule + until, dtstart=first) if at + timedelta(hours=1) > since), 5)]
    assert [slot.original for slot in islice(slots(series, since=since.replace(tzinfo=UTC)), 5)] == theirs
