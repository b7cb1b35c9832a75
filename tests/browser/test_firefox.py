"""Firefox and Chromium meet: what Parley speaks is WebRTC, not one browser's habits."""

from pathlib import Path

from playwright.async_api import expect

from tests.browser.conftest import Person
from tests.browser.firefox import firefox
from tests.browser.meeting import FLOWING, LINKS_IN_REACH, Host, Visitor, eventually, in_the_browser


@in_the_browser
async def test_firefox_and_chromium_see_and_hear_each_other(host: Host, person: Person, tmp_path: Path) -> None:
    meeting = await host.begin()
    ada = await (await Visitor.come(await person(), meeting["join_url"], "Ada")).enter()
    async with firefox(tmp_path) as fox:
        await fox.before_every_page(LINKS_IN_REACH)
        await fox.go(meeting["join_url"])
        await fox.type("#name", "Renard")
        await fox.click("[data-part=enter]")
        await fox.sees("#room .tile.seen:not(.mine)")
        await ada.sees_faces("Renard")
        before = await fox.evaluate(f"({FLOWING})()")

        async def more_of_both() -> bool:
            now = await fox.evaluate(f"({FLOWING})()")
            return bool(now["frames"] > before["frames"] and now["sound"] > before["sound"])

        await eventually(more_of_both)
        await fox.click(".room-bar [data-act=chat]")
        await fox.type("#chat-text", "Bonjour à tous\ue007")
        await ada.press("chat")
        await ada.reads("Bonjour à tous")
        await fox.click(".room-bar [data-act=leave]")
        await expect(ada.page.locator(".tile")).to_have_count(1)
    [stay] = (await host.stays())["Renard"]
    assert stay["ended_by"] == "left"
