"""What one sees and does in the room: whom one writes to, whom one sees large, how one looks at the others."""

from playwright.async_api import expect

from tests.browser.conftest import Person
from tests.browser.meeting import Host, Visitor, in_the_browser

pytestmark = in_the_browser


async def test_what_is_written_to_one_is_read_by_those_two_alone(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada, bo, eve = [
        await (await Visitor.come(await person(), meeting["join_url"], name)).enter() for name in ("Ada", "Bo", "Eve")
    ]
    await bo.press("people")
    await bo.page.get_by_role("button", name="Options for Ada").click()
    await bo.page.get_by_role("button", name="Write alone").click()
    await expect(bo.page.locator("#chat-text")).to_have_attribute("placeholder", "Write to Ada alone")
    await bo.say("Between us.")
    await ada.sees(ada.page.locator(".room-notice").get_by_text("Bo, to you alone: Between us."))
    await bo.page.select_option("#chat-to", "")
    await bo.say("For all.")
    await ada.press("chat")
    await eve.press("chat")
    await ada.reads("Between us.", "For all.")
    await eve.reads("For all.")
    await expect(ada.page.locator(".said.private .said-to")).to_have_text("to you alone")
    await bo.page.select_option("#chat-to", label="Eve")
    await eve.press("leave")
    await expect(bo.page.locator("#chat-to option:checked")).to_have_text("Eve (not here)")
    await bo.page.fill("#chat-text", "Still there?")
    await bo.page.press("#chat-text", "Enter")
    await bo.sees(bo.page.get_by_text("This person is not here any more."))
    await bo.page.reload()
    await bo.press("chat")
    await bo.reads("Between us.", "For all.")
    assert [message["text"] for message in await host.record("messages")] == ["For all."]
