"""Meetings that repeat, as people plan and change them in pages."""

import pytest

from tests.doors import Doors
from tests.web.browser import Browser, browser_of

TYPED = {"title": "Stand-up", "date": "2026-03-03", "start": "10:00", "end": "10:30", "time_zone": "Europe/Berlin"}


@pytest.fixture
async def olga(doors: Doors) -> Browser:
    return await browser_of(doors, doors.cast.olga)


async def _made(browser: Browser, **other: str) -> str:
    """Make a meeting; return its path."""
    created = await browser.send("/meetings/new", TYPED | {"every": "1", "ends": "never"} | other)
    return str(created.goes_to).removesuffix("/created")


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"repeats": "daily", "every": "2"}, "every 2 days"),
        ({"repeats": "weekdays", "every": "3"}, "every weekday, Monday to Friday"),
        ({"repeats": "weekly"}, "every Tuesday"),
        ({"repeats": "weekly", "days": "4"}, "every Friday"),
        ({"repeats": "monthly"}, "every month on day 3"),
        ({"repeats": "placed"}, "every month on the first Tuesday"),
        ({"repeats": "yearly"}, "every year on 3 March"),
        ({"repeats": "daily", "ends": "count", "count": "5"}, "every day, 5 times in all"),
        ({"repeats": "weekly", "ends": "date", "until": "2026-04-30"}, "every Tuesday until 30 April 2026"),
    ],
)
async def test_every_choice_of_the_form_is_said_and_shown_again(
    olga: Browser, chosen: dict[str, str], words: str
) -> None:
    path = await _made(olga, **chosen)
    assert (await olga.see(path)).shows(words)
    form = (await olga.see(f"{path}/edit")).fields
    assert form["repeats"] == chosen["repeats"]
    ends = {name: form[name] for name in ("ends", "until", "count") if name in chosen}
    assert ends.items() <= chosen.items()


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"ends": "date", "until": ""}, "Last day: Choose the last day."),
        ({"ends": "date", "until": "2026-03-01"}, "Last day: It would end before it begins."),
        ({"ends": "count", "count": "many"}, "How many times: Write a number from 1 to 1000."),
        ({"every": "1000"}, "Write a number from 1 to 366."),
        ({"repeats": "rule", "rule": "FREQ=SECONDLY"}, "Repeats: A meeting repeats DAILY"),
    ],
)
async def test_what_is_wrong_stands_beside_its_field(olga: Browser, chosen: dict[str, str], words: str) -> None:
    typed = TYPED | {"repeats": "daily", "every": "1", "ends": "never"} | chosen
    refused = await olga.send("/meetings/new", typed, status=422)
    assert refused.shows(words)


async def test_saving_what_was_shown_changes_nothing(olga: Browser) -> None:
    path = await _made(olga, repeats="weekly", days="4", ends="count", count="5")
    form = (await olga.see(f"{path}/edit")).fields
    assert form["version"] == "1"
    names = (*TYPED, "version", "repeats", "every", "ends", "until", "count", "rule", "days")
    await olga.send(f"{path}/edit", {name: form[name] for name in names if name in form} | {"days": "4"})
    assert (await olga.see(f"{path}/edit")).fields["version"] == "1"
    once = {name: form[name] for name in names if name in form} | {"repeats": ""}
    await olga.send(f"{path}/edit", once)
    assert "every Friday" not in (await olga.see(path)).words


async def test_one_occurrence_is_changed_cancelled_and_brought_back_on_the_page_of_the_meeting(olga: Browser) -> None:
    path = await _made(olga, repeats="weekly")
    one = f"{path}/occurrences/2026-03-10T09:00:00Z"
    form = (await olga.see(f"{one}/edit")).fields
    names = (*TYPED, "version", "repeats", "every", "ends", "until", "count", "rule")
    typed = {name: form[name] for name in names if name in form and name != "title"} | {"days": "1", "which": "one"}
    await olga.send(f"{one}/edit", typed | {"date": "2026-03-11"})
    assert (await olga.see(path)).shows("Next times", "Wednesday, 11 March", "moved", "Tuesday, 17 March")
    await olga.send(f"{path}/occurrences/2026-03-17T09:00:00Z/cancel", {"version": "2"})
    shown = await olga.see(path)
    assert shown.shows("cancelled", "This one is cancelled.", "Bring back")
    await olga.send(f"{path}/occurrences/2026-03-17T09:00:00Z/restore", {"version": "3"})
    assert "Bring back" not in (await olga.see(path)).words


