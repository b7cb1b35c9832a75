"""Files in the chat: shared by one, had by all, also by who comes late; what is not taken says why."""

from pathlib import Path

from playwright.async_api import FilePayload, expect

from tests.browser.conftest import Person
from tests.browser.meeting import Host, Visitor, in_the_browser

MINUTES = b"%PDF-1.7 minutes"


def _file(name: str, content: bytes = MINUTES) -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def _content(file: Path) -> bytes:
    return file.read_bytes()


@in_the_browser
async def test_a_file_is_shared_with_everybody_and_with_who_comes_late(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada = await (await Visitor.come(await person(), meeting["join_url"], "Ada")).enter()
    bo = await (await Visitor.come(await person(), meeting["join_url"], "Bo")).enter()
    await ada.say("Here they are.")
    await ada.reads("Here they are.")
    choose = ada.page.locator("#chat input[type=file]")
    await choose.set_input_files(_file("run.exe"))
    await ada.sees(ada.page.locator("#chat .field-error").get_by_text("Files of this type are not taken here."))
    await choose.set_input_files(_file("Minutes <b>.pdf"))
    await bo.sees(bo.page.locator(".room-notice").get_by_text("Ada shares “Minutes <b>.pdf”"))
    eve = await (await Visitor.come(await person(), meeting["join_url"], "Eve")).enter()
    for one in (bo, eve):
        await one.press("chat")
        card = one.page.locator("#chat .file-card")
        await expect(card).to_contain_text("Minutes <b>.pdf")
        async with one.page.expect_download() as download:
            await card.click()
        assert _content(await (await download.value).path()) == MINUTES
    [kept] = await host.record("artefacts")
    assert (kept["kind"], kept["name"], kept["state"]) == ("file", "Minutes <b>.pdf", "ready")
    await host.ask("DELETE", f"/artefacts/{kept['id']}")
    await expect(eve.page.locator("#chat .file-card")).to_have_count(0)
