"""Lists of meetings: who sees what, filters, pages."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from parley.ground.faults import Forbidden, Invalid, NotFound
from parley.meetings import Meeting, Stage, find_meetings
from parley.people import Caller
from parley.sessions import RoomRole, enter
from tests.meetings.office import Office


async def day(office: Office, number: int, **different: Any) -> Meeting:  # noqa: ANN401
    """Plan a meeting on a day of March, called by its number."""
    times = {"starts_at": f"2026-03-{number:02}T10:00:00Z", "ends_at": f"2026-03-{number:02}T11:00:00Z"}
    return await office.plan(**{"title": f"Day {number}"} | times | different)


async def test_a_list_is_by_planned_start(office: Office) -> None:
    for number in (5, 3, 4):
        await day(office, number)
    assert await office.titles() == ["Day 5", "Day 4", "Day 3"]
    assert await office.titles(earliest_first=True) == ["Day 3", "Day 4", "Day 5"]


async def test_ones_own_are_those_that_one_hosts(office: Office) -> None:
    await day(office, 3)
    await day(office, 4, by=office.cast.otto)
    await day(office, 5, by=office.cast.otto, co_organizers=[str(office.cast.olga.person)])
    assert await office.titles() == ["Day 5", "Day 3"]
    assert await office.titles(office.cast.otto) == ["Day 5", "Day 4"]
    assert await office.titles(office.cast.ada) == ["Day 5", "Day 4", "Day 3"]
    assert await office.titles(office.cast.ada, mine=True) == []
    assert await office.titles(office.cast.max) == []
    await office.let_max_manage(office.cast.otto)
    assert await office.titles(office.cast.max) == ["Day 5", "Day 4"]
    assert await office.titles(office.cast.max, mine=True) == []
    assert await office.titles(office.cast.mia) == await office.titles(office.cast.zoe) == []


async def test_a_moved_meeting_stands_where_it_was_moved(office: Office) -> None:
    moved = await day(office, 3)
    await day(office, 4)
    await office.change(moved, starts_at="2026-03-05T10:00:00Z", ends_at="2026-03-05T11:00:00Z")
    assert await office.titles() == await office.titles(office.cast.ada) == ["Day 3", "Day 4"]


@pytest.mark.parametrize("name", ["olga", "ada"])
async def test_filters_narrow_a_list(office: Office, name: str) -> None:
    by = getattr(office.cast, name)
    third = await day(office, 3)
    await day(office, 4, title="Übung 100%_")
    fifth = await day(office, 5, by=office.cast.otto, co_organizers=[str(office.cast.olga.person)])
    assert await office.titles(by, since=third.starts_at + timedelta(seconds=1)) == ["Day 5", "Übung 100%_"]
    assert await office.titles(by, until=fifth.starts_at) == ["Übung 100%_", "Day 3"]
    assert await office.titles(by, organizer=office.cast.otto.person) == ["Day 5"]
    assert await office.titles(by, organizer=office.cast.zoe.person) == []
    assert await office.titles(by, query="DAY") == ["Day 5", "Day 3"]
    assert await office.titles(by, query=" übung ") == ["Übung 100%_"]
    assert await office.titles(by, query="0%_") == ["Übung 100%_"]
    assert await office.titles(by, query="%") == ["Übung 100%_"]
    assert await office.titles(by, query="") == ["Day 5", "Übung 100%_", "Day 3"]


@pytest.mark.parametrize("name", ["olga", "ada"])
async def test_a_list_by_stage(office: Office, name: str) -> None:
    by = getattr(office.cast, name)
    missed, held, live, cancelled, _, rehearsed = [await day(office, number) for number in (3, 4, 5, 6, 7, 8)]
    await office.cancel(cancelled)
    await office.start(rehearsed)
    await office.end(rehearsed)
    office.clock.set(held.starts_at)
    await office.start(held)
    await office.end(held)
    await office.start(live)
    found = {stage: await office.titles(by, stage=stage, earliest_first=True) for stage in Stage}
    assert found == {
        Stage.PLANNED: ["Day 7", "Day 8"],
        Stage.LIVE: ["Day 5"],
        Stage.ENDED: ["Day 3", "Day 4"],
        Stage.CANCELLED: ["Day 6"],
    }
    for meeting in (missed, held, live, cancelled, rehearsed):
        seen = await office.see(meeting, by)
        assert seen.title in found[seen.stage(office.clock())]


async def test_planned_from_a_day_on(office: Office) -> None:
    await day(office, 3)
    fourth = await day(office, 4)
    assert await office.titles(stage=Stage.PLANNED, since=fourth.starts_at) == ["Day 4"]


@pytest.mark.parametrize("name", ["olga", "ada"])
@pytest.mark.parametrize("earliest_first", [True, False])
async def test_pages_are_the_list_whatever_is_added_before_them(
    office: Office,
    name: str,
    earliest_first: bool,  # noqa: FBT001 (pytest's)
) -> None:
    by: Caller = getattr(office.cast, name)
    for number in (4, 5, 5, 5, 6, 7, 8):
        await day(office, number)
    whole = await office.titles(by, earliest_first=earliest_first)
    pages: list[str] = []
    cursor = None
    while True:
        page = await office.store.read(
            find_meetings, by=by, now=office.clock(), earliest_first=earliest_first, limit=2, cursor=cursor
        )
        pages += [meeting.title for meeting in page.items]
        await day(office, 3 if earliest_first else 28)
        if (cursor := page.next) is None:
            break
    assert pages == whole
    assert len(whole) == 7


@pytest.mark.parametrize(
    "key",
    [None, [], [1, 2], ["2026-03-02T09:00:00", 5], ["0001-01-01T00:00:00+14:00", 5], ["2026-03-02T09:00:00Z", -1]],
)
async def test_what_is_no_cursor_is_refused(office: Office, key: object) -> None:
    cursor = urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")
    for written in (cursor, cursor[1:]):
        with pytest.raises(Invalid):
            await office.titles(cursor=written)


@pytest.mark.parametrize("query", ["x" * 201, "x" * 100_000, "a\0b", "\ud800"])
async def test_what_cannot_be_part_of_a_title_is_not_searched(office: Office, query: str) -> None:
    with pytest.raises(Invalid):
        await office.titles(query=query)


async def test_everybody_sees_what_they_may_see(office: Office) -> None:
    made = await office.plan(co_organizers=[str(office.cast.otto.person)])
    await office.let_max_manage(office.cast.olga)
    for by in (office.cast.olga, office.cast.otto, office.cast.ada, office.cast.max):
        assert await office.see(made, by) == made
    for by in (office.cast.mia, office.cast.zoe):
        with pytest.raises(NotFound):
            await office.see(made, by)
    with pytest.raises(Forbidden):
        await office.see(made, office.cast.olga.restricted_to(frozenset({"me"})))


async def test_who_attended_sees_the_meeting(office: Office) -> None:
    made = await office.plan()
    session = await office.start(made)
    mia = office.cast.mia
    await office.store.write(
        enter, session.id, person=mia.person, name="Mia", role=RoomRole.ATTENDEE, now=office.clock()
    )
    assert (await office.see(made, mia)).id == made.id
