"""The join page: who may come in, what is said to those who may not, and joining without a camera."""

from contextlib import AsyncExitStack

import httpx
import pytest
from playwright.async_api import Browser, Playwright, expect

from tests.browser.axe import barriers
from tests.browser.chromium import launch
from tests.browser.conftest import Person
from tests.browser.meeting import Host, Visitor, in_the_browser
from tests.live.client import Client
from tests.server import Server


async def test_a_wrong_password_is_refused(host: Host, person: Person) -> None:
    meeting = await host.begin(password="open sesame")
    bo = await Visitor.come(await person(), meeting["join_url"], "Bo")
    await bo.ask_to_join(password="close sesame")
    await expect(bo.page.locator("#password-wrong")).to_have_text("This is not the password of this meeting.")
    await expect(bo.page.locator("#password")).to_be_focused()
    assert await host.record("attendance") == []
    await bo.enter(password="open sesame")


@in_the_browser
async def test_who_forgets_the_name_is_asked_for_it(host: Host, person: Person) -> None:
    meeting = await host.begin()
    nobody = await Visitor.come(await person(), meeting["join_url"], " ")
    await nobody.ask_to_join()
    await expect(nobody.page.locator("#name-wrong")).to_have_text("Please say who you are.")
    await nobody.page.fill("#name", "Bo")
    await expect(nobody.page.locator("#name-wrong")).to_be_hidden()


@in_the_browser
async def test_who_is_early_waits_and_is_let_in(host: Host, person: Person) -> None:
    meeting = await host.plan()
    bo = await Visitor.come(await person(), meeting["join_url"], "Bo")
    await bo.ask_to_join()
    await bo.sees(bo.page.get_by_role("heading", name="The meeting has not started yet"))
    ada = await Visitor.come(await person(), meeting["join_url"], "ada")
    await ada.sign_in(host.email)
    await ada.page.get_by_role("button", name="Start and join").click()
    await bo.sees_faces("ada")
    await ada.sees_faces("Bo")


@in_the_browser
async def test_who_is_early_learns_at_once_that_the_password_is_wrong(host: Host, person: Person) -> None:
    meeting = await host.plan(password="open sesame")
    bo = await Visitor.come(await person(), meeting["join_url"], "Bo")
    await bo.ask_to_join(password="close sesame")
    await expect(bo.page.locator("#password-wrong")).to_have_text("This is not the password of this meeting.")
    await bo.ask_to_join(password="open sesame")
    await bo.sees(bo.page.get_by_role("heading", name="The meeting has not started yet"))
    await host.ask("POST", f"/meetings/{meeting['id']}/start")
    await bo.sees(bo.page.locator("#room"))


@in_the_browser
async def test_after_a_rehearsal_it_is_told_when_the_meeting_is(host: Host, person: Person) -> None:
    meeting = await host.begin(starts_at="2030-05-06T10:00", ends_at="2030-05-06T11:00")
    await host.ask("POST", f"/meetings/{meeting['id']}/end")
    bo = await Visitor.come(await person(timezone_id="Europe/Berlin"), meeting["join_url"], "Bo")
    await bo.sees(bo.page.locator("#standing").get_by_text("10:00", exact=True))
    await expect(bo.page.locator("#standing [data-part=over]")).to_be_hidden()
    await bo.ask_to_join()
    await bo.sees(bo.page.get_by_role("heading", name="The meeting has not started yet"))


@in_the_browser
async def test_who_comes_back_after_the_end_is_told_when_it_was(host: Host, person: Person) -> None:
    meeting = await host.begin()
    bo = await (await Visitor.come(await person(), meeting["join_url"], "Bo")).enter()
    await bo.press("leave")
    await bo.is_told("You left the meeting")
    await host.ask("POST", f"/meetings/{meeting['id']}/end")
    await bo.page.get_by_role("button", name="Join again").click()
    await expect(bo.page.locator("#standing .chip.live")).to_be_hidden()
    await bo.sees(bo.page.locator("#standing").get_by_text("It ended at"))
    await bo.ask_to_join()
    await bo.sees(bo.page.get_by_role("heading", name="The meeting has ended"))
    await bo.sees(bo.page.locator("#waiting").get_by_text("Should it start again"))
    await host.ask("POST", f"/meetings/{meeting['id']}/start")
    await bo.sees(bo.page.locator("#room"))


