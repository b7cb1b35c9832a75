"""Planning a meeting that repeats, in a browser: only what goes with the choice is asked."""

from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from tests.browser.conftest import Person
from tests.browser.meeting import PASSWORD, Host, in_the_browser

pytestmark = in_the_browser


async def test_a_weekly_meeting_is_planned_on_two_days(host: Host, person: Person) -> None:
    page = await (await person(viewport={"width": 1000, "height": 1400})).new_page()
    await page.goto(f"{host.server.url}/signin")
    await page.fill("[name=email]", host.email)
    await page.fill("[name=password]", PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{host.server.url}/")
    await page.goto(f"{host.server.url}/meetings/new")
    monday = datetime.now(UTC).date()
    monday += timedelta(days=7 - monday.weekday())
    await page.fill("[name=title]", "Stand-up")
    await page.fill("[name=date]", monday.isoformat())
    await expect(page.locator("[name=every]")).to_be_hidden()
    await page.select_option("[name=repeats]", "weekly")
    await expect(page.get_by_label("Monday")).to_be_checked()
    await expect(page.locator("[name=until]")).to_be_hidden()
    await page.fill("[name=date]", (monday + timedelta(days=1)).isoformat())
    await expect(page.get_by_label("Tuesday")).to_be_checked()
    await expect(page.get_by_label("Monday")).not_to_be_checked()
    await page.get_by_label("Thursday").check()
    await page.select_option("[name=ends]", "count")
    await page.fill("[name=count]", "4")
    await page.get_by_role("button", name="Schedule meeting").last.click()
    await page.get_by_role("link", name="View details").click()
    await expect(page.locator("body")).to_contain_text("every Tuesday and Thursday, 4 times in all")
