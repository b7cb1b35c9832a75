"""The history, and the record of one session as it is drawn."""

from datetime import UTC, datetime, timedelta

import pytest

from parley import meetings, sessions
from parley.meetings import Meeting
from parley.sessions import Departure, RoomRole
from parley.web.history.lanes import Timeline
from tests.doors import Doors
from tests.web.browser import browser_of


@pytest.fixture
async def held(doors: Doors) -> Meeting:
    """A meeting of Olga's in which she stayed to the end, Max lost the connection, and a guest said something."""
    cast, store, clock = doors.cast, doors.store, doors.clock
    meeting = await store.write(meetings.meet_now, title="Quarterly planning", by=cast.olga, now=clock())
    session = meeting.running or 0
    people = [
        await store.write(sessions.enter, session, person=person, name=name, role=role, now=clock())
        for person, name, role in (
            (cast.olga.person, "Olga", RoomRole.HOST),
            (cast.max.person, "Max", RoomRole.ATTENDEE),
            (None, "Gast <b>", RoomRole.ATTENDEE),
        )
    ]
    for one in people[:2]:
        await store.write(sessions.arrive, one.id, node="test", now=clock())
    clock.advance(minutes=10)
    await store.write(sessions.arrive, people[2].id, node="test", now=clock())
    await store.write(sessions.say, people[2].id, text="Hello\n<i>all</i>", key="k1", now=clock())
    await store.write(sessions.depart, people[1].id, at=clock(), how=Departure.LOST)
    clock.advance(minutes=20)
    await store.write(sessions.heartbeat, [people[0].id, people[2].id], now=clock())
    await store.write(meetings.end, meeting.id, by=cast.olga, now=clock())
    return meeting


async def test_the_record_says_who_was_there_how_long_and_what_was_said(doors: Doors, held: Meeting) -> None:
    olga = await browser_of(doors, doors.cast.olga)
    record = await olga.see(f"/history/{held.running}")
    assert record.shows("Quarterly planning", "10:00 to 10:30 Berlin time", "3 people came", "ended by Olga")
    assert record.shows(
        "Olga host", "30 min", "Max", "10 min", "left 20 min early", "G Gast <b> guest came 10 min late", "20 min 67 %"
    )
    assert record.shows("Hello <i>all</i>", "1 message", "Real length 30 min", "Most at once 2", "Added up 1 h")
    assert record.shows("Striped: the connection was lost", "estimated", "connection lost", "the room")


async def test_attendance_is_drawn_to_scale_and_read_aloud(doors: Doors, held: Meeting) -> None:
    olga = await browser_of(doors, doors.cast.olga)
    drawn = (await olga.see(f"/history/{held.running}")).answer.text
    assert '<rect class="bar" x="0.0%" width="100.0%"' in drawn
    assert '<rect class="bar" x="0.0%" width="33.333%"' in drawn
    assert '<rect class="bar" x="33.333%" width="66.667%"' in drawn
    assert drawn.count('fill="url(#stripes)"') == 1
    assert 'aria-label="10:00 to 10:10"' in drawn


async def test_the_history_is_filtered_by_day_organizer_and_meeting(doors: Doors, held: Meeting) -> None:
    max_ = await browser_of(doors, doors.cast.max)
    olga, otto = doors.cast.olga.person, doors.cast.otto.person
    for query in ("", "?from=2026-03-02&to=2026-03-02", f"?organizer={olga}", f"?meeting={held.id}"):
        assert (await max_.see(f"/history{query}")).shows("Today", "Quarterly planning", "3 people · with Olga")
    for query in ("?from=2026-03-03", "?to=2026-03-01", f"?organizer={otto}"):
        assert (await max_.see(f"/history{query}")).shows("Nothing in this range")
    for query in ("?from=yesterday&meeting=x", "?from=0001-01-01&to=9999-12-31", "?organizer=-1"):
        assert (await max_.see(f"/history{query}")).shows("Clear", "Quarterly planning")


async def test_everybody_sees_what_they_were_in_and_nothing_else(doors: Doors, held: Meeting) -> None:
    otto, zoe = await browser_of(doors, doors.cast.otto), await browser_of(doors, doors.cast.zoe)
    assert (await otto.see("/history")).shows("No session yet")
    for other in (otto, zoe):
        await other.see(f"/history/{held.running}", status=404)
    assert (await (await browser_of(doors, doors.cast.max)).see(f"/history/{held.running}")).shows("Quarterly planning")


async def test_a_live_session_is_shown_as_it_runs(doors: Doors) -> None:
    cast, store = doors.cast, doors.store
    meeting = await store.write(meetings.meet_now, title="Now", by=cast.olga, now=doors.clock())
    olga = await browser_of(doors, cast.olga)
    doors.clock.advance(minutes=3)
    assert (await olga.see(f"/history/{meeting.running}")).shows(
        "Live, 3 min", "still running", "being written", "Join"
    )
    assert (await olga.see("/history")).shows("Now Live, 3 min")


async def test_a_long_transcript_is_read_in_parts(doors: Doors) -> None:
    cast, store, clock = doors.cast, doors.store, doors.clock
    meeting = await store.write(meetings.meet_now, title="Now", by=cast.olga, now=clock())
    session = meeting.running or 0
    olga = await store.write(
        sessions.enter, session, person=cast.olga.person, name="Olga", role=RoomRole.HOST, now=clock()
    )
    for number in range(201):
        at = clock() + timedelta(milliseconds=number)
        await store.write(sessions.say, olga.id, text=f"word {number}", key=str(number), now=at)
    browser = await browser_of(doors, cast.olga)
    first = await browser.see(f"/history/{session}")
    assert first.shows("word 199", "Later messages")
    onward = next(link for link in first.links if "cursor=" in link)
    assert (await browser.see(onward.partition("#")[0])).shows("word 200", "From the beginning")


@pytest.mark.parametrize(
    ("minutes", "written"), [(0.5, [0]), (3, [0, 1, 2, 3]), (7, [0, 2, 4, 6]), (50, [0, 15, 30, 45])]
)
def test_times_are_written_in_even_steps_of_whole_minutes(minutes: float, written: list[int]) -> None:
    start = datetime(2026, 3, 2, 9, 1, tzinfo=UTC)
    line = Timeline(start=start, end=start + timedelta(minutes=minutes))
    assert [tick.time for tick in line.ticks] == [start + timedelta(minutes=at) for at in written]
