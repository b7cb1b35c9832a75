"""Parting with somebody in the browser and by API: chosen, seen before it happens, and done."""

import msgspec
import pytest

from parley.meetings import NewMeeting, schedule
from tests.doors import Doors, field_errors
from tests.meetings.office import PLAN
from tests.web.browser import Browser, browser_of


@pytest.fixture
async def ada(doors: Doors) -> Browser:
    new = msgspec.convert(PLAN, NewMeeting)
    await doors.store.write(schedule, new, password_hash=None, by=doors.cast.olga, now=doors.clock())
    return await browser_of(doors, doors.cast.ada)


async def test_what_becomes_of_meetings_is_seen_before_it_happens(ada: Browser, doors: Doors) -> None:
    page = f"/administration/users/{doors.cast.olga.person}/part"
    assert (await ada.see(f"{page}?act=suspend")).shows("Suspend Olga", "Weekly stays")
    assert (await ada.see(f"{page}?act=delete")).shows("Delete Olga", "Weekly is cancelled")
    typed = {"act": "delete", "meetings": "hand_over", "to": str(doors.cast.otto.person)}
    assert (await ada.send(page, typed, show="yes", status=200)).shows("Weekly goes to Otto")
    assert (await ada.send(page, typed)).goes_to == "/administration/users"
    assert (await ada.see("/administration/users")).shows("Olga is deleted.")
    otto = await browser_of(doors, doors.cast.otto)
    assert (await otto.see("/meetings")).shows("Weekly")
    await ada.see(page, status=404)


async def test_a_choice_that_is_none_is_said_beside_its_field(ada: Browser, doors: Doors) -> None:
    page = f"/administration/users/{doors.cast.olga.person}/part"
    refused = await ada.send(page, {"act": "delete", "meetings": "hand_over", "to": "nobody"}, status=422)
    assert refused.shows("Choose somebody else, whose role allows to hold meetings.")
    assert (await ada.send(page, {"act": "delete"}, status=422)).shows("Choose what becomes of the meetings.")


async def test_programs_part_with_people_too(ada: Browser, doors: Doors) -> None:
    api = await doors.api(doors.cast.ada)
    address = f"/api/v1/users/{doors.cast.olga.person}/part"
    body: dict[str, object] = {"act": "delete", "meetings": "cancel"}
    dry = await api.post(address, json=body | {"dry_run": True})
    assert [(one["title"], one["fate"], one["to"]) for one in dry.json()["meetings"]] == [("Weekly", "cancel", None)]
    wrong = await api.post(address, json=body | {"meetings": "keep"})
    assert (wrong.status_code, list(field_errors(wrong))) == (422, ["meetings"])
    assert (await api.post(address, json=body)).json() == dry.json()
    assert (await api.get(f"/api/v1/users/{doors.cast.olga.person}")).status_code == 404


async def test_who_was_deleted_is_found_by_a_filter_and_has_no_page(ada: Browser, doors: Doors) -> None:
    api = await doors.api(doors.cast.ada)
    await api.post(f"/api/v1/users/{doors.cast.otto.person}/part", json={"act": "delete", "meetings": "cancel"})
    assert "Otto" not in (await ada.see("/administration/users")).words
    listed = await ada.see("/administration/users?status=deleted")
    assert listed.shows("Otto", "deleted")
    assert f"/administration/users/{doors.cast.otto.person}" not in listed.links
