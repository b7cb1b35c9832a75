"""Looking at meetings, holding them, and what Home and the list say about them."""

import pytest

from parley.web.shell.reach import only_here
from tests.doors import Doors
from tests.web.browser import Browser, browser_of

TYPED = {"date": "2026-03-02", "start": "11:00", "end": "11:45", "time_zone": "Europe/Berlin"}


@pytest.fixture
async def olga(doors: Doors) -> Browser:
    return await browser_of(doors, doors.cast.olga)


@pytest.fixture
async def planned(olga: Browser) -> str:
    """The path of a meeting of Olga's, later today."""
    made = await olga.send("/meetings/new", TYPED, title="Quarterly planning")
    return str(made.goes_to).removesuffix("/created")


async def test_home_greets_and_shows_the_day(olga: Browser, planned: str) -> None:
    await olga.send("/meetings/new", TYPED | {"date": "2026-03-03"}, title="Stand-up")
    home = await olga.see("/")
    assert home.shows("Monday, 2 March · Berlin time", "Good morning, Olga")
    assert home.shows("Today 11:00 45 min Quarterly planning Only you so far", "Tomorrow", "Stand-up", "Meet now")
    assert f"{planned}/start" in home.actions


async def test_an_empty_home_says_what_to_do_first(doors: Doors, olga: Browser) -> None:
    assert (await olga.see("/")).shows("Your first meeting", "Schedule a meeting")
    member = await (await browser_of(doors, doors.cast.mia)).see("/")
    assert member.shows("Nothing planned", "type its number above")
    assert "Meet now" not in member.words
    assert "/meetings/now" not in member.actions


async def test_a_meeting_that_is_rehearsed_is_planned_all_the_same(olga: Browser) -> None:
    made = await olga.send("/meetings/new", TYPED | {"date": "2026-03-05"}, title="All hands")
    await olga.send(str(made.goes_to).replace("/created", "/start"))
    home = await olga.see("/")
    assert home.shows("All hands Live", "planned for 5 Mar 2026, 11:00", "Thursday, 5 March 11:00 45 min All hands")
    assert "Nothing planned" not in home.words
    assert "until" not in home.words


async def test_the_greeting_follows_the_clock_in_the_readers_zone(doors: Doors, olga: Browser) -> None:
    doors.clock.advance(hours=4)
    assert (await olga.see("/")).shows("Good afternoon, Olga")
    doors.clock.advance(hours=6)
    assert (await olga.see("/")).shows("Good evening, Olga")


async def test_starting_goes_to_the_room_and_starting_again_too(olga: Browser, planned: str) -> None:
    started = await olga.send(f"{planned}/start")
    assert (started.goes_to or "").startswith("/join/")
    assert (await olga.send(f"{planned}/start")).goes_to == started.goes_to


async def test_what_is_live_stands_first_and_can_be_joined(olga: Browser, planned: str) -> None:
    room = (await olga.send(f"{planned}/start")).goes_to
    home = await olga.see("/")
    assert home.shows("Quarterly planning Live", "Nobody is here yet")
    assert room in home.links
    part = await olga.see("/now", headers={"HX-Request": "true"})
    assert part.shows("Quarterly planning")
    assert "<html" not in part.answer.text
    assert (await olga.see(planned)).shows("Live", "End for all", "Join")
    assert (await olga.see("/meetings")).shows("Quarterly planning Live")


async def test_who_is_expected_and_not_here_is_named(doors: Doors, olga: Browser) -> None:
    made = await olga.send("/meetings/new", TYPED, title="Review", co_organizers=str(doors.cast.otto.person))
    await olga.send(f"{str(made.goes_to).removesuffix('/created')}/start")
    home = await olga.see("/")
    assert home.shows("Nobody is here yet · Otto is missing")
    assert "Olga is missing" not in home.words
    doors.clock.advance(hours=24)
    assert (await olga.see("/now", headers={"HX-Request": "true"})).shows("10:00 Yesterday Review Live")


async def test_what_is_over_is_not_awaited_any_more(doors: Doors, olga: Browser, planned: str) -> None:
    assert (await olga.see("/meetings")).shows("Only you so far")
    doors.clock.advance(hours=48)
    past = await olga.see("/meetings?show=ended")
    assert past.shows("Only you")
    assert "Only you so far" not in past.words


async def test_ending_leads_to_the_record(doors: Doors, olga: Browser, planned: str) -> None:
    await olga.send(f"{planned}/start")
    doors.clock.advance(minutes=30)
    over = await olga.send(f"{planned}/end")
    record = await olga.see(over.goes_to or "")
    assert record.shows("The meeting is over for all.", "10:00 to 10:30 Berlin time", "ended by Olga", "Nobody came")
    again = await olga.send(f"{planned}/end")
    assert (await olga.see(again.goes_to or "")).shows("This meeting is not live.")
    assert (await olga.see("/")).shows("Lately Quarterly planning Today, 10:00 · 30 min · 0 people")


async def test_meet_now_opens_a_room_at_once(olga: Browser) -> None:
    assert ((await olga.send("/meetings/now")).goes_to or "").startswith("/join/")
    assert (await olga.see("/")).shows("Meeting with Olga Live")


