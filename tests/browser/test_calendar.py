"""The calendar in a browser: what is drawn leads on, is dragged elsewhere and taken back, and free time is planned."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from tests.browser.axe import barriers
from tests.browser.conftest import Person
from tests.browser.meeting import PASSWORD, Host, in_the_browser

pytestmark = in_the_browser

MONDAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(
    days=7 - datetime.now(UTC).weekday()
)
"""The next one: nothing in its week is in the past."""


def _at(day: int, hour: int) -> dict[str, Any]:
    start = MONDAY + timedelta(days=day, hours=hour)
    return {
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(hours=1)).isoformat(),
        "time_zone": "UTC",
    }


@pytest_asyncio.fixture(loop_scope="session")
async def week(host: Host, person: Person) -> AsyncIterator[Page]:
    """The next week, with a meeting on Tuesday and one every day of it."""
    await host.plan(title="Budget", **_at(1, 9))
    await host.plan(title="Stand-up", recurrence="FREQ=DAILY;COUNT=5", **_at(0, 11))
    page = await (await person(viewport={"width": 1280, "height": 1400}, locale="en-GB", timezone_id="UTC")).new_page()
    await page.goto(f"{host.server.url}/signin")
    await page.fill("[name=email]", host.email)
    await page.fill("[name=password]", PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{host.server.url}/")
    await page.goto(f"{host.server.url}/meetings/calendar?view=week&on={MONDAY:%Y-%m-%d}")
    await expect(page.locator(".ec-event")).to_have_count(6)
    yield page


def _entry(page: Page, title: str) -> Locator:
    return page.locator(".ec-event", has_text=title)


async def _drag(page: Page, entry: Locator, *, days: int = 0, hours: int = 0) -> None:
    """Take hold of an entry and drop it elsewhere."""
    column = await page.locator(".ec-body .ec-day").nth(0).bounding_box()
    box = await entry.bounding_box()
    assert column is not None
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 8, y + 8, steps=3)
    await page.mouse.move(x + days * column["width"], y + hours * box["height"], steps=8)
    await page.mouse.up()


async def test_a_meeting_is_dragged_and_taken_back(week: Page, host: Host) -> None:
    await _drag(week, _entry(week, "Budget"), days=1, hours=2)
    said = week.get_by_role("status")
    await expect(said).to_contain_text("“Budget” is now on")
    await expect(_entry(week, "Budget")).to_contain_text("11:00")
    (budget,) = [one for one in (await host.ask("GET", "/meetings"))["items"] if one["title"] == "Budget"]
    moved = datetime.fromisoformat(budget["starts_at"])
    assert moved == MONDAY + timedelta(days=2, hours=11)
    await said.get_by_role("button", name="Undo").click()
    await expect(_entry(week, "Budget")).to_contain_text("09:00")
    await _entry(week, "Budget").get_by_role("link").click()
    await expect(week.get_by_role("heading", level=1)).to_contain_text("Budget")


async def test_of_a_series_one_or_all_that_follow_are_dragged(week: Page) -> None:
    stand_ups = _entry(week, "Stand-up")
    await _drag(week, stand_ups.nth(1), hours=3)
    asking = week.get_by_role("dialog")
    await asking.get_by_role("button", name="Leave it where it was").click()
    await expect(week.locator(".ec-event", has_text="14:00")).to_have_count(0)
    await _drag(week, stand_ups.nth(1), hours=3)
    await asking.get_by_role("button", name="Move", exact=True).click()
    await expect(week.locator(".ec-event", has_text="14:00")).to_have_count(1)
    await _drag(week, stand_ups.nth(3), hours=4)
    await asking.get_by_label("This and all that follow").check()
    await asking.get_by_role("button", name="Move", exact=True).click()
    await expect(week.locator(".ec-event", has_text="15:00")).to_have_count(2)


async def test_free_time_is_where_something_new_begins(week: Page) -> None:
    day = await week.locator(".ec-body .ec-day").nth(3).bounding_box()
    noon = await week.locator(".ec-sidebar time", has_text="15:00").bounding_box()
    assert day is not None
    assert noon is not None
    await week.mouse.click(day["x"] + 20, noon["y"] + noon["height"] / 2 + 6)
    await week.wait_for_url("**/meetings/new?**")
    await expect(week.get_by_label("Date", exact=True)).to_have_value(f"{MONDAY + timedelta(days=3):%Y-%m-%d}")
    await expect(week.get_by_label("Starts at")).to_have_value("15:00")


async def test_the_drawing_lets_everybody_in(week: Page) -> None:
    assert await barriers(week) == []
    await week.get_by_role("link", name="Month").click()
    await expect(week.locator(".ec-event").first).to_be_visible()
    assert await barriers(week) == []
    await week.get_by_role("link", name="Today").focus()
    for _ in range(8):
        await week.keyboard.press("Tab")
    await expect(week.locator(".entry:focus")).to_have_count(1)


async def test_on_a_phone_the_list_stays(week: Page, host: Host) -> None:
    await week.set_viewport_size({"width": 375, "height": 800})
    await week.reload()
    await expect(week.get_by_role("listitem").filter(has_text="Budget")).to_be_visible()
    await expect(week.locator(".ec-event")).to_have_count(0)


async def test_the_form_says_who_is_busy_while_a_time_is_chosen(week: Page, host: Host) -> None:
    bo = await host.ask("POST", "/users", {"name": "Bo Karlsen", "email": "bo@example.com", "role": "organizer"})
    await host.plan(title="Secret", co_organizers=[bo["id"]], **_at(3, 14))
    await week.goto(f"{host.server.url}/meetings/new?on={MONDAY + timedelta(days=3):%Y-%m-%d}&start=14:30")
    free = week.get_by_role("group", name="Who is free")
    await expect(free.get_by_role("status")).to_contain_text("is busy then")
    find = week.get_by_role("searchbox", name="Find co-organizers by name")
    await find.press_sequentially("kar")
    await find.press("Enter")
    await expect(free).to_contain_text("Bo Karlsen are busy then")
    await expect(free.get_by_role("img", name="busy 14:00 to 15:00", exact=True)).to_have_count(1)
    await week.get_by_label("Starts at").fill("16:00")
    await week.get_by_label("Ends at").fill("16:30")
    await expect(free.get_by_role("status")).to_have_text("Nobody is busy then.")
    await expect(free).not_to_contain_text("Secret")
