"""Files for calendars, read back by an independent library."""

from datetime import UTC, datetime, timedelta

import msgspec
import recurring_ical_events  # type: ignore[import-untyped]
from icalendar import Calendar

from parley.calendar import (
    Attendee,
    Correspondent,
    Entry,
    Stretch,
    as_ical,
    cancellation,
    parsed,
    parts_of,
    request,
    slots,
)

FIRST = datetime(2026, 3, 2, 14)  # noqa: DTZ001 (the clock on the wall)


def _entry(*stretches: Stretch, moved: dict[datetime, tuple[datetime, datetime] | None] | None = None) -> Entry:
    return Entry(
        uid="1@example.com",
        title="Weekly, with; signs\\ and Ümläute",
        url="https://parley.example.com/join/123456789",
        sequence=2,
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


def _invited(entry: Entry) -> Entry:
    return msgspec.structs.replace(
        entry,
        description="Line one;\nline, two",
        organizer=Correspondent(name="Olga", email="olga@example.com"),
        attendee=Attendee(name='Eve "Ä"', email="eve@example.com", required=True, reply="TENTATIVE"),
        alarm=timedelta(minutes=15),
    )


WEEKLY = Stretch(first=FIRST, length=timedelta(hours=1), time_zone="Europe/Berlin", rule=parsed("FREQ=WEEKLY;COUNT=3"))
DAILY = Stretch(
    first=FIRST + timedelta(days=30), length=timedelta(hours=1), time_zone="UTC", rule=parsed("FREQ=DAILY;COUNT=2")
)


def test_a_request_says_who_asks_whom_and_when_to_say_so() -> None:
    calendar = Calendar.from_ical(request(_invited(_entry())))
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["ORGANIZER"], event["ORGANIZER"].params["CN"]) == (
        "REQUEST",
        "mailto:olga@example.com",
        "Olga",
    )
    assert event["DESCRIPTION"] == "Line one;\nline, two"
    invited = event["ATTENDEE"]
    assert invited == "mailto:eve@example.com"
    assert {name: invited.params[name] for name in ("ROLE", "PARTSTAT", "RSVP")} == {
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "TENTATIVE",
        "RSVP": "TRUE",
    }
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == -timedelta(minutes=15)


def test_each_part_of_a_series_is_asked_for_by_itself() -> None:
    entry = _invited(_entry(WEEKLY, DAILY))
    found = [Calendar.from_ical(request(part)).walk("VEVENT") for part in parts_of(entry)]
    assert [[event["UID"] for event in events] for events in found] == [["1@example.com"], ["1.1@example.com"]]


def test_a_cancellation_takes_out_all_or_single_occurrences() -> None:
    first, second = parts_of(_invited(_entry(WEEKLY, DAILY)))
    (event,) = Calendar.from_ical(cancellation(second)).walk("VEVENT")
    assert (event["UID"], event["STATUS"], "RRULE" in event) == ("1.1@example.com", "CANCELLED", True)
    calendar = Calendar.from_ical(cancellation(first, only=[FIRST + timedelta(days=7)]))
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["UID"], event["STATUS"]) == ("CANCEL", "1@example.com", "CANCELLED")
    assert event.decoded("recurrence-id").astimezone(UTC) == datetime(2026, 3, 9, 13, tzinfo=UTC)
    (event,) = Calendar.from_ical(cancellation(_invited(_entry()))).walk("VEVENT")
    assert (event["STATUS"], event.walk("VALARM")) == ("CANCELLED", [])