async def test_cancelling_says_what_it_does_and_is_shown(olga: Browser, planned: str) -> None:
    before = await olga.see(planned)
    assert before.shows("Cancel meeting", "This cannot be taken back.")
    done = await olga.send(f"{planned}/cancel", version=before.fields["version"])
    assert (await olga.see(done.goes_to or "")).shows("The meeting is cancelled.", "cancelled", "It never took place.")
    assert (await olga.see("/meetings?show=cancelled")).shows("Quarterly planning cancelled")
    await olga.see(f"{planned}/edit", status=409)


async def test_a_meeting_that_is_live_or_was_changed_is_not_cancelled_by_surprise(olga: Browser, planned: str) -> None:
    stale = await olga.send(f"{planned}/cancel", version="7")
    assert (await olga.see(stale.goes_to or "")).shows("Somebody changed this meeting in the meantime.")
    await olga.send(f"{planned}/start")
    live = await olga.send(f"{planned}/cancel", version="1")
    assert (await olga.see(live.goes_to or "")).shows("End it first")


async def test_the_list_finds_by_subject_and_says_when_nothing_is_there(olga: Browser, planned: str) -> None:
    assert (await olga.see("/meetings?q=quarter")).shows("Quarterly planning")
    assert (await olga.see("/meetings?q=zebra")).shows("Nothing found")
    assert (await olga.see("/meetings?show=ended")).shows("Nothing yet")


async def test_a_search_for_what_nobody_can_see_finds_everything(doors: Doors, olga: Browser, planned: str) -> None:
    assert (await olga.see("/meetings?q=%00")).shows("Quarterly planning")
    assert (await olga.see("/meetings?q=%25")).shows("Nothing found")
    await olga.see("/meetings/people?find=%00")
    await (await browser_of(doors, doors.cast.ada)).see("/administration/users?q=%00%0a")
    assert (await olga.see("/meetings?cursor=x", status=422)).shows("not a cursor")


async def test_a_meeting_with_many_runs_points_to_the_history(doors: Doors, olga: Browser, planned: str) -> None:
    for _ in range(11):
        await olga.send(f"{planned}/start")
        doors.clock.advance(minutes=1)
        await olga.send(f"{planned}/end")
    page = await olga.see(planned)
    assert page.shows("All of them")
    assert (await olga.see(next(link for link in page.links if "?meeting=" in link))).shows("Only “Quarterly planning”")


async def test_a_long_list_goes_on_behind_a_button(doors: Doors, olga: Browser) -> None:
    for number in range(51):
        await olga.send("/meetings/new", TYPED, title=f"Meeting {number}")
    first = await olga.see("/meetings")
    assert first.shows("Show more")
    onward = next(link for link in first.links if "cursor=" in link)
    assert (await olga.see(onward)).shows("Meeting 50")


async def test_who_is_in_another_zone_reads_their_own_time(doors: Doors, olga: Browser) -> None:
    await olga.send("/meetings/new", TYPED, title="Abroad", co_organizers=str(doors.cast.otto.person))
    otto = await browser_of(doors, doors.cast.otto)
    profile = (await otto.see("/me")).fields
    await otto.send("/me", name="Otto", locale="en", time_zone="Kolkata", version=profile["version"])
    assert (await otto.see("/")).shows("Kolkata time", "15:30 45 min Abroad With Olga · 11:00 Berlin time")


async def test_a_link_to_this_computer_only_is_said_to_be_one_to_who_can_mend_it(
    doors: Doors, olga: Browser, planned: str
) -> None:
    ada = await browser_of(doors, doors.cast.ada)
    assert (await ada.see(planned)).shows("This link works on this computer only.", "set PARLEY_URL")
    assert "PARLEY_URL" not in (await olga.see(planned)).words


@pytest.mark.parametrize(
    ("link", "here"),
    [
        ("http://localhost:8080/join/1", True),
        ("http://127.0.0.1/join/1", True),
        ("http://[::1]:8080/join/1", True),
        ("https://meet.example.com/join/1", False),
        ("http://192.168.1.7:8080/join/1", False),
    ],
)
def test_which_links_lead_to_this_computer_only(doors: Doors, link: str, *, here: bool) -> None:
    assert only_here(link, doors.cast.ada) is here
    assert not only_here(link, doors.cast.olga)
    assert not only_here(link, None)


async def test_every_occurrence_has_its_row_and_says_how_it_repeats(doors: Doors) -> None:
    olga = await doors.api(doors.cast.olga)
    times = {"starts_at": "2026-03-03T10:00", "ends_at": "2026-03-03T10:30", "recurrence": "FREQ=WEEKLY"}
    made = await olga.post("/api/v1/meetings", json={"title": "Weekly", **times})
    assert made.status_code == 201
    browser = await browser_of(doors, doors.cast.olga)
    for page in ("/", "/meetings"):
        seen = await browser.see(page)
        assert seen.shows("Tomorrow", "Tuesday, 10 March", "every Tuesday")


@pytest.mark.parametrize("before", ["https://meet.example/join/", " http://localhost:8080/join/", "meet.example/join/"])
async def test_a_link_in_the_place_of_a_number_is_understood(olga: Browser, before: str) -> None:
    page = await olga.client.get("/join", params={"number": f"{before}123456789?x=1 "})
    assert page.headers["location"] == "/join/123456789"


async def test_a_link_with_more_digits_is_none(olga: Browser) -> None:
    assert (
        await olga.client.get("/join", params={"number": "https://meet.example/join/1234567890"})
    ).status_code == 404
