"""The calendar as a page: the list that stands beneath, what a script draws over it, and what is dropped elsewhere."""

from typing import Any

import pytest

from tests.doors import Doors
from tests.web.browser import Browser, browser_of

TYPED = {"title": "Review", "date": "2026-03-03", "start": "10:00", "end": "10:30", "time_zone": "Europe/Berlin"}
WEEK = "/meetings/calendar/entries?view=week&on=2026-03-02"


@pytest.fixture
async def olga(doors: Doors) -> Browser:
    return await browser_of(doors, doors.cast.olga)


async def _made(browser: Browser, **other: str) -> str:
    """Make a meeting; return its path."""
    created = await browser.send("/meetings/new", TYPED | other)
    return str(created.goes_to).removesuffix("/created")


async def _entries(browser: Browser, path: str = WEEK) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = (await browser.see(path)).answer.json()["entries"]
    return entries


async def test_a_month_is_a_list_beneath_and_leads_on(olga: Browser) -> None:
    await _made(olga)
    page = await olga.see("/meetings/calendar")
    assert page.shows("March 2026", "Tomorrow", "10:00", "30 min", "Review", "Berlin time")
    assert "/meetings/calendar?view=month&on=2026-02-28&whose=" in page.links
    assert "/meetings/calendar?view=week&on=2026-03-02&whose=" in page.links
    assert (await olga.see("/meetings/calendar?on=2026-04-01")).shows(
        "April 2026", "In these days nothing takes place."
    )
    assert (await olga.see("/meetings/calendar?view=week")).shows("2\N{EN DASH}8 Mar 2026", "Review")
    assert (await olga.see("/meetings/calendar?view=nonsense&on=yesterday")).shows("March 2026")


@pytest.mark.parametrize(
    ("languages", "month", "week"),
    [
        ("de", "März 2026", "2.\N{EN DASH}8. März 2026"),
        ("fr", "mars 2026", "2\N{EN DASH}8 mars 2026"),
        ("it", "marzo 2026", "02\N{EN DASH}08 mar 2026"),
    ],
)
async def test_it_speaks_the_readers_language(doors: Doors, languages: str, month: str, week: str) -> None:
    olga = await browser_of(doors, doors.cast.olga)
    await olga.send("/me/locale", {"locale": languages, "back": "/"})
    assert (await olga.see("/meetings/calendar")).shows(month)
    assert (await olga.see("/meetings/calendar?view=week")).shows(week)


async def test_what_is_drawn_has_the_times_of_the_readers_wall(olga: Browser) -> None:
    path = await _made(olga, time_zone="America/New_York")
    (entry,) = await _entries(olga)
    assert (entry["start"], entry["end"], entry["may_change"]) == ("2026-03-03T16:00:00", "2026-03-03T16:30:00", True)
    assert f"/meetings/{entry['meeting']}" == path


async def test_a_month_is_drawn_with_the_weeks_at_its_ends(olga: Browser) -> None:
    await _made(olga, date="2026-04-05")
    assert len(await _entries(olga, "/meetings/calendar/entries?view=month&on=2026-03-15")) == 1
    assert await _entries(olga, "/meetings/calendar/entries?view=month&on=2026-05-15") == []


async def test_what_takes_place_at_once_says_so(olga: Browser) -> None:
    await _made(olga)
    await _made(olga, start="10:15", end="11:00")
    await _made(olga, start="11:00", end="12:00")
    assert [entry.get("overlaps", False) for entry in await _entries(olga)] == [True, True, False]


async def test_of_a_day_on_which_much_takes_place_the_first_ones_are_drawn(olga: Browser) -> None:
    for _ in range(14):
        await _made(olga)
    drawn = (await olga.see("/meetings/calendar/entries?on=2026-03-02")).answer.json()
    assert (len(drawn["entries"]), drawn["more"]) == (12, {"2026-03-03": 2})


async def test_who_oversees_the_account_chooses_whose_it_is(doors: Doors, olga: Browser) -> None:
    await _made(olga)
    ada = await browser_of(doors, doors.cast.ada)
    assert (await ada.see("/meetings/calendar?view=agenda")).shows("Mine", "Everybody's", "nothing takes place")
    assert (await ada.see("/meetings/calendar?view=agenda&whose=all")).shows("Review")
    assert len(await _entries(ada, f"{WEEK}&whose=all")) == 1
    otto = await browser_of(doors, doors.cast.otto)
    assert "Everybody's" not in (await otto.see("/meetings/calendar")).words
    assert await _entries(otto, f"{WEEK}&whose=all") == []


async def test_a_meeting_is_moved_and_moved_back(olga: Browser) -> None:
    path = await _made(olga)
    moved = await olga.send(
        f"{path}/move", {"start": "2026-03-04T12:00:00", "end": "2026-03-04T12:30:00", "version": "1"}, status=200
    )
    assert moved.answer.json()["words"] == "“Review” is now on 4 Mar 2026, 12:00."
    assert (await _entries(olga))[0]["start"] == "2026-03-04T12:00:00"
    back = {"start": "2026-03-03T10:00:00", "end": "2026-03-03T10:30:00", "version": "2"}
    assert (await olga.send(f"{path}/move", back, status=200)).answer.json()["version"] == 3


