"""The pages as people have them: in light and dark, on desks and phones, by keyboard, without scripts."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, ViewportSize, expect

from tests.browser.axe import barriers
from tests.browser.conftest import Person
from tests.browser.meeting import PASSWORD, Host, in_the_browser
from tests.server import Server

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}

pytestmark = in_the_browser


ALWAYS = (
    "/meetings/calendar",
    "/meetings/calendar?view=agenda",
    "/meetings/templates",
    "/live",
    "/history",
    "/administration/users",
    "/administration/users/new",
    "/administration/groups",
    "/administration/licences",
    "/administration/attendance",
    "/administration/tokens",
    "/administration/mail",
    "/administration/account",
    "/me",
    "/me/password",
    "/me/browsers",
    "/me/tokens",
    "/nothing/here",
)
"""Pages that there are whatever was planned."""


class Account:
    """Something to be seen on every page, and the paths of these."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.paths: list[str] = []

    async def fill(self) -> None:
        """Plan, hold, cancel, add people and groups."""
        ask = self.host.ask
        bo = await ask("POST", "/users", _user("Bo Karlsen"))
        await ask("POST", "/users", _user("Chandra Rao") | {"time_zone": "Asia/Kolkata"})
        group = await ask("POST", "/groups", {"name": "Sales", "members": [bo["id"]]})
        planned = await self.host.plan(co_organizers=[bo["id"]], password="open sesame")
        live = await self.host.begin(title="Quarterly planning")
        held = await self.host.begin(title="Stand-up")
        await ask("POST", f"/meetings/{held['id']}/end")
        session = await self.host.session()
        weekly = await self.host.plan(title="Retrospective", recurrence="FREQ=WEEKLY")
        ahead = await ask("GET", f"/meetings/{weekly['id']}/occurrences")
        personal = await self._invited(weekly, {"person": bo["id"]}, {"group": group["id"]})
        never = await self.host.plan(title="Never")
        await self.host._api.delete(f"/meetings/{never['id']}")
        meetings = [f"/meetings/{meeting['id']}" for meeting in (planned, live)]
        self.paths = [
            "/",
            "/meetings",
            "/meetings?show=cancelled",
            "/meetings/new",
            *meetings,
            f"{meetings[0]}/created",
            f"{meetings[0]}/edit",
            f"/meetings/{weekly['id']}",
            f"/meetings/{weekly['id']}/created",
            f"/meetings/{weekly['id']}/invitations",
            f"{meetings[0]}/invitations",
            f"{personal}/answer?reply=tentative",
            f"{personal}x/answer",
            f"/meetings/{weekly['id']}/occurrences/{ahead['items'][1]['original_start']}/edit",
            f"/history/{session['id']}",
            f"/history/attendance?group={group['id']}",
            f"/history/share/{planned['id']}",
            f"/administration/users/{bo['id']}",
            f"/administration/groups/{group['id']}",
            *ALWAYS,
        ]

    async def _invited(self, meeting: dict[str, Any], *invitees: dict[str, Any]) -> str:
        """Invite these and a guest, and return the path of the guest's personal link."""
        everybody = [*invitees, {"email": "gwen@guest.example", "required": True}]
        made = await self.host.ask("POST", f"/meetings/{meeting['id']}/invitations", {"invitees": everybody})
        return str(made["items"][-1]["link"]).removeprefix(self.host.server.url)


def _user(name: str) -> dict[str, str]:
    return {"name": name, "email": f"{name.partition(' ')[0].lower()}@example.com", "role": "organizer"}


@pytest_asyncio.fixture(loop_scope="session")
async def account(host: Host) -> Account:
    account = Account(host)
    await account.fill()
    return account


@pytest_asyncio.fixture(loop_scope="session")
async def ada(person: Person, server: Server, host: Host) -> AsyncIterator[Page]:
    """A page of the administrator, signed in; it must not complain."""
    page = await _signed_in(await person(locale="en-GB", timezone_id="Europe/Berlin"), server)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    yield page
    assert [said for said in complaints if "server responded with a status of 4" not in said] == []


async def _signed_in(browser: BrowserContext, server: Server) -> Page:
    page = await browser.new_page()
    await page.goto(f"{server.url}/signin")
    await page.get_by_label("E-mail").fill(Host.email)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{server.url}/")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_page_lets_everybody_in(ada: Page, account: Account, scheme: Literal["light", "dark"]) -> None:
    found = {}
    await ada.emulate_media(color_scheme=scheme)
    for path in account.paths:
        await ada.goto(account.host.server.url + path)
        found[path] = await barriers(ada)
    assert {page: wrong for page, wrong in found.items() if wrong} == {}


async def test_every_page_fits_a_phone(ada: Page, account: Account) -> None:
    await ada.set_viewport_size(PHONE)
    wider = {}
    for path in account.paths:
        await ada.goto(account.host.server.url + path)
        wider[path] = await ada.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert {path: by for path, by in wider.items() if by > 0} == {}


