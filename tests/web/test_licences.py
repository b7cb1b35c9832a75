"""Licences in the browser: set, given out, and seen before they are missed."""

import msgspec
import pytest

from parley.meetings import NewMeeting, meet_now, schedule
from tests.doors import Doors
from tests.meetings.office import PLAN
from tests.web.browser import Browser, browser_of

LIMITS = {"products.meeting": "1", "sessions_at_once": "1"}


@pytest.fixture
async def ada(doors: Doors) -> Browser:
    return await browser_of(doors, doors.cast.ada)


async def test_limits_are_set_and_their_use_is_seen(ada: Browser) -> None:
    assert (await ada.see("/administration/licences")).shows("Sessions at once 0 live now, no limit")
    assert (await ada.send("/administration/licences", LIMITS)).goes_to == "/administration/licences"
    page = await ada.see("/administration/licences")
    assert page.shows("Saved.", "Meetings 0 of 1 given out", "Sessions at once 0 of 1 live now", "Webinars no limit")
    assert page.fields["products.meeting"] == "1"


async def test_what_is_no_limit_is_said_beside_its_field_and_kept(ada: Browser) -> None:
    page = await ada.send("/administration/licences", LIMITS | {"products.webinar": "some"}, status=422)
    assert page.shows("Webinars: Write a number, or nothing where there is no limit.")
    assert page.fields["products.webinar"] == "some"
    refused = await ada.send("/administration/licences", LIMITS | {"sessions_at_once": "0"}, status=422)
    assert refused.shows("Sessions at once: Write a number from 1 to 1000000, or nothing.")


async def test_a_licence_is_given_on_the_page_of_a_person(ada: Browser, doors: Doors) -> None:
    await ada.send("/administration/licences", LIMITS)
    address = f"/administration/users/{doors.cast.olga.person}"
    fields = (await ada.see(address)).fields
    typed = {name: fields[name] for name in ("name", "email", "role", "locale", "time_zone", "version")}
    assert (await ada.send(address, typed, products="meeting", most_attendees="25")).goes_to == "/administration/users"
    page = await ada.see(address)
    assert page.shows("Meetings 1 of 1 given out")
    assert page.fields["most_attendees"] == "25"
    otto = f"/administration/users/{doors.cast.otto.person}"
    fields = (await ada.see(otto)).fields
    typed = {name: fields[name] for name in ("name", "email", "role", "locale", "time_zone", "version")}
    refused = await ada.send(otto, typed, products="meeting", most_attendees="none", status=422)
    assert refused.shows("Write a number, or nothing where there is no limit.")
    refused = await ada.send(otto, typed, products="meeting", status=422)
    assert refused.shows("All licences are taken: 1. Take one back from somebody else, or raise their number.")


async def test_who_has_no_licence_is_told_before_and_after_they_try(ada: Browser, doors: Doors) -> None:
    olga = await browser_of(doors, doors.cast.olga)
    new = msgspec.convert(PLAN, NewMeeting)
    made = await doors.store.write(schedule, new, password_hash=None, by=doors.cast.olga, now=doors.clock())
    await ada.send("/administration/licences", LIMITS)
    words = "You have no licence for this. An administrator can give you one."
    assert (await olga.see("/")).shows("You cannot start a meeting now.", words)
    for page in (f"/meetings/{made.id}", f"/meetings/{made.id}/created"):
        assert (await olga.see(page)).shows("It could not start now.", words, "Room for 6 people")
    assert (await ada.see(f"/meetings/{made.id}")).shows("Olga has no licence for this.")
    assert (await olga.send(f"/meetings/{made.id}/start")).goes_to == f"/meetings/{made.id}"
    assert (await olga.see(f"/meetings/{made.id}")).shows(words)
    assert (await olga.send("/meetings/now")).goes_to == "/"


async def test_when_no_more_sessions_may_run_that_is_said(ada: Browser, doors: Doors) -> None:
    olga = await browser_of(doors, doors.cast.olga)
    await ada.send("/administration/licences", {"sessions_at_once": "1"})
    await doors.store.write(meet_now, title="Now", by=doors.cast.otto, now=doors.clock())
    words = "As many sessions are live as your organization may have at once: 1."
    assert (await olga.see("/")).shows(words)
    assert (await olga.send("/meetings/now")).goes_to == "/"
    assert (await ada.see("/administration/licences")).shows("1 of 1 live now")
