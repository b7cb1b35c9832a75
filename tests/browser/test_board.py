"""The board follows what happens, by itself, also after the server was away; files come with a click."""

from pathlib import Path

import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.conftest import Person
from tests.browser.meeting import PASSWORD, PATIENCE, Host, in_the_browser
from tests.server import Server

pytestmark = in_the_browser


@pytest_asyncio.fixture(loop_scope="session")
async def ada(person: Person, server: Server, host: Host) -> Page:
    """A page of the administrator, signed in."""
    page = await (await person(locale="en-GB")).new_page()
    await page.goto(f"{server.url}/signin")
    await page.get_by_label("E-mail").fill(Host.email)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{server.url}/")
    return page


async def test_the_board_follows_without_a_reload(ada: Page, server: Server, host: Host) -> None:
    await ada.goto(f"{server.url}/live")
    await expect(ada.get_by_text("Nothing runs just now")).to_be_visible()
    await ada.evaluate("window.stayed = true")
    first = await host.begin(title="Stand-up")
    await expect(ada.get_by_role("link", name="Stand-up")).to_be_visible(timeout=PATIENCE * 1000)
    server.stop()
    await expect(ada.get_by_text("The server cannot be reached just now")).to_be_visible(timeout=PATIENCE * 1000)
    server.start()
    await host.ask("POST", f"/meetings/{first['id']}/end")
    await expect(ada.get_by_text("Nothing runs just now")).to_be_visible(timeout=PATIENCE * 1000)
    await expect(ada.get_by_text("The server cannot be reached just now")).to_be_hidden(timeout=PATIENCE * 1000)
    assert await ada.evaluate("window.stayed")


async def test_what_is_listed_comes_as_a_file(ada: Page, server: Server, host: Host) -> None:
    meeting = await host.begin(title="Stand-up")
    await host.ask("POST", f"/meetings/{meeting['id']}/end")
    await ada.goto(f"{server.url}/history")
    for words, begins in (("CSV", b"\xef\xbb\xbfSession"), ("Excel", b"PK")):
        async with ada.expect_download() as coming:
            await ada.get_by_role("link", name=words).click()
        assert _content(await (await coming.value).path()).startswith(begins)


def _content(file: Path) -> bytes:
    return file.read_bytes()