async def test_pages_for_strangers_let_everybody_in(person: Person, server: Server, host: Host) -> None:
    page = await (await person(locale="de", color_scheme="dark", viewport=PHONE)).new_page()
    for path in ("/signin", "/reset", "/join", "/test", "/nothing"):
        await page.goto(server.url + path)
        await expect(page.locator("html")).to_have_attribute("lang", "de")
        assert await barriers(page) == [], path
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_meeting_is_made_with_the_keyboard_alone(ada: Page, account: Account) -> None:
    await ada.goto(f"{account.host.server.url}/meetings/new")
    await expect(ada.get_by_label("Subject")).to_be_focused()
    await ada.keyboard.type("Interview")
    day = datetime.now(UTC).date() + timedelta(days=1)
    await ada.get_by_label("Date", exact=True).fill(day.isoformat())
    await ada.get_by_label("Starts at").fill("10:00")
    await ada.get_by_label("Ends at").fill("09:30")
    await ada.keyboard.press("Enter")
    await expect(ada.get_by_role("alert")).to_contain_text("Did you mean 10:30?")
    await expect(ada.get_by_label("Ends at")).to_be_focused()
    await ada.get_by_role("button", name="Take 10:30").press("Enter")
    await expect(ada.get_by_label("Ends at")).to_have_value("10:30")
    await ada.get_by_label("Ends at").press("Enter")
    await expect(ada.get_by_role("heading", level=1)).to_have_text("Interview")
    await expect(ada.locator("main")).to_contain_text("10:00 to 10:30")
    await ada.get_by_role("link", name="View details").press("Enter")
    await expect(ada.get_by_role("button", name="Start")).to_be_visible()


async def test_moving_the_start_moves_the_end(ada: Page, account: Account) -> None:
    await ada.goto(f"{account.host.server.url}/meetings/new")
    await ada.get_by_label("Starts at").fill("10:00")
    await ada.get_by_label("Ends at").fill("10:45")
    await ada.get_by_label("Starts at").fill("14:30")
    await expect(ada.get_by_label("Ends at")).to_have_value("15:15")


async def test_co_organizers_are_found_while_typing(ada: Page, account: Account) -> None:
    await ada.goto(f"{account.host.server.url}/meetings/new")
    find = ada.get_by_role("searchbox", name="Find co-organizers by name")
    await find.press_sequentially("kar")
    await ada.get_by_role("checkbox", name="Bo Karlsen").check()
    await find.fill("rao")
    await expect(ada.get_by_role("checkbox", name="Chandra Rao")).not_to_be_checked()
    await expect(ada.get_by_role("checkbox", name="Bo Karlsen")).to_be_checked()
    await expect(find).to_be_focused()


async def test_co_organizers_are_chosen_with_the_keyboard_alone(ada: Page, account: Account) -> None:
    await ada.goto(f"{account.host.server.url}/meetings/new")
    find = ada.get_by_role("searchbox", name="Find co-organizers by name")
    bo, chandra = (ada.get_by_role("checkbox", name=name) for name in ("Bo Karlsen", "Chandra Rao"))
    await find.press_sequentially("kar")
    await find.press("Enter")
    await expect(bo).to_be_checked()
    await expect(find).to_have_value("")
    await expect(find).to_be_focused()
    await find.press_sequentially("a")
    await expect(chandra).to_be_visible()
    assert await find.evaluate(
        "field => field.compareDocumentPosition(document.querySelector('#found-co_organizers')) & 4"
    )
    await find.press("ArrowDown")
    await expect(chandra).to_be_focused()
    await ada.keyboard.press("Escape")
    await expect(chandra).to_have_count(0)
    await expect(find).to_be_focused()
    await find.fill("cha")
    await expect(chandra).to_be_visible()
    await find.press("ArrowDown")
    await ada.keyboard.press("Enter")
    await expect(chandra).to_be_checked()
    await expect(ada.locator("#picked-co_organizers .pick")).to_have_count(2)


async def test_the_link_is_copied_with_one_press(ada: Page, account: Account) -> None:
    await ada.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await ada.goto(account.host.server.url + account.paths[4])
    copy = ada.locator("[data-copy=link]")
    await copy.click()
    await expect(copy).to_have_text("Copied")
    copied = await ada.evaluate("navigator.clipboard.readText()")
    assert copied == await ada.locator("#link").input_value()


async def test_home_shows_what_becomes_live_while_it_is_open(ada: Page, account: Account) -> None:
    await ada.clock.install()
    await ada.goto(account.host.server.url)
    await account.host.begin(title="Just started")
    await ada.clock.fast_forward(21_000)
    now = ada.get_by_role("region", name="Now")
    await expect(now).to_contain_text("Just started")
    await expect(now).to_contain_text("Quarterly planning")


async def test_what_cannot_be_taken_back_is_asked_for_in_place(ada: Page, account: Account) -> None:
    await ada.goto(account.host.server.url + account.paths[4])
    await ada.locator("summary", has_text="Cancel meeting").click()
    await expect(ada.get_by_text("This cannot be taken back.")).to_be_visible()
    await ada.get_by_role("button", name="Cancel meeting").click()
    await expect(ada.get_by_role("status")).to_have_text("The meeting is cancelled.")


async def test_dark_is_dark_from_the_first_moment(ada: Page, account: Account) -> None:
    await ada.goto(f"{account.host.server.url}/me")
    await ada.get_by_text("Dark", exact=True).click()
    await expect(ada.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert await ada.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 22, 28)"


async def test_everything_but_the_room_works_without_scripts(person: Person, server: Server, account: Account) -> None:
    page = await _signed_in(await person(java_script_enabled=False, viewport=DESK), server)
    await page.goto(f"{server.url}/meetings/new")
    await page.get_by_label("Subject").fill("Plain")
    await page.get_by_role("searchbox", name="Find co-organizers by name").fill("rao")
    await page.get_by_role("button", name="Find", exact=True).first.click()
    await page.get_by_role("checkbox", name="Chandra Rao").first.check()
    await page.get_by_role("button", name="Schedule meeting").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Plain")
    await page.get_by_role("link", name="View details").click()
    await expect(page.locator("main")).to_contain_text("Chandra Rao")