@in_the_browser
async def test_a_host_who_comes_back_after_the_end_may_start_it_again(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada = await Visitor.come(await person(), meeting["join_url"], "ada")
    await ada.sign_in(host.email)
    await host.ask("POST", f"/meetings/{meeting['id']}/end")
    await ada.ask_to_join()
    await ada.page.get_by_role("button", name="Start and join").click()
    await ada.sees(ada.page.locator("#room"))


@in_the_browser
async def test_a_guest_reads_the_planned_time_also_as_it_is_where_they_are(host: Host, person: Person) -> None:
    meeting = await host.plan(starts_at="2030-05-06T10:00", ends_at="2030-05-06T11:00", time_zone="Europe/Berlin")
    there = await Visitor.come(await person(timezone_id="Asia/Tokyo"), meeting["join_url"], "Bo")
    await there.sees(there.page.get_by_text("11:00 Berlin time"))
    await there.sees(there.page.get_by_text("In your time zone: 17:00"))
    here = await Visitor.come(await person(timezone_id="Europe/Berlin"), meeting["join_url"], "Bo")
    await expect(here.page.get_by_text("In your time zone")).to_be_hidden()


@in_the_browser
async def test_a_number_leads_to_its_meeting(host: Host, person: Person, server: Server) -> None:
    meeting = await host.begin()
    page = await (await person()).new_page()
    await page.goto(f"{server.url}/join")
    await page.get_by_label("Meeting number").fill("12 34")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_text("A meeting number has nine digits.").first).to_be_visible()
    number = meeting["number"]
    await page.get_by_label("Meeting number").fill(f"{number[:3]}-{number[3:6]} {number[6:]}")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("heading", name="Weekly review")).to_be_visible()
    wrong = f"{(int(number) + 1) % 1_000_000_000:09}"
    await page.goto(f"{server.url}/join/{wrong}")
    await expect(page.get_by_text("There is no meeting with this number.").first).to_be_visible()


@in_the_browser
async def test_who_refuses_camera_and_microphone_joins_all_the_same(
    host: Host, person: Person, playwright: Playwright
) -> None:
    meeting = await host.begin()
    ada = await (await Visitor.come(await person(), meeting["join_url"], "Ada")).enter()
    shy: Browser = await launch(playwright)
    bo = await Visitor.come(await shy.new_context(), meeting["join_url"], "Bo")
    await bo.sees(bo.page.locator("#preview .notice"))
    await bo.enter()
    await bo.sees(bo.page.locator(".tile.seen:not(.mine)").filter(has_text="Ada"))
    await ada.sees(ada.page.locator(".tile.dark").filter(has_text="Bo").locator(".tile-muted"))
    await shy.close()


@in_the_browser
async def test_plain_http_under_another_name_says_what_it_costs(host: Host, playwright: Playwright) -> None:
    meeting = await host.begin()
    browser = await launch(playwright, "--host-resolver-rules=MAP meet.example 127.0.0.1")
    address = meeting["join_url"].replace("localhost", "meet.example")
    bo = await Visitor.come(await browser.new_context(), address, "Bo")
    await bo.sees(bo.page.get_by_text("Over this address the browser gives no camera and no microphone."))
    await bo.sees(bo.page.get_by_text("They need https."))
    await bo.enter()
    await bo.press("microphone")
    await bo.sees(bo.page.locator(".room-notice").get_by_text("Over this address the browser gives no camera"))
    await bo.say("I can only write.")
    await bo.reads("I can only write.")
    await browser.close()


@in_the_browser
async def test_the_seventh_is_told_that_the_room_is_full(host: Host, person: Person, server: Server) -> None:
    meeting = await host.begin()
    async with AsyncExitStack() as six:
        anybody = await six.enter_async_context(httpx.AsyncClient(base_url=f"http://localhost:{server.port}/api/v1"))
        guests = []
        for number in range(6):
            asked = {"number": meeting["number"], "name": f"Guest {number}"}
            seat = (await anybody.post("/join", json=asked)).json()
            guests.append(await six.enter_async_context(Client(seat["socket"])))
            await guests[-1].hello(seat["seat"], media={"microphone": True})
        late = await Visitor.come(await person(), meeting["join_url"], "Late")
        await late.ask_to_join()
        await late.sees(late.page.get_by_text("The room is full: 6 people are in it."))
        await guests[0].say({"type": "leave"})
        assert (await guests[0].end())[0] == 1000
        await late.enter()


@in_the_browser
@pytest.mark.parametrize("look", ["light", "dark"])
async def test_nothing_keeps_people_out(host: Host, person: Person, look: str) -> None:
    meeting = await host.begin(password="open sesame")
    bo = await Visitor.come(await person(color_scheme=look), meeting["join_url"], "Bo")
    await bo.ask_to_join()
    assert await barriers(bo.page) == []
    await bo.enter(password="open sesame")
    ada = await Visitor.come(await person(), meeting["join_url"], "Ada")
    await ada.enter(password="open sesame")
    await bo.sees_faces("Ada")
    await bo.say("Hello.")
    assert await barriers(bo.page) == []
    await bo.press("people")
    assert await barriers(bo.page) == []
    await bo.press("leave")
    await bo.is_told("You left the meeting")
    assert await barriers(bo.page) == []
