"""Trouble on the way: reloads, browsers and servers that die. The meeting goes on, and the record is true."""

import os
import signal
import time

from playwright.async_api import Browser, Playwright, expect

from tests.browser.chromium import FAKE_DEVICES, launch
from tests.browser.conftest import Person
from tests.browser.meeting import PATIENCE, Host, Visitor, eventually, in_the_browser, moment
from tests.server import Server

BEAT = 5.0
SEAT_KEPT = 20.0


async def test_a_reload_comes_back_into_the_same_seat(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada = await (await Visitor.come(await person(), meeting["join_url"], "Ada")).enter()
    bo = await (await Visitor.come(await person(), meeting["join_url"], "Bo")).enter()
    await ada.sees_faces("Bo")
    await bo.page.reload()
    await bo.sees_faces("Ada")
    await ada.sees_faces("Bo")
    assert [stay["left_at"] for stay in (await host.stays())["Bo"]] == [None]


@in_the_browser
async def test_a_second_window_takes_the_seat_over(host: Host, person: Person) -> None:
    meeting = await host.begin()
    browser = await person()
    first = await (await Visitor.come(browser, meeting["join_url"], "Ada")).enter()
    seat = await first.page.evaluate("Object.entries(sessionStorage)")
    await browser.add_init_script(f"for (const [key, value] of {seat}) sessionStorage.setItem(key, value);")
    second = await Visitor.come(browser, meeting["join_url"], "Ada")
    await second.sees(second.page.locator("#room"))
    await first.is_told("You are in this meeting in another window")
    await first.page.click("#closing [data-act=again]")
    await first.sees(first.page.locator("#room"))
    await second.is_told("You are in this meeting in another window")


@in_the_browser
async def test_a_link_that_dies_is_made_again(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada = await (await Visitor.come(await person(), meeting["join_url"], "Ada")).enter()
    bo = await (await Visitor.come(await person(), meeting["join_url"], "Bo")).enter()
    await ada.sees_faces("Bo")
    await bo.page.evaluate("window.links.at(-1).close()")
    await bo.sees_faces("Ada")
    await ada.sees_faces("Bo")


async def test_a_killed_browser_leaves_within_the_heartbeat_window(
    host: Host, person: Person, playwright: Playwright
) -> None:
    meeting = await host.begin()
    ada = await (await Visitor.come(await person(), meeting["join_url"], "Ada")).enter()
    doomed = await launch(playwright, *FAKE_DEVICES)
    await (await Visitor.come(await doomed.new_context(), meeting["join_url"], "Bo")).enter()
    await ada.sees_faces("Bo")
    killed_at = time.time()
    await _kill(doomed)
    await expect(ada.page.locator(".tile")).to_have_count(1, timeout=(SEAT_KEPT + 15) * 1000)

    async def is_closed() -> bool:
        return all(stay["left_at"] for stay in (await host.stays())["Bo"])

    await eventually(is_closed)
    (stay,) = (await host.stays())["Bo"]
    assert stay["ended_by"] == "lost"
    assert killed_at - BEAT - 2 < moment(stay["left_at"]) < killed_at + 2


async def test_the_server_dies_and_the_meeting_goes_on(host: Host, person: Person, server: Server) -> None:
    meeting = await host.begin()
    ada = await (await Visitor.come(await person(), meeting["join_url"], "Ada")).enter()
    bo = await (await Visitor.come(await person(), meeting["join_url"], "Bo")).enter()
    await ada.sees_faces("Bo")
    await ada.say("Before.")
    await bo.press("chat")
    await bo.reads("Before.")
    server.kill()
    await ada.sees(ada.page.locator(".room-notice").get_by_text("The connection is lost."))
    await ada.say("Meanwhile.")
    await ada.everything_flows()
    await bo.everything_flows()
    server.start()
    await bo.reads("Before.", "Meanwhile.")
    await expect(ada.page.locator(".room-notice")).to_have_count(0, timeout=PATIENCE * 1000)
    await ada.sees_faces("Bo")
    await bo.sees_faces("Ada")
    assert [message["text"] for message in await host.record("messages")] == ["Before.", "Meanwhile."]
    assert all(each[-1]["left_at"] is None for each in (await host.stays()).values())


@in_the_browser
async def test_who_is_suspended_is_out_at_once(host: Host, person: Person, server: Server) -> None:
    server.run("user", "add", "bo@example.com", "--role", "member", answer="another horse battery staple")
    meeting = await host.begin()
    bo = await Visitor.come(await person(), meeting["join_url"], "bo")
    await bo.sign_in("bo@example.com", password="another horse battery staple")
    await bo.enter()
    server.run("user", "suspend", "bo@example.com")
    await bo.is_told("Your account was suspended")


async def _kill(browser: Browser) -> None:
    """End a browser as a crash does: the process and all it started."""
    session = await browser.new_browser_cdp_session()
    processes = (await session.send("SystemInfo.getProcessInfo"))["processInfo"]
    for process in sorted(processes, key=lambda one: one["type"] != "browser"):
        os.kill(process["id"], signal.SIGKILL)
