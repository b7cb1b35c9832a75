"""What is decided about speakers, lines and pictures: scripts without a page, asked directly."""

from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page

from tests.browser.conftest import Person
from tests.browser.meeting import in_the_browser
from tests.server import Server

pytestmark = in_the_browser

GOOD = {"sentLoss": 0, "roundTrip": 0.05}
BAD = {"sentLoss": 0.1, "roundTrip": 0.05}
HOPELESS = {"sentLoss": 0.3, "roundTrip": 0.05}

_FOLLOW = """
async ({looks}) => {
  const { Pace } = await import("/static/any/live/pace.js");
  const pace = new Pace();
  const told = [];
  return looks.map((look) => {
    const slower = pace.follow([["bo", { slow: (step) => told.push(step) }]], { latest: () => look });
    return [pace.step("bo"), slower.length];
  });
}
"""

_LISTEN = """
async ({heard}) => {
  const { ActiveSpeaker } = await import("/static/any/live/speaker.js");
  const speaker = new ActiveSpeaker();
  return heard.map(([at, ...speaking]) => { speaker.listen(speaking, at); return speaker.who; });
}
"""

_BUDGET = """
async ({role, terms, height}) => (await import("/static/any/live/outgoing.js")).budget(role, terms, height)
"""

_WISHES = """
async ({heights, given, floats}) => {
  const { View } = await import("/static/any/live/view.js");
  const view = Object.assign(new View(), given);
  const roster = { others: Object.keys(heights).map((id) => ({ id })) };
  return Object.fromEntries(view.wishes(roster, new Map(Object.entries(heights)), floats));
}
"""


@pytest_asyncio.fixture(loop_scope="session")
async def page(server: Server, person: Person) -> Page:
    """A page of the server, on which its scripts can be imported."""
    page = await (await person()).new_page()
    await page.goto(f"{server.url}/join")
    return page


async def test_less_is_sent_over_a_weak_line_and_more_when_it_recovers(page: Page) -> None:
    looks = [GOOD, BAD, GOOD, BAD, BAD, *[HOPELESS] * 4, *[GOOD] * 40]
    steps = [step for step, _ in await page.evaluate(_FOLLOW, {"looks": looks})]
    assert steps[:9] == [0, 0, 0, 0, 1, 1, 2, 2, 3]
    assert steps[9:] == sorted(steps[9:], reverse=True)
    assert steps[-1] == 0


async def test_a_picture_is_sent_over_all_but_hopeless_lines(page: Page) -> None:
    steps = [step for step, _ in await page.evaluate(_FOLLOW, {"looks": [BAD] * 20})]
    assert max(steps) == 2


async def test_whoever_was_sent_too_much_waits_longer_for_the_next_try(page: Page) -> None:
    looks = [BAD, BAD, *[GOOD] * 4, BAD, BAD, *[GOOD] * 8]
    steps = [step for step, _ in await page.evaluate(_FOLLOW, {"looks": looks})]
    assert steps == [0, 1, 1, 1, 1, 0, 0, 1, *[1] * 7, 0]


async def test_that_less_is_sent_is_told_once_for_every_step(page: Page) -> None:
    told = [slower for _, slower in await page.evaluate(_FOLLOW, {"looks": [HOPELESS] * 10})]
    assert told == [0, 1, 0, 1, 0, 1, 0, 0, 0, 0]


async def test_nobody_is_large_for_a_cough_or_for_a_moment(page: Page) -> None:
    heard: list[list[Any]] = [[0, "bo"], [500, "eve"], [900, "eve"], [1300, "eve"], [1500, "bo"], [2400, "bo"]]
    heard += [[3000, "bo", "eve"], [3800, "bo"], [4400, "bo"], [4600, "bo"], [9000, "eve", "bo"], [9900]]
    assert await page.evaluate(_LISTEN, {"heard": heard}) == [
        *(None, None, None, "eve", "eve", "eve"),
        *("eve", "eve", "eve", "bo", "bo", "bo"),
    ]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({"wish": 0}, {"active": False}),
        ({"wish": 180}, {"active": True, "scaleResolutionDownBy": 4, "maxBitrate": 150_000}),
        ({"wish": 720}, {"active": True, "scaleResolutionDownBy": 1, "maxBitrate": 1_700_000}),
        ({"wish": 720, "step": 1}, {"active": True, "scaleResolutionDownBy": 1.5, "maxBitrate": 850_000}),
        ({"step": 3}, {"active": False}),
    ],
)
async def test_a_picture_is_as_large_as_it_is_shown_and_the_line_allows(
    page: Page, terms: dict[str, int], expected: dict[str, object]
) -> None:
    given = {"others": 1, "step": 0, "wish": None} | terms
    budget = await page.evaluate(_BUDGET, {"role": "camera", "terms": given, "height": 720})
    assert expected.items() <= budget.items()


async def test_sound_and_screens_are_always_sent(page: Page) -> None:
    terms = {"others": 5, "step": 3, "wish": 0}
    for role in ("microphone", "sound", "screen"):
        assert (await page.evaluate(_BUDGET, {"role": role, "terms": terms, "height": 720}))["active"]


async def test_pictures_are_wanted_as_high_as_they_are_shown(page: Page) -> None:
    heights = {"bo": 150, "eve": 300, "max": 800}
    wanted = {"bo": 180, "eve": 360, "max": 720}
    assert await page.evaluate(_WISHES, {"heights": heights, "given": {}, "floats": False}) == wanted
    nothing = dict.fromkeys(heights, 0)
    assert await page.evaluate(_WISHES, {"heights": heights, "given": {"soundOnly": True}, "floats": False}) == nothing
    recorded = {"bo": 360, "eve": 360, "max": 720}
    given = {"soundOnly": True, "records": True}
    assert await page.evaluate(_WISHES, {"heights": heights, "given": given, "floats": False}) == recorded
