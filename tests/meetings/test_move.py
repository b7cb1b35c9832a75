"""Moving meetings in a calendar: one time, this and all that follow, or all of them."""

from datetime import UTC, datetime, timedelta

import pytest

from parley import meetings
from parley.ground.faults import Conflict, Invalid
from parley.meetings import Meeting, Move, Reach
from tests.meetings.office import Office

WEEKLY = "FREQ=WEEKLY;BYDAY=MO,WE"


def _at(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


async def _move(
    office: Office, meeting: Meeting, to: datetime, *, original: datetime | None = None, reach: Reach = Reach.ONE
) -> Meeting:
    wanted = Move(starts_at=to, ends_at=to + timedelta(hours=1), original_start=original, reach=reach)
    return await office.store.write(
        meetings.move, meeting.id, wanted, version=meeting.version, by=office.cast.olga, now=office.clock()
    )


async def _starts(office: Office, meeting: Meeting) -> list[tuple[int, int]]:
    page = await office.store.read(meetings.occurrences_of, meeting.id, by=office.cast.olga, limit=5)
    return [(one.starts_at.day, one.starts_at.hour) for one in page.items]


async def test_a_meeting_is_moved(office: Office) -> None:
    moved = await _move(office, await office.plan(), _at(5, 8))
    assert (moved.starts_at, moved.ends_at, moved.version) == (_at(5, 8), _at(5, 9), 2)


async def test_one_occurrence_is_moved_alone(office: Office) -> None:
    made = await office.plan(recurrence=WEEKLY)
    moved = await _move(office, made, _at(5, 8), original=_at(4, 13))
    assert await _starts(office, moved) == [(2, 13), (5, 8), (9, 13), (11, 13), (16, 13)]


async def test_this_and_all_that_follow_go_to_other_days_together(office: Office) -> None:
    made = await office.plan(recurrence=WEEKLY)
    moved = await _move(office, made, _at(10, 8), original=_at(9, 13), reach=Reach.FOLLOWING)
    assert await _starts(office, moved) == [(2, 13), (4, 13), (10, 8), (12, 8), (17, 8)]


async def test_all_of_them_go_together(office: Office) -> None:
    made = await office.plan(recurrence=WEEKLY)
    moved = await _move(office, made, _at(10, 8), original=_at(9, 13), reach=Reach.ALL)
    assert await _starts(office, moved) == [(3, 8), (5, 8), (10, 8), (12, 8), (17, 8)]
    back = await _move(office, moved, _at(9, 13), original=_at(10, 8), reach=Reach.ALL)
    assert back.starts_at == made.starts_at


async def test_a_time_that_counts_goes_on_counting(office: Office) -> None:
    made = await office.plan(recurrence="FREQ=DAILY;COUNT=4")
    moved = await _move(office, made, _at(4, 8), original=_at(4, 13), reach=Reach.FOLLOWING)
    assert await _starts(office, moved) == [(2, 13), (3, 13), (4, 8), (5, 8)]


async def test_days_of_the_month_are_not_guessed(office: Office) -> None:
    made = await office.plan(recurrence="FREQ=MONTHLY;BYDAY=1MO")
    with pytest.raises(Conflict):
        await _move(office, made, _at(3, 8), original=_at(2, 13), reach=Reach.ALL)
    later = await _move(office, made, _at(2, 15), original=_at(2, 13), reach=Reach.ALL)
    assert later.starts_at == _at(2, 15)


async def test_nothing_is_moved_into_the_past(office: Office) -> None:
    with pytest.raises(Invalid):
        await _move(office, await office.plan(), _at(1, 8))
