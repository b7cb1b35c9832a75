"""Area 7, the live room: how long after a click on Join somebody sees the others, beside a bare call page."""

import asyncio
import http.client
import itertools
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

import msgspec
from playwright.async_api import Browser, Page, async_playwright

from bench import parley, usage
from bench.area import Area, Options
from bench.goals import OURS, Goal
from bench.processes import PEERS_PYTHON, Server, free_port, running
from bench.rounds import Sample, Task
from tests.browser.chromium import FAKE_DEVICES, launch

PEER = "bare call page"
WHAT = "join to first frame, s"

GOALS = (Goal(what=WHAT, against=PEER, most=1.5),)
METHOD = (
    "Two Chromiums of their own process with Chromium's made-up camera; one is in the call already. Measured in the "
    "page of the other one, whose preview shows the camera: from the click on Join to the first decoded frame of the "
    "first one's camera. Both see: until each has decoded a frame of the other. CPU: of servers and browsers together."
)

_NOTES = Path(__file__).with_name("first_frame.js")
PATIENCE = 20
PREVIEW = "() => document.querySelector('video').videoWidth > 0"
_GREETED = "() => window.benchNoted.greeted"
_DECODED = "() => window.benchNoted.decoded !== null"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A way to meet: where the next call is, what to do on its page before joining, and the button that joins."""

    next_address: Callable[[], str]
    button: str
    greet: Callable[[Page], Awaitable[None]]


@contextmanager
def prepared(options: Options) -> Iterator[Area]:
    """Start servers and browsers, and make one call of each kind, so that everything was loaded once."""
    with ExitStack() as stack:
        calls = {OURS: ours(options.folder, stack), PEER: bare(options.folder, stack)}
        run = stack.enter_context(asyncio.Runner()).run
        browsers = _Browsers(run, stack)
        tasks = [Task(what=WHAT, who=who, measure=browsers.measuring(call)) for who, call in calls.items()]
        for task in tasks:
            task.measure()
        yield Area(title="Live room", method=METHOD, tasks=tasks, goals=GOALS, rounds_in_one=5)


class _Browsers:
    """Two running browsers, and the event loop that drives them."""

    def __init__(self, run: Callable[[Coroutine[Any, Any, Any]], Any], stack: ExitStack) -> None:
        self._run = run
        opened = AsyncExitStack()
        stack.callback(lambda: run(opened.aclose()))
        self._one, self._other = run(_two_browsers(opened))

    def measuring(self, call: Call) -> Callable[[], Sample]:
        """Return what measures one call of a kind."""
        return lambda: self._run(_measure(call, one=self._one, other=self._other))


async def _two_browsers(stack: AsyncExitStack) -> tuple[Browser, Browser]:
    playwright = await stack.enter_async_context(async_playwright())
    one, other = [await launch(playwright, *FAKE_DEVICES) for _ in range(2)]
    stack.push_async_callback(one.close)
    stack.push_async_callback(other.close)
    return one, other


async def _measure(call: Call, *, one: Browser, other: Browser) -> Sample:
    address = call.next_address()
    async with _on_the_join_page(one, call, address) as first, _on_the_join_page(other, call, address) as second:
        await first.click(call.button)
        await until(first, _GREETED)
        before = usage.cpu_seconds(os.getpid())
        await second.click(call.button)
        await until(second, _DECODED)
        await until(first, _DECODED)
        used = usage.cpu_seconds(os.getpid()) - before
        clicked, seen = await _noted(second)
        _, seen_by_first = await _noted(first)
    both = max(seen, seen_by_first) - clicked
    return Sample(figure=(seen - clicked) / 1e3, beside={"both see, s": both / 1e3, "CPU s": used})


@asynccontextmanager
async def _on_the_join_page(browser: Browser, call: Call, address: str) -> AsyncIterator[Page]:
    """Open a call's page in a fresh profile, up to where nothing is left to do but join."""
    async with await browser.new_context() as context:
        await context.add_init_script(path=_NOTES)
        page = await context.new_page()
        await page.goto(address)
        await call.greet(page)
        await until(page, PREVIEW)
        yield page


async def _noted(page: Page) -> tuple[float, float]:
    noted = await page.evaluate("() => window.benchNoted")
    return noted["clicked"], noted["decoded"]


async def until(page: Page, condition: str) -> None:
    """Wait for a condition on a page. Playwright's own waiting evaluates text there, which a strict page forbids."""
    async with asyncio.timeout(PATIENCE):
        while not await page.evaluate(condition):  # noqa: ASYNC110 (the event happens in another process)
            await asyncio.sleep(0.02)


def signalling(folder: Path, stack: ExitStack) -> int:
    """Run the peer's server until the end of the stack; return its port."""
    port = free_port()
    command = [PEERS_PYTHON, "-m", "bench.peers.call.server", str(port)]
    stack.enter_context(running(command, port=port, log=folder / "call.log", environment=os.environ))
    return port


def bare(folder: Path, stack: ExitStack) -> Call:
    """Return the peer's way to meet."""
    address = f"http://localhost:{signalling(folder, stack)}/call"
    numbers = itertools.count(1)
    return Call(next_address=lambda: f"{address}/{next(numbers)}", button="#join", greet=_say_nothing)


def ours(folder: Path, stack: ExitStack) -> Call:
    """Return Parley's way to meet."""
    installed = parley.install(folder / "parley", meetings=1_000, organizers=1)
    port = free_port()
    served = running(parley.SERVE, port=port, log=folder / "parley.log", environment=installed.environment(port))
    server = stack.enter_context(served)
    meetings = iter(installed.meetings)
    return Call(
        next_address=lambda: _started(next(meetings), installed.tokens[0], server),
        button="#join-form [data-part=enter]",
        greet=_say_a_name,
    )


async def _say_nothing(_page: Page) -> None:
    pass


async def _say_a_name(page: Page) -> None:
    await page.fill("#name", "Ada")


def _started(meeting: int, token: str, server: Server) -> str:
    """Start a meeting, as its organizer; return the address of its page."""
    path = f"/api/v1/meetings/{meeting}"
    _ask("POST", f"{path}/start", token=token, server=server)
    number = _ask("GET", path, token=token, server=server)["number"]
    return f"http://localhost:{server.port}/join/{number}"


def _ask(method: str, path: str, *, token: str, server: Server) -> dict[str, Any]:
    connection = http.client.HTTPConnection("localhost", server.port)
    connection.request(method, path, headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    told: dict[str, Any] = msgspec.json.decode(answer.read())
    if answer.status >= HTTPStatus.BAD_REQUEST:
        message = f"{method} {path}: {answer.status} {told}"
        raise RuntimeError(message)
    return told
