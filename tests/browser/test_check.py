"""The connection test: what it finds stands there in words, with what to do about it."""

import json
import time
from pathlib import Path

from playwright.async_api import Page, expect

from parley.live import LIFETIME_OF_TEST
from tests.browser.axe import barriers
from tests.browser.conftest import Person
from tests.browser.meeting import PATIENCE, Host, Visitor, in_the_browser
from tests.server import Server, serving

pytestmark = in_the_browser

_NO_SOCKET = """
window.WebSocket = class { constructor() { setTimeout(() => this.onerror()); } close() {} };
"""


async def _tested(page: Page) -> None:
    await page.get_by_role("button", name="Start the test").click()
    await expect(page.locator("[data-part=sum]")).to_be_visible(timeout=PATIENCE * 1000)


async def _finds(page: Page, name: str, state: str) -> None:
    await expect(page.locator(f"[data-check={name}]")).to_have_attribute("data-state", state)


async def test_everything_that_a_meeting_needs_is_tested(person: Person, server: Server, host: Host) -> None:
    page = await (await person()).new_page()
    await page.goto(f"{server.url}/join")
    await page.get_by_role("link", name="Test your connection").click()
    await _tested(page)
    for name in ("browser", "microphone", "camera", "server", "media"):
        await _finds(page, name, "good")
    await _finds(page, "relay", "skipped")
    await expect(page.locator("[data-check=speed]")).to_contain_text("Mbit/s")
    await page.get_by_role("button", name="Play a sound").click()
    await _finds(page, "speaker", "good")
    assert await barriers(page) == []


async def test_what_stands_in_the_way_is_said_with_what_to_do(person: Person, server: Server, host: Host) -> None:
    browser = await person()
    await browser.add_init_script(_NO_SOCKET)
    await browser.add_init_script("delete window.RTCPeerConnection")
    await browser.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    page = await browser.new_page()
    await page.goto(f"{server.url}/test")
    await _tested(page)
    for name in ("browser", "microphone", "camera", "server", "media"):
        await _finds(page, name, "bad")
    await expect(page.locator("[data-check=server]")).to_contain_text("ask whoever runs your network")
    await expect(page.locator("[data-part=sum]")).to_contain_text("Something stands in the way.")


async def test_the_relay_is_no_present_to_strangers(person: Person, database_url: str, tmp_path: Path) -> None:
    relay = {"PARLEY_TURN": "turn:127.0.0.1:9", "PARLEY_TURN_SECRET": "shared with the relay"}
    with serving(tmp_path, database=database_url, **relay) as server:
        host = await Host.move_in(server)
        visitor = await Visitor.come(await person(), f"{server.url}/join", "ada")
        given = visitor.page.locator("#check")
        await visitor.page.goto(f"{server.url}/test")
        assert json.loads(await given.text_content() or "") == {
            "ice_servers": [],
            "relay": False,
            "relay_withheld": True,
        }
        await visitor.page.goto(f"{server.url}/join")
        await visitor.sign_in(host.email)
        await visitor.page.goto(f"{server.url}/test")
        [server_given] = json.loads(await given.text_content() or "")["ice_servers"]
        assert server_given["urls"] == ["turn:127.0.0.1:9"]
        expires_at = int(server_given["username"].partition(":")[0])
        assert 0 < expires_at - time.time() <= LIFETIME_OF_TEST.total_seconds()
        await host.close()