async def test_why_a_meeting_stays_where_it_was_is_said(doors: Doors, olga: Browser) -> None:
    path = await _made(olga)
    late = {"start": "2026-03-01T12:00:00", "end": "2026-03-01T12:30:00", "version": "1"}
    stays = {
        "The start is in the past.": late,
        "Somebody changed this meeting in the meantime.": late | {"version": "7"},
        "There is no such time.": late | {"start": "soon"},
    }
    for words, sent in stays.items():
        assert (await olga.send(f"{path}/move", sent, status=409)).answer.json()["words"] == words
    otto = await browser_of(doors, doors.cast.otto)
    await otto.send(f"{path}/move", late, status=404)


async def test_a_series_is_moved_as_far_as_is_asked_for(olga: Browser) -> None:
    path = await _made(olga, repeats="daily", every="1", ends="never")
    to = {"start": "2026-03-05T15:00:00", "end": "2026-03-05T15:30:00", "version": "1"}
    asked = to | {"original_start": "2026-03-05T09:00:00Z", "reach": "following"}
    answer = (await olga.send(f"{path}/move", asked, status=200)).answer.json()
    assert answer["original_start"] == "2026-03-05T14:00:00Z"
    assert [entry["start"][8:13] for entry in await _entries(olga)] == [
        "03T10",
        "04T10",
        "05T15",
        "06T15",
        "07T15",
        "08T15",
    ]


@pytest.mark.parametrize(
    ("asked", "opens"),
    [
        ("on=2026-03-05&start=14:30", ("2026-03-05", "14:30", "15:00")),
        ("on=2026-03-05&start=14:30&end=16:15", ("2026-03-05", "14:30", "16:15")),
        ("on=2026-03-05&start=14:30&end=09:00", ("2026-03-05", "14:30", "15:00")),
        ("on=2026-03-05", ("2026-03-05", "09:00", "09:30")),
        ("on=2026-03-02", ("2026-03-02", "10:30", "11:00")),
        ("on=never&start=soon", ("2026-03-02", "10:30", "11:00")),
    ],
)
async def test_the_form_opens_at_the_time_that_was_pointed_at(
    olga: Browser, asked: str, opens: tuple[str, str, str]
) -> None:
    form = (await olga.see(f"/meetings/new?{asked}")).fields
    assert (form["date"], form["start"], form["end"]) == opens


async def test_another_meeting_is_planned_like_one_that_there_is(olga: Browser) -> None:
    path = await _made(olga, repeats="weekly", every="2", ends="never", title="Review")
    form = (await olga.see(f"/meetings/new?like={path.removeprefix('/meetings/')}")).fields
    assert (form["title"], form["date"], form["start"], form["end"]) == ("Review", "2026-03-03", "10:00", "10:30")
    assert (form["repeats"], form["every"]) == ("weekly", "2")
    await olga.see("/meetings/new?like=7", status=404)


async def test_the_page_of_a_meeting_says_who_is_busy_then(doors: Doors, olga: Browser) -> None:
    otto = str(doors.cast.otto.person)
    path = await _made(olga, co_organizers=otto)
    assert "another meeting" not in (await olga.see(path)).words
    await _made(olga, title="Daily", repeats="daily", every="1", ends="never", co_organizers=otto)
    assert (await olga.see(path)).shows("Olga, Otto have another meeting at that time")


async def test_members_see_the_calendar_and_plan_nothing_in_it(doors: Doors) -> None:
    mia = await browser_of(doors, doors.cast.mia)
    assert "/meetings" in (await mia.see("/")).links
    page = await mia.see("/meetings/calendar")
    assert "Schedule" not in page.words
    assert "data-plans" not in page.attributes
    await mia.send("/meetings/7/move", {}, status=403)
    await mia.see("/meetings/templates", status=403)


async def test_a_series_keeps_its_time_on_the_wall_when_clocks_change(olga: Browser) -> None:
    await _made(olga, date="2026-03-27", repeats="daily", every="1", ends="never")
    drawn = await _entries(olga, "/meetings/calendar/entries?view=week&on=2026-03-27")
    drawn += await _entries(olga, "/meetings/calendar/entries?view=week&on=2026-03-30")
    assert [entry["start"][8:16] for entry in drawn] == [
        f"{day}T10:00" for day in (27, 28, 29, 30, 31, "01", "02", "03", "04", "05")
    ]


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
async def test_a_calendar_ends_somewhere(olga: Browser, on: str) -> None:
    for view in ("month", "week"):
        await olga.see(f"/meetings/calendar?view={view}&on={on}")
        assert await _entries(olga, f"/meetings/calendar/entries?view={view}&on={on}") == []
