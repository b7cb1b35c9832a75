"""Area 7, the live room, full: frames and processor time of four people who see each other, beside a bare call page."""

import asyncio
import os
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from bench import usage
from bench.area import Area, Options
from bench.call import PATIENCE, PEER, PREVIEW, Call, bare, ours, until
from bench.goals import OURS, Goal
from bench.rounds import Sample, Task
from tests.browser.chromium import FAKE_DEVICES, launch

FRAMES = "mesh of 4, frames/s"
CPU = "mesh of 4, CPU s/s"
PEOPLE = 4

GOALS = (Goal(what=FRAMES, against=PEER, least=0.9), Goal(what=CPU, against=PEER, most=1.2))
METHOD = (
    "Four pages, each of a fresh profile, in one Chromium with its made-up camera, on all cores with their server. "
    "When everybody has seen everybody, and ten seconds later, it is counted through one turn: frames decoded of all "
    "twelve pictures, and the processor time of server and browser together."
)

_SETTLED = 10
_LINKS = """
window.benchLinks = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...settings) { super(...settings); window.benchLinks.push(this); }
};
"""
_COUNTED = """
async () => {
  const frames = [];
  for (const link of window.benchLinks) {
    for (const one of (await link.getStats()).values()) {
      if (one.type === "inbound-rtp" && one.kind === "video") frames.push(one.framesDecoded ?? 0);
    }
  }
  return frames;
}
"""


@contextmanager
def prepared(options: Options) -> Iterator[Area]:
    """Start both servers and a browser."""
    with ExitStack() as stack:
        calls = {OURS: ours(options.folder, stack), PEER: bare(options.folder, stack)}
        run = stack.enter_context(asyncio.Runner()).run
        opened = AsyncExitStack()
        stack.callback(lambda: run(opened.aclose()))
        browser = run(_browser(opened))
        tasks = [
            Task(what=what, who=who, measure=_measuring(run, call, browser, what=what, seconds=options.seconds))
            for what in (FRAMES, CPU)
            for who, call in calls.items()
        ]
        yield Area(title="Four people", method=METHOD, tasks=tasks, goals=GOALS)


async def _browser(stack: AsyncExitStack) -> Browser:
    playwright = await stack.enter_async_context(async_playwright())
    browser = await launch(playwright, *FAKE_DEVICES)
    stack.push_async_callback(browser.close)
    return browser


def _measuring(
    run: Callable[[Coroutine[Any, Any, Sample]], Sample], call: Call, browser: Browser, *, what: str, seconds: int
) -> Callable[[], Sample]:
    return lambda: run(_measure(call, browser, what=what, seconds=seconds))


async def _measure(call: Call, browser: Browser, *, what: str, seconds: int) -> Sample:
    address = call.next_address()
    async with AsyncExitStack() as stack:
        pages = [await _come(call, browser, address, stack) for _ in range(PEOPLE)]
        await _everybody_sees(pages)
        await asyncio.sleep(_SETTLED)
        before, used, began = await _frames(pages), usage.cpu_seconds(os.getpid()), time.perf_counter()
        await asyncio.sleep(seconds)
        took = time.perf_counter() - began
        figures = {
            CPU: (usage.cpu_seconds(os.getpid()) - used) / took,
            FRAMES: (await _frames(pages) - before) / took,
        }
    return Sample(figure=figures.pop(what), beside=figures)


async def _come(call: Call, browser: Browser, address: str, stack: AsyncExitStack) -> Page:
    context = await stack.enter_async_context(await browser.new_context(viewport={"width": 1280, "height": 720}))
    await context.add_init_script(_LINKS)
    page = await context.new_page()
    await page.goto(address)
    await call.greet(page)
    await until(page, PREVIEW)
    await page.click(call.button)
    return page


async def _everybody_sees(pages: list[Page]) -> None:
    async with asyncio.timeout(PATIENCE):
        for page in pages:
            while await _seen(page) < PEOPLE - 1:  # noqa: ASYNC110 (it happens in another process)
                await asyncio.sleep(0.1)


async def _seen(page: Page) -> int:
    return len([frames for frames in await page.evaluate(_COUNTED) if frames])


async def _frames(pages: list[Page]) -> int:
    return sum([sum(await page.evaluate(_COUNTED)) for page in pages])
