"""The board: what runs, what should, and who is missing, for those who answer for it."""

import asyncio

from parley import meetings, sessions
from parley.meetings import NewMeeting
from parley.people import Caller
from parley.sessions import Invitee, RoomRole
from tests.cast import let_max_manage
from tests.doors import Doors
from tests.web.browser import browser_of


async def test_a_manager_sees_what_runs_in_their_groups_and_nobody_elses(doors: Doors) -> None:
    cast = doors.cast
    await doors.store.write(let_max_manage, cast, cast.olga, now=doors.clock())
    await _held(doors, cast.olga, "Stand-up")
    await _held(doors, cast.otto, "Secret")
    boss = await browser_of(doors, cast.max)
    seen = await boss.see("/live")
    assert seen.shows("Your groups and yourself", "1 session runs", "Stand-up", "with Olga", "Nobody is here yet")
    assert "Secret" not in seen.words
    everything = await (await browser_of(doors, cast.ada)).see("/live/now")
    assert everything.shows("2 sessions run", "Stand-up", "Secret")
    assert (await (await browser_of(doors, cast.otto)).see("/live")).shows("Your own meetings", "Secret")
    assert (await (await browser_of(doors, cast.zoe)).see("/live")).shows("Nothing runs just now")


async def test_required_people_who_are_missing_and_what_overruns_are_named(doors: Doors) -> None:
    cast, store = doors.cast, doors.store
    session = await _held(doors, cast.olga, "Stand-up")
    needed = Invitee(person=cast.mia.person or 0, name="Mia", role=RoomRole.ATTENDEE, required=True)
    wanted = Invitee(person=cast.max.person or 0, name="Max", role=RoomRole.ATTENDEE)
    await store.write(sessions.expect, await store.read(sessions.session_of_room, session), needed, wanted)
    host = await store.write(
        sessions.enter, session, person=cast.olga.person, name="Olga", role=RoomRole.HOST, now=doors.clock()
    )
    await store.write(sessions.arrive, host.id, node="test", now=doors.clock())
    olga = await browser_of(doors, cast.olga)
    seen = await olga.see("/live")
    assert seen.shows("1 required person is missing", "1 person is here: Olga", "Mia is missing")
    assert seen.shows("1 other expected person is not here")
    doors.clock.advance(minutes=75)
    assert (await olga.see("/live")).shows("1 overruns", "15 min over")


async def test_what_is_due_and_not_started_stands_first(doors: Doors) -> None:
    cast, clock = doors.cast, doors.clock
    for title, start, end in (
        ("Weekly", "2026-03-02T10:30", "2026-03-02T11:30"),
        ("Later", "2026-03-02T11:00", "2026-03-02T11:30"),
        ("Tomorrow", "2026-03-03T10:30", "2026-03-03T11:30"),
    ):
        new = NewMeeting(title=title, starts_at=start, ends_at=end)
        await doors.store.write(meetings.schedule, new, password_hash=None, by=cast.olga, now=clock())
    otto = NewMeeting(
        title="Otto's", starts_at="2026-03-02T10:30", ends_at="2026-03-02T11:30", co_organizers=(str(cast.olga.person),)
    )
    await doors.store.write(meetings.schedule, otto, password_hash=None, by=cast.otto, now=clock())
    olga = await browser_of(doors, cast.olga)
    clock.advance(minutes=40)
    seen = await olga.see("/live")
    assert seen.shows("1 is due and not started", "Weekly", "due for 10 min", "Within an hour", "Later")
    assert "Tomorrow" not in seen.words
    assert "Otto" not in seen.words


async def test_news_say_when_to_look_again(doors: Doors) -> None:
    """What comes first says to look at once; what becomes true in the account, to look again."""
    cast = doors.cast
    news = doors.app.state.news
    looks = news.of(cast.ada.account, at_most=60, again=60)
    await anext(looks)
    elsewhere = news.of(cast.zoe.account, at_most=60, again=60)
    await anext(elsewhere)
    waiting = asyncio.ensure_future(anext(looks))
    not_theirs = asyncio.ensure_future(anext(elsewhere))
    await _held(doors, cast.olga, "Stand-up")
    await asyncio.wait_for(waiting, 20)
    assert not not_theirs.done()
    not_theirs.cancel()
    await asyncio.gather(not_theirs, return_exceptions=True)
    for stream in (looks, elsewhere):
        await stream.aclose()


async def test_news_are_for_those_who_are_signed_in(doors: Doors) -> None:
    assert (await (await browser_of(doors)).see("/live/news", status=303)).goes_to.startswith("/signin")


async def _held(doors: Doors, host: Caller, title: str) -> int:
    meeting = await doors.store.write(meetings.meet_now, title=title, by=host, now=doors.clock())
    return meeting.running or 0


async def test_home_stays_a_managers_own(doors: Doors) -> None:
    cast = doors.cast
    await doors.store.write(let_max_manage, cast, cast.olga, now=doors.clock())
    await _held(doors, cast.olga, "Stand-up")
    boss = await browser_of(doors, cast.max)
    assert "Stand-up" not in (await boss.see("/")).words
    assert (await boss.see("/history")).shows("Stand-up")
