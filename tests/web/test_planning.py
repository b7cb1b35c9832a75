"""Making and changing meetings in forms that lose nothing."""

from urllib.parse import urlencode

import httpx
import pytest

from parley import meetings
from tests.cast import let_max_manage
from tests.doors import Doors
from tests.web.browser import Browser, Seen, browser_of

TYPED = {
    "title": "HR results",
    "date": "2026-03-03",
    "start": "10:00",
    "end": "10:30",
    "time_zone": "Europe/Berlin",
}

MAIL = "mailto:?subject=HR%20%26%20results&body=HR%20%26%20results%0A"
"""How a letter that is begun for somebody starts, in which nothing is escaped as in a page."""


@pytest.fixture
async def olga(doors: Doors) -> Browser:
    return await browser_of(doors, doors.cast.olga)


async def _made(browser: Browser, **other: str) -> str:
    """Make a meeting; return its path."""
    created = await browser.send("/meetings/new", TYPED | other)
    return str(created.goes_to).removesuffix("/created")


async def _edited(browser: Browser, path: str, *, status: int = 303, **other: str) -> Seen:
    shown = await browser.see(f"{path}/edit")
    fields = {name: shown.fields[name] for name in (*TYPED, "version")}
    return await browser.send(f"{path}/edit", fields | other, status=status)


async def test_the_form_opens_at_the_next_half_hour_in_the_readers_zone(olga: Browser) -> None:
    form = (await olga.see("/meetings/new")).fields
    assert (form["date"], form["start"], form["end"]) == ("2026-03-02", "10:30", "11:00")
    assert form["time_zone"] == "Europe/Berlin"


async def test_a_meeting_is_made_and_its_invitation_shown(olga: Browser) -> None:
    made = await olga.send("/meetings/new", TYPED | {"title": "HR & results"})
    created = await olga.see(made.goes_to or "")
    assert created.shows("HR & results", "Tuesday, 3 March, 10:00 to 10:30", "View details", "Invitation")
    assert created.fields["link"].startswith("http://localhost:8080/join/")
    assert any(link.startswith(MAIL) for link in created.links)


async def test_an_end_before_the_start_is_answered_with_the_end_that_was_meant(olga: Browser) -> None:
    refused = await olga.send("/meetings/new", TYPED | {"end": "09:30"}, status=422)
    assert refused.shows("Ends at: The end is before the start. Did you mean 10:30?", "Take 10:30")
    assert {name: refused.fields[name] for name in TYPED} == TYPED | {"end": "09:30"}
    taken = await olga.send("/meetings/new", TYPED | {"end": "09:30", "end_instead": "10:30"}, status=200)
    assert {name: taken.fields[name] for name in TYPED} == TYPED
    assert "HR results" not in (await olga.see("/meetings")).words


async def test_every_wrong_field_is_named_at_once_and_nothing_typed_is_lost(olga: Browser) -> None:
    typed = {"title": "", "date": "", "start": "10:00", "end": "", "time_zone": "Atlantis", "password": "abc"}
    refused = await olga.send("/meetings/new", typed, status=422)
    assert refused.shows("Subject:", "Date: Choose a day.", "Time zone:", "Password:")
    assert {name: refused.fields[name] for name in typed} == typed


async def test_an_end_before_the_start_is_named_beside_an_unknown_zone_in_the_order_of_the_fields(
    olga: Browser,
) -> None:
    typed = TYPED | {"title": "", "end": "09:30", "time_zone": "Atlantis", "password": "ab"}
    refused = await olga.send("/meetings/new", typed, status=422)
    places = [refused.words.index(f"{label}:") for label in ("Subject", "Ends at", "Time zone", "Password")]
    assert places == sorted(places)
    assert "Not your own" not in refused.words


async def test_a_fresh_form_offers_an_end_on_another_day(olga: Browser) -> None:
    assert "end_date" in (await olga.see("/meetings/new")).fields


async def test_a_zone_is_found_by_its_city(olga: Browser) -> None:
    path = await _made(olga, time_zone="new york")
    assert (await olga.see(path)).shows("16:00 to 16:30 Berlin time", "10:00 New York time")


