"""A shared screen: real pixels of a real tab, seen by another."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Playwright, expect

from tests.browser.chromium import SHARED_TAB, launch
from tests.browser.conftest import Person
from tests.browser.meeting import Host, Visitor, eventually, in_the_browser

_CAMERA_AND_TAB = """
navigator.mediaDevices.getUserMedia = async ({video}) => {
  const stream = new MediaStream();
  if (video) {
    const canvas = document.createElement("canvas");
    setInterval(() => canvas.getContext("2d").fillRect(Math.random() * 300, Math.random() * 150, 5, 5), 50);
    stream.addTrack(canvas.captureStream(20).getVideoTracks()[0]);
  }
  const audio = new AudioContext();
  const tone = new OscillatorNode(audio);
  const out = audio.createMediaStreamDestination();
  tone.connect(out);
  tone.start();
  addEventListener("click", () => audio.resume());
  stream.addTrack(out.stream.getAudioTracks()[0]);
  return stream;
};
const share = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getDisplayMedia = () => share({video: true, preferCurrentTab: true});
"""
"""Without Chromium's made-up devices a page draws its own camera; and the test's tab is the one that it shares."""

_PAINTED = """
() => {
  const sheet = document.createElement("div");
  sheet.style.cssText = "position: fixed; inset: 0; z-index: 99; pointer-events: none; background: rgb(200, 40, 120)";
  document.body.append(sheet);
}
"""

_COLOR = """
() => {
  const video = document.querySelector(".tile.screen video");
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  canvas.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 1, 1, 0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
}
"""


@pytest_asyncio.fixture(loop_scope="session")
async def sharer(playwright: Playwright) -> AsyncIterator[BrowserContext]:
    """A browser that shares its own tab without asking."""
    browser: Browser = await launch(playwright, *SHARED_TAB)
    context = await browser.new_context()
    await context.add_init_script(_CAMERA_AND_TAB)
    yield context
    await browser.close()


@in_the_browser
async def test_a_shared_tab_is_seen_by_others(host: Host, person: Person, sharer: BrowserContext) -> None:
    meeting = await host.begin()
    ada = await (await Visitor.come(await person(), meeting["join_url"], "Ada")).enter()
    bo = await (await Visitor.come(sharer, meeting["join_url"], "Bo")).enter()
    await ada.sees_faces("Bo")
    await bo.press("share")
    await ada.sees(ada.page.get_by_text("Screen of Bo", exact=True))
    await bo.sees(bo.page.locator(".room-notice").get_by_text("Everyone sees your screen."))
    await bo.page.evaluate(_PAINTED)

    async def sees_the_paint() -> bool:
        red, green, blue = await ada.page.evaluate(_COLOR)
        return bool(abs(red - 200) < 30 and abs(green - 40) < 30 and abs(blue - 120) < 30)

    await eventually(sees_the_paint)
    eve = await (await Visitor.come(await person(), meeting["join_url"], "Eve")).enter()
    await eve.sees(eve.page.locator(".tile.screen.seen"))
    await bo.page.get_by_role("button", name="Stop sharing").click()
    await expect(ada.page.locator(".tile.screen")).to_have_count(0)
    await bo.press("share")
    await ada.sees(ada.page.locator(".tile.screen.seen.stage"))
