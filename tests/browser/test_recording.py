"""A host records: everybody is told and asked, and what arrives is whole whatever happens to the host's page."""

import subprocess
from pathlib import Path

from playwright.async_api import Locator, expect

from tests.browser.conftest import Person
from tests.browser.meeting import PATIENCE, Host, Visitor, eventually, in_the_browser


async def recordings(host: Host) -> list[dict[str, str]]:
    return await host.record("artefacts")


@in_the_browser
async def test_what_two_people_say_and_show_is_recorded_and_everybody_is_asked(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada = await Visitor.come(await person(), meeting["join_url"], "ada")
    await ada.sign_in(host.email)
    await ada.enter()
    bo = await (await Visitor.come(await person(), meeting["join_url"], "Bo")).enter()
    await ada.sees_faces("Bo")
    await ada.page.click("[data-act=record]")
    await ada.sees(ada.page.locator(".room-top [data-part=recording]"))
    await bo.sees(bo.page.locator("[data-part=recorded]"))
    await bo.page.click("[data-act=agree]")
    await expect(bo.page.locator("[data-part=recorded]")).to_be_hidden()
    eve = await (await Visitor.come(await person(), meeting["join_url"], "Eve")).enter()
    await eve.sees(eve.page.locator("[data-part=recorded]"))
    await ada.page.wait_for_timeout(5000)
    await ada.page.click("[data-act=record]")

    async def ready() -> bool:
        found = await recordings(host)
        return bool(found) and found[0]["state"] == "ready"

    await eventually(ready)
