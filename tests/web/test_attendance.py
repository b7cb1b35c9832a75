"""The page on attendance, the filters of the history, and its files."""

import csv
from io import StringIO

import pytest

from parley import meetings, sessions
from parley.meetings import Meeting
from parley.sessions import Departure, RoomRole
from parley.web.history.columns import columns
from tests.cast import let_max_manage
from tests.doors import Doors
from tests.web.browser import browser_of


@pytest.fixture
async def held(doors: Doors) -> Meeting:
    """A meeting of Olga's that took an hour; Mia was there for 45 minutes."""
    cast, store, clock = doors.cast, doors.store, doors.clock
    meeting = await store.write(meetings.meet_now, title="Planning", by=cast.olga, now=clock())
    people = [
        await store.write(
            sessions.enter, meeting.running or 0, person=who.person, name=who.name, role=role, now=clock()
        )
        for who, role in ((cast.olga, RoomRole.HOST), (cast.mia, RoomRole.ATTENDEE))
    ]
    for one in people:
        await store.write(sessions.arrive, one.id, node="test", now=clock())
    clock.advance(minutes=45)
    await store.write(sessions.depart, people[1].id, at=clock(), how=Departure.LEFT)
    clock.advance(minutes=15)
    await store.write(sessions.heartbeat, [people[0].id], now=clock())
    await store.write(meetings.end, meeting.id, by=cast.olga, now=clock())
    return meeting


async def test_attendance_is_shown_over_time_and_by_person(doors: Doors, held: Meeting) -> None:
    olga = await browser_of(doors, doors.cast.olga)
    page = await olga.see("/history/attendance")
    assert page.shows("1 session", "2 times somebody came", "50 % of them long enough", "Over time", "By person")
    assert page.shows("Mia 75 % 45 1 of 1 0 0 0", "Olga 100 % 60 1 of 1 1 0 0")
    assert 'class="enough" x="10.0%" width="12.0%" y="50.0%" height="50.0%"' in page.answer.text
    empty = await olga.see("/history/attendance?from=2026-02-01&to=2026-02-02")
    assert empty.shows("Nobody met in this time")


async def test_a_manager_chooses_among_their_groups_and_people(doors: Doors, held: Meeting) -> None:
    cast = doors.cast
    group = await doors.store.write(let_max_manage, cast, cast.olga, now=doors.clock())
    boss = await browser_of(doors, cast.max)
    page = await boss.see(f"/history/attendance?group={group.id}&organizer={cast.olga.person}")
    assert page.shows("Team", "Olga", "Mia 75 %")
    assert (await boss.see("/history/people?find=olg")).shows("Olga")
    assert (await boss.see("/history/people?find=ott")).shows("Nobody of that name.")
    refused = await boss.see(f"/history/attendance?organizer={cast.ada.person}", status=403)
    assert refused.shows("You see reports on your own sessions")


async def test_the_history_is_filtered_by_group_person_and_title(doors: Doors, held: Meeting) -> None:
    cast = doors.cast
    group = await doors.store.write(let_max_manage, cast, cast.olga, now=doors.clock())
    boss = await browser_of(doors, cast.max)
    for query in (f"group={group.id}", f"person={cast.mia.person}", "title=plan"):
        assert (await boss.see(f"/history?{query}")).shows("Planning", "Clear")
    for query in (f"person={cast.otto.person}", "title=x"):
        assert (await boss.see(f"/history?{query}")).shows("Nothing in this range")


async def test_what_is_shown_is_taken_along(doors: Doors, held: Meeting) -> None:
    olga = await browser_of(doors, doors.cast.olga)
    links = (await olga.see("/history?title=plan")).links
    (link,) = [link for link in links if link.startswith("/history/export?format=csv")]
    (row,) = csv.DictReader(StringIO((await olga.see(link)).answer.text.removeprefix("\ufeff")))
    assert (row["Title"], row["Started"], row["Came"]) == ("Planning", "2026-03-02 10:00:00", "2")
    attendance = await olga.see("/history/attendance/export?format=csv")
    assert [one["Name"] for one in csv.DictReader(StringIO(attendance.answer.text[1:]))] == ["Olga", "Mia"]
    book = await olga.see(f"/history/{held.running}/export?format=xlsx")
    assert book.answer.content.startswith(b"PK")
    await (await browser_of(doors, doors.cast.otto)).see(f"/history/{held.running}/export", status=404)


async def test_a_meeting_is_given_a_share_of_its_own(doors: Doors, held: Meeting) -> None:
    olga, path = await browser_of(doors, doors.cast.olga), f"/history/share/{held.id}"
    assert (await olga.see(path)).shows("Empty: 80 %, as everywhere")
    assert (await olga.send(path, {"long_enough_percent": "all"}, status=422)).shows("Write a number from 1 to 100.")
    await olga.send(path, {"long_enough_percent": "70"})
    assert (await olga.see(path)).fields["long_enough_percent"] == "70"
    assert (await olga.see(f"/history/{held.running}")).shows("Long enough 2 of 2 (from 70 %)")
    await olga.send(path, {"long_enough_percent": ""})
    assert (await olga.see(f"/history/{held.running}")).shows("Long enough 1 of 2 (from 80 %)")
    await (await browser_of(doors, doors.cast.otto)).see(path, status=404)


def test_nothing_is_drawn_where_nobody_met() -> None:
    assert columns([], zone="UTC") == ()