async def test_this_and_all_that_follow_are_cancelled_on_the_page_of_the_occurrence(olga: Browser) -> None:
    path = await _made(olga, repeats="weekly")
    one = f"{path}/occurrences/2026-03-17T09:00:00Z"
    assert (await olga.see(f"{one}/edit")).shows("Cancel this and all that follow")
    await olga.send(f"{one}/cancel", {"version": "1", "following": "1"})
    shown = await olga.see(path)
    assert shown.shows("This one and all that follow are cancelled.", "every Tuesday until 16 March 2026")
    first = f"{path}/occurrences/2026-03-03T09:00:00Z"
    await olga.send(f"{first}/cancel", {"version": "2", "following": "1"})
    assert (await olga.see(path)).shows("This is the first occurrence: cancel the whole meeting instead.")


async def test_who_is_busy_is_said_where_one_occurrence_is_moved(doors: Doors, olga: Browser) -> None:
    path = await _made(olga, repeats="weekly", invited=str(doors.cast.mia.person))
    await olga.send("/meetings/new", TYPED | {"title": "Once", "date": "2026-03-10", "start": "15:00", "end": "16:00"})
    one = f"{path}/occurrences/2026-03-10T09:00:00Z/edit"
    form = await olga.see(one)
    assert form.shows("Who is free", "Nobody is busy then.", "Olga", "Mia")
    sent = TYPED | {"start": "15:30", "end": "16:00", "version": "1", "checking": "1", "which": "one"}
    looked = await olga.send(one, sent | {"date": "2026-03-10"}, status=200)
    assert looked.shows("Olga is busy then.")


async def test_an_invitation_says_how_the_meeting_repeats(olga: Browser) -> None:
    path = await _made(olga, repeats="weekly")
    created = await olga.see(f"{path}/created")
    assert created.shows("every Tuesday, 10:00 to 10:30 ", ", first on Tuesday, 3 March")
    words = "Every Tuesday, 10:00 \N{EN DASH} 10:30 (Berlin time), first on Tuesday, 3 March"
    assert created.shows(words)
    assert (await olga.see(path)).shows(words)


async def test_this_and_all_that_follow_are_changed_together(olga: Browser) -> None:
    path = await _made(olga, repeats="weekly")
    one = f"{path}/occurrences/2026-03-10T09:00:00Z"
    form = (await olga.see(f"{one}/edit")).fields
    typed = {"date": "2026-03-10", "start": "16:00", "end": "17:00", "time_zone": "Europe/Berlin", "version": "1"}
    rule = {"repeats": "weekly", "days": "1", "every": "2", "ends": "never", "rule": form["rule"], "which": "following"}
    await olga.send(f"{one}/edit", typed | rule)
    assert (await olga.see(path)).shows("every 2 weeks on Tuesday", "Tuesday, 24 March")
    later = f"{path}/occurrences/2026-03-10T15:00:00Z"
    wrong = await olga.send(f"{later}/edit", typed | rule | {"version": "2", "repeats": ""}, status=422)
    assert wrong.shows("Say by which rule it goes on.")
    await olga.see(f"{path}/occurrences/2026-03-11T09:00:00Z/edit", status=404)


async def test_the_page_gives_a_file_for_calendars(olga: Browser) -> None:
    path = await _made(olga, repeats="weekly")
    assert f"{path}/calendar.ics" in (await olga.see(path)).links
    file = await olga.client.get(f"{path}/calendar.ics")
    assert (file.headers["content-disposition"], "RRULE:FREQ=WEEKLY" in file.text) == (
        'attachment; filename="meeting.ics"',
        True,
    )
