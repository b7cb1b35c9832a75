"""Where people sit, and what the room remembers: scripts without a page, asked directly."""

from collections.abc import AsyncIterator
from itertools import combinations
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page

from parley.web.shell.templates import shade
from tests.browser.conftest import Person
from tests.browser.meeting import in_the_browser
from tests.server import Server

SIZES = [(1280, 680), (1920, 900), (390, 700), (844, 300), (700, 700)]

_ARRANGE = """
async ({script, people, stage, kind, width, height}) => {
  const { arrange } = await import(script);
  return [...arrange({ people, me: "me", stage, kind, width, height })];
}
"""

_HEAR = """
async ({script, events}) => {
  const { Roster } = await import(script);
  const roster = new Roster();
  const news = events.flatMap((event) => roster.hear(event)).map(({ what, name }) => `${what} ${name}`);
  return { news, people: roster.seated.map(({ name }) => name), screens: roster.screens, said: roster.messages.length };
}
"""

Place = dict[str, Any]


@pytest_asyncio.fixture(loop_scope="session")
async def page(server: Server, person: Person) -> AsyncIterator[Page]:
    """A page of the server, on which its scripts can be imported."""
    page = await (await person()).new_page()
    await page.goto(f"{server.url}/join")
    yield page


def _overlap(one: Place, other: Place) -> bool:
    across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
    down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
    return bool(across > 0.5 and down > 0.5)


@in_the_browser
async def test_everybody_has_room_and_nobody_is_covered(page: Page) -> None:
    for width, height in SIZES:
        for count in range(1, 7):
            for stage in (None, "screen", "face"):
                people = ["me", *(f"other {number}" for number in range(1, count))]
                room = {"people": people, "stage": stage, "kind": stage, "width": width, "height": height}
                places = dict(await page.evaluate(_ARRANGE, {"script": _script("layout"), **room}))
                assert set(places) == {*people, *([stage] if stage else [])}
                for place in places.values():
                    assert place["width"] >= 40
                    assert place["height"] >= 40
                    assert min(place["x"], place["y"]) >= -0.5
                    assert place["x"] + place["width"] <= width + 0.5
                    assert place["y"] + place["height"] <= height + 0.5
                apart = [place for place in places.values() if place["as"] != "inset"]
                assert not any(_overlap(one, other) for one, other in combinations(apart, 2)), room


@in_the_browser
@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_a_shared_screen_takes_the_most_room(page: Page, width: int, height: int) -> None:
    room = {"people": ["other", "me"], "stage": "screen", "kind": "screen", "width": width, "height": height}
    places = dict(await page.evaluate(_ARRANGE, {"script": _script("layout"), **room}))
    areas = {key: place["width"] * place["height"] for key, place in places.items()}
    assert areas["screen"] > 1.2 * areas["other"]


def _person(name: str, **more: object) -> dict[str, object]:
    media = {"microphone": True, "camera": True, "screen": False}
    about = {"id": name, "name": name.title(), "role": "attendee", "user": False, "hand": None, "away": False}
    return about | {"media": media, "joined_at": f"2026-01-31T10:00:0{len(name)}Z"} | more


@in_the_browser
@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_of_six_who_is_large_has_more_room_than_anybody_else(page: Page, width: int, height: int) -> None:
    others = ["me", *(f"other {number}" for number in range(4))]
    room = {"people": others, "stage": "large", "kind": "face", "width": width, "height": height}
    places = dict(await page.evaluate(_ARRANGE, {"script": _script("layout"), **room}))
    areas = {key: place["width"] * place["height"] for key, place in places.items()}
    assert areas.pop("large") > 2 * max(areas.values())


@in_the_browser
async def test_what_is_heard_twice_counts_once(page: Page) -> None:
    welcome = {"type": "welcome", "you": "me", "resumed": False, "room": {}, "people": [_person("me")], "messages": []}
    message = {"id": "7", "who": "bo", "name": "Bo", "text": "Hello", "sent_at": "2026-01-31T10:00:05Z"}
    sharing = {"type": "media", "who": "bo", "microphone": True, "camera": True, "screen": True}
    once = [{"type": "joined", "person": _person("bo")}, {"type": "said", "message": message}, sharing]
    events = [welcome, *once, *once, welcome | {"resumed": True, "people": [_person("me"), _person("eve")]}]
    heard = await page.evaluate(_HEAR, {"script": _script("roster"), "events": events})
    assert heard["news"] == ["joined Bo", "said Bo", "sharing Bo"]
    assert heard["people"] == ["Me", "Eve"]
    assert heard["said"] == 1
    assert heard["screens"] == []


@in_the_browser
async def test_a_name_has_the_same_color_in_the_room_and_on_pages(page: Page) -> None:
    names = ["Ada", "Bo Karlsen", "Zoë", "李雷", "Émile 🎈"]
    script = "async ({script, names}) => names.map((await import(script)).shade)"
    assert await page.evaluate(script, {"script": _script("markup"), "names": names}) == [*map(shade, names)]


def _script(name: str) -> str:
    return f"/static/any/live/{name}.js"
