"""What one sees and does in the room: whom one writes to, whom one sees large, how one looks at the others."""

import re
from contextlib import suppress

from playwright.async_api import Error, Locator, expect

from tests.browser.conftest import Person
from tests.browser.meeting import PATIENCE, Host, Visitor, eventually, in_the_browser

pytestmark = in_the_browser


async def test_what_is_written_to_one_is_read_by_those_two_alone(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada, bo, eve = [
        await (await Visitor.come(await person(), meeting["join_url"], name)).enter() for name in ("Ada", "Bo", "Eve")
    ]
    await bo.press("people")
    await bo.page.get_by_role("button", name="Options for Ada").click()
    await bo.page.get_by_role("button", name="Write privately").click()
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


def _large(visitor: Visitor, name: str) -> Locator:
    return visitor.page.locator(".tile.stage").filter(has_text=name)


async def _is_large(visitor: Visitor, name: str) -> None:
    await expect(_large(visitor, name)).to_be_visible(timeout=PATIENCE * 1000)


async def test_who_speaks_is_large_and_so_is_who_is_chosen(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada = await Visitor.come(await person(), meeting["join_url"], "ada")
    await ada.sign_in(host.email)
    await ada.enter()
    bo, cleo = [
        await (await Visitor.come(await person(), meeting["join_url"], name)).enter() for name in ("Bo", "Cleo")
    ]
    await ada.sees_faces("Bo", "Cleo")
    await bo.press("microphone")
    await expect(ada.page.locator(".tile.stage")).to_have_count(0)
    await ada.press("more")
    await ada.page.get_by_role("button", name="Who speaks large").click()
    await _is_large(ada, "Cleo")
    await cleo.press("microphone")
    await bo.press("microphone")
    await _is_large(ada, "Bo")
    await ada.page.locator(".tile.strip").filter(has_text="Cleo").click()
    await _is_large(ada, "Cleo")
    await expect(bo.page.locator(".tile.stage")).to_have_count(0)
    await ada.page.get_by_role("button", name="Large to me: Cleo").click()
    await _is_large(ada, "Bo")
    await ada.press("people")
    await ada.page.get_by_role("button", name="Options for Cleo").click()
    await ada.page.get_by_role("button", name="Show large to all").click()
    await _is_large(ada, "Cleo")
    await _is_large(bo, "Cleo")
    await ada.page.reload()
    await _is_large(ada, "Cleo")
    await cleo.press("leave")
    await expect(bo.page.locator(".tile.stage")).to_have_count(0)
    await ada.press("more")
    await expect(ada.page.get_by_role("button", name="All alike")).to_be_visible()


async def test_a_reaction_rises_for_everybody(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada, bo = [await (await Visitor.come(await person(), meeting["join_url"], name)).enter() for name in ("Ada", "Bo")]
    await ada.sees_faces("Bo")
    await bo.press("react")
    await bo.page.get_by_role("button", name="Applause").click()
    await expect(ada.page.locator(".tile:not(.mine) .tile-reaction")).to_have_text("👏")
    await expect(bo.page.locator(".tile.mine .tile-reaction")).to_have_text("👏")
    await expect(ada.page.locator("[data-part=announcer]")).to_contain_text("Bo: Applause")
    await expect(ada.page.locator(".tile-reaction")).to_have_count(0)


async def test_single_keys_do_what_the_controls_do(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada, bo = [await (await Visitor.come(await person(), meeting["join_url"], name)).enter() for name in ("Ada", "Bo")]
    await ada.sees_faces("Bo")
    keyboard, muted = ada.page.keyboard, bo.page.locator(".tile:not(.mine) .tile-muted")
    await keyboard.press("m")
    await expect(muted).to_be_visible()
    await ada.page.locator(".room-stage").click()
    await keyboard.down(" ")
    await expect(muted).to_be_hidden()
    await keyboard.up(" ")
    await expect(muted).to_be_visible()
    await keyboard.press("c")
    await keyboard.type("mvh?")
    await expect(ada.page.locator("#chat-text")).to_have_value("mvh?")
    await expect(muted).to_be_visible()
    await keyboard.press("Escape")
    await keyboard.press("?")
    overview = ada.page.get_by_role("dialog", name="Keyboard shortcuts")
    await expect(overview).to_contain_text("Raise or lower the hand")
    await overview.get_by_role("checkbox").uncheck()
    await overview.get_by_role("button", name="Done").click()
    await keyboard.press("h")
    await keyboard.press("?")
    await expect(overview).to_be_visible()
    await overview.get_by_role("checkbox").check()
    await keyboard.press("Escape")
    await expect(ada.page.locator(".tile.mine .tile-hand")).to_be_hidden()
    await keyboard.press("h")
    await expect(bo.page.locator(".tile:not(.mine) .tile-hand")).to_be_visible()


async def test_a_small_window_stays_above_others(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada, bo = [await (await Visitor.come(await person(), meeting["join_url"], name)).enter() for name in ("Ada", "Bo")]
    await ada.sees_faces("Bo")
    async with ada.page.context.expect_page() as opened:
        await ada.press("more")
        await ada.page.get_by_role("button", name="Small window").click()
    window = await opened.value
    await expect(window.get_by_text("Bo", exact=True)).to_be_visible()
    await expect(window.locator("video")).to_be_visible()
    await window.get_by_role("button", name="Mute").click()
    await expect(bo.page.locator(".tile:not(.mine) .tile-muted")).to_be_visible()
    await expect(window.get_by_role("button", name="Unmute")).to_be_visible()
    async with window.expect_event("close"):
        with suppress(Error):  # it may be gone before the click is said to be done
            await window.get_by_role("button", name="Back to the meeting").click()


_WEAK = """
const measure = RTCPeerConnection.prototype.getStats;
RTCPeerConnection.prototype.getStats = async function () {
  const found = new Map(await measure.call(this));
  for (const [id, one] of found) if (one.type === "remote-inbound-rtp") found.set(id, { ...one, fractionLost: 0.1 });
  return found;
};
"""
"""A browser that is told by the others that a tenth of what it sends is lost."""

_SCALES = """
() => window.links.filter((link) => link.connectionState === "connected").flatMap((link) => link.getSenders())
  .filter((sender) => sender.track?.kind === "video")
  .map((sender) => sender.getParameters().encodings[0].scaleResolutionDownBy)
"""


async def test_over_a_weak_line_a_smaller_picture_is_sent(host: Host, person: Person) -> None:
    meeting = await host.begin()
    browser = await person()
    await browser.add_init_script(_WEAK)
    ada = await (await Visitor.come(browser, meeting["join_url"], "Ada")).enter()
    bo = await (await Visitor.come(await person(), meeting["join_url"], "Bo")).enter()
    await bo.sees_faces("Ada")
    await ada.sees(ada.page.locator(".room-notice").get_by_text("The connection to Bo is weak"))
    assert await ada.page.evaluate(_SCALES) == [1.5]
    await bo.sees_faces("Ada")


_PICTURES_SENT = """
() => window.links.filter((link) => link.connectionState === "connected").flatMap((link) => link.getSenders())
  .filter((sender) => sender.track?.kind === "video" && sender.getParameters().encodings[0].active).length
"""


async def test_with_sound_only_nobody_sends_pictures(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada, bo = [await (await Visitor.come(await person(), meeting["join_url"], name)).enter() for name in ("Ada", "Bo")]
    await ada.sees_faces("Bo")
    await bo.sees_faces("Ada")
    await ada.page.keyboard.press("o")
    await expect(ada.page.locator(".tile.dark:not(.mine)")).to_be_visible()
    await expect(bo.page.locator(".tile.dark:not(.mine)")).to_be_visible()

    async def sends_none() -> bool:
        return bool(await bo.page.evaluate(_PICTURES_SENT) == 0)

    await eventually(sends_none)
    await ada.press("more")
    await expect(ada.page.get_by_role("button", name="Sound only")).to_have_attribute("aria-pressed", "true")
    await ada.page.get_by_role("button", name="Sound only").click()
    await ada.sees_faces("Bo")
    await bo.sees_faces("Ada")


async def test_how_the_line_is_stands_there_in_figures(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada, _ = [await (await Visitor.come(await person(), meeting["join_url"], name)).enter() for name in ("Ada", "Bo")]
    await ada.sees_faces("Bo")
    await ada.sees(ada.page.locator(".tile:not(.mine) .tile-line"))
    await ada.page.keyboard.press("q")
    line = ada.page.get_by_role("dialog", name="Connections").get_by_role("listitem").filter(has_text="Bo")
    await expect(line.locator("[data-part=round-trip]")).to_contain_text("ms", timeout=PATIENCE * 1000)
    await expect(line.locator("[data-part=received]")).to_contain_text("kbit/s")
    await expect(line.locator("[data-part=frames] polyline")).to_have_attribute("points", re.compile(","))


async def test_another_microphone_and_speaker_are_chosen_in_the_middle(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada, bo = [await (await Visitor.come(await person(), meeting["join_url"], name)).enter() for name in ("Ada", "Bo")]
    await bo.sees_faces("Ada")
    await ada.page.get_by_role("button", name="Devices").click()
    await ada.page.select_option("#room-microphone", label="Fake Audio Input 2")
    await ada.page.select_option("#room-speaker", label="Fake Audio Output 2")
    await ada.page.get_by_role("button", name="Done").click()

    async def is_sent() -> bool:
        return bool(await ada.page.evaluate(_MICROPHONES) == ["Fake Audio Input 2"])

    await eventually(is_sent)
    await bo.everything_flows()
    await ada.page.reload()
    await eventually(is_sent)


_MICROPHONES = """
() => window.links.filter((link) => link.connectionState === "connected").flatMap((link) => link.getSenders())
  .filter((sender) => sender.track?.kind === "audio").map((sender) => sender.track.label)
"""


async def test_what_is_unplugged_is_said_and_something_else_is_used(host: Host, person: Person) -> None:
    meeting = await host.begin()
    browser = await person()
    await browser.add_init_script(
        "const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
        "navigator.mediaDevices.getUserMedia = async (wish) => (window.stream = await ask(wish));"
    )
    ada = await (await Visitor.come(browser, meeting["join_url"], "Ada")).enter()
    bo = await (await Visitor.come(await person(), meeting["join_url"], "Bo")).enter()
    await bo.sees_faces("Ada")
    unplug = "const [track] = window.stream.getVideoTracks(); track.stop(); track.dispatchEvent(new Event('ended'));"
    await ada.page.evaluate(unplug)
    await ada.sees(ada.page.locator(".room-notice").get_by_text("is gone."))
    await bo.sees_faces("Ada")