async def test_a_meeting_may_end_on_another_day(olga: Browser) -> None:
    path = await _made(olga, start="23:00", end="01:00", end_date="2026-03-04")
    assert (await olga.see(path)).shows("Tuesday, 3 March, 23:00 to Wednesday, 4 March, 01:00")
    assert (await olga.see(f"{path}/edit")).fields["end_date"] == "2026-03-04"


async def test_co_organizers_are_found_by_name_and_may_edit(doors: Doors, olga: Browser) -> None:
    found = await olga.see("/meetings/people?find=ott")
    assert found.shows("Otto", "otto@example.com")
    searched = await olga.send("/meetings/new", TYPED, status=200, finding="1", find="ott")
    assert searched.shows("Otto")
    assert searched.fields["title"] == "HR results"
    path = await _made(olga, co_organizers=str(doors.cast.otto.person))
    otto = await browser_of(doors, doors.cast.otto)
    assert (await otto.see(path)).shows("Organizer", "Co-organizer", "Edit", "Start")
    assert (await _edited(otto, path, title="HR figures")).goes_to == path


async def test_an_edit_keeps_link_and_number(olga: Browser) -> None:
    path = await _made(olga)
    link = (await olga.see(path)).fields["link"]
    await _edited(olga, path, title="HR figures", start="11:00", end="12:00")
    after = await olga.see(path)
    assert after.shows("HR figures", "11:00 to 12:00", "Saved.")
    assert after.fields["link"] == link
    assert "Saved." not in (await olga.see(path)).words


async def test_a_stale_edit_shows_what_is_there_now_and_keeps_what_was_typed(doors: Doors, olga: Browser) -> None:
    path = await _made(olga)
    await _edited(olga, path, title="HR figures")
    stale = await olga.send(f"{path}/edit", TYPED | {"title": "HR numbers", "version": "1"}, status=412)
    assert stale.shows("Somebody changed this meeting", "Subject: HR figures")
    assert (stale.fields["title"], stale.fields["version"]) == ("HR numbers", "2")
    await olga.send(f"{path}/edit", TYPED | {"title": "HR numbers", "version": stale.fields["version"]})
    assert (await olga.see(path)).shows("HR numbers")


async def test_the_title_of_a_meeting_that_began_can_still_be_mended(doors: Doors, olga: Browser) -> None:
    path = await _made(olga)
    doors.clock.advance(hours=24, minutes=10)
    await _edited(olga, path, title="HR figures")
    moved = await _edited(olga, path, status=422, start="09:00")
    assert moved.shows("Starts at: The start is in the past.")
    yesterday = await _edited(olga, path, status=422, date="2026-03-02", start="23:00", end="23:30")
    assert yesterday.shows("Date: This day is in the past.")
    assert "Starts at: " not in yesterday.words


async def test_a_password_is_kept_changed_and_removed(doors: Doors, olga: Browser) -> None:
    path = await _made(olga, password="open sesame")
    assert (await olga.see(path)).shows("asked at the door")
    await _edited(olga, path, title="HR figures")
    assert (await olga.see(path)).shows("asked at the door")
    await _edited(olga, path, no_password="1")
    assert (await olga.see(path)).shows("none, the link is enough")


async def test_members_and_strangers_do_not_see_it(doors: Doors, olga: Browser) -> None:
    path = await _made(olga)
    for other in (doors.cast.otto, doors.cast.mia, doors.cast.zoe):
        await (await browser_of(doors, other)).see(path, status=404)
    await (await browser_of(doors, doors.cast.max)).see(path, status=404)
    await doors.store.write(let_max_manage, doors.cast, doors.cast.olga, now=doors.clock())
    await (await browser_of(doors, doors.cast.max)).see(path)
    await (await browser_of(doors, doors.cast.max)).see(f"{path}/edit", status=403)


@pytest.mark.parametrize("id_", ["0", "-5", "9223372036854775808", "x", "٣"])
async def test_what_is_no_id_is_not_found(olga: Browser, id_: str) -> None:
    await olga.see(f"/meetings/{id_}", status=404)


async def test_strange_input_gets_a_clear_answer(olga: Browser) -> None:
    assert (await olga.send("/meetings/new", TYPED | {"title": "a\0b"}, status=422)).shows("Subject:")
    assert (await olga.send("/meetings/new", TYPED | {"title": "x" * 300}, status=422)).shows("Subject:")
    too_large = await olga.client.post("/meetings/new", data={"title": "x" * 10_000_000})
    assert too_large.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE
    assert "more than fits into a form" in too_large.text
    await olga.send("/meetings/new", TYPED | {"co_organizers": "9223372036854775808"}, status=422)
    assert (await olga.send("/meetings/new", TYPED | {"title": "<b>"}, status=422, end_date="x")).shows("Ends at:")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"end": "0:xx"}, "Ends at: Write a time like 09:30."),
        ({"start": "25:00"}, "Starts at: Write a time like 09:30."),
        ({"date": "3.3.2026"}, "Date: Write a day like 2026-03-02."),
        ({"end_date": "soon"}, "Ends at: Write a time like"),
        ({"start": "", "end": ""}, "Ends at: Choose a time."),
        ({"end": "10:00"}, "Did you mean 11:00?"),
        ({"end": "09:30", "end_date": "2026-03-03"}, "Did you mean 10:30?"),
    ],
)
async def test_what_is_no_time_is_said_in_the_words_of_the_form(
    olga: Browser, typed: dict[str, str], said: str
) -> None:
    assert (await olga.send("/meetings/new", TYPED | typed, status=422)).shows(said)


async def test_stages_are_named_like_the_tabs_of_the_list() -> None:
    assert {stage.value for stage in meetings.Stage} >= {"planned", "ended", "cancelled"}


async def test_who_was_typed_and_not_chosen_is_taken_when_it_can_only_be_one(doors: Doors, olga: Browser) -> None:
    path = await _made(olga, find="ott")
    assert (await olga.see(path)).shows("Otto Co-organizer")
    await _edited(olga, path, find="MAX")
    assert (await olga.see(path)).shows("Max Co-organizer")


@pytest.mark.parametrize(
    ("typed", "said"), [("example.com", "Several people have “example.com” in their name"), ("Mia", "Nobody here")]
)
async def test_who_was_typed_and_cannot_be_told_is_asked_for(olga: Browser, typed: str, said: str) -> None:
    refused = await olga.send("/meetings/new", TYPED, status=422, find=typed)
    assert refused.shows(f"Co-organizers: {said}")
    assert refused.fields["find"] == typed
    assert refused.fields["title"] == "HR results"


async def test_who_was_chosen_may_still_stand_in_the_field(doors: Doors, olga: Browser) -> None:
    path = await _made(olga, find="ott", co_organizers=str(doors.cast.otto.person))
    assert (await olga.see(path)).shows("Otto Co-organizer")


async def test_the_form_says_who_is_busy_then_and_not_with_what(doors: Doors, olga: Browser) -> None:
    otto = await browser_of(doors, doors.cast.otto)
    await otto.send("/meetings/new", TYPED | {"title": "Secret"})
    asked = {name: TYPED[name] for name in ("date", "start", "end", "time_zone")} | {
        "co_organizers": str(doors.cast.otto.person)
    }
    shown = await olga.see(f"/meetings/free?{urlencode(asked)}")
    assert shown.shows("Otto is busy then.", "Olga")
    assert "Secret" not in shown.words
    free = await olga.see(f"/meetings/free?{urlencode(asked | {'start': '22:00', 'end': '23:00'})}")
    assert free.shows("Nobody is busy then.")
    assert "busy" not in (await olga.see(f"/meetings/free?{urlencode(asked | {'start': 'soon'})}")).words


async def test_without_scripts_the_form_looks_again_when_asked(doors: Doors, olga: Browser) -> None:
    otto = await browser_of(doors, doors.cast.otto)
    await otto.send("/meetings/new", TYPED)
    typed = TYPED | {"co_organizers": str(doors.cast.otto.person), "checking": "1"}
    assert (await olga.send("/meetings/new", typed, status=200)).shows("Who is free", "Otto is busy then.")


async def test_a_meeting_that_is_changed_is_not_in_its_own_way(olga: Browser) -> None:
    created = await olga.send("/meetings/new", TYPED)
    edit = str(created.goes_to).replace("/created", "/edit")
    assert (await olga.see(edit)).shows("Nobody is busy then.")
