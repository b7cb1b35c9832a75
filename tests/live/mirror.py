"""What a client knows of a room: it hears events and keeps the people, as the protocol's document tells it to."""

from collections.abc import Callable
from typing import Any

Event = dict[str, Any]
MEDIA = ("microphone", "camera", "screen")


class Mirror:
    """The people and messages of a room as one client sees them."""

    def __init__(self) -> None:
        self.people: dict[str, Event] = {}
        self.said: dict[str, Event] = {}
        self.last: str | None = None
        self.spotlight: str | None = None
        self.over = False

    def hear(self, event: Event) -> None:
        """Take one event."""
        if event["type"] in HEARD:
            HEARD[event["type"]](self, event)
        if "id" in event and event["type"] != "welcome":
            epoch, _, count = str(self.last).partition(".")
            assert event["id"] == f"{epoch}.{int(count) + 1}", event
            self.last = event["id"]

    def welcome(self, welcome: Event) -> None:
        """Take everything from a welcome; after it the events that were missed are numbered on from the last one."""
        self.people = {person["id"]: person for person in welcome["people"]}
        self.spotlight = welcome["spotlight"]
        if not welcome["resumed"]:
            self.said.clear()
            self.last = welcome["id"]
        self.said |= {message["id"]: message for message in welcome["messages"]}


def _set_person(mirror: Mirror, event: Event) -> None:
    mirror.people[event["person"]["id"]] = event["person"]


def _away(mirror: Mirror, event: Event) -> None:
    if event["who"] in mirror.people:
        mirror.people[event["who"]]["away"] = True


def _left(mirror: Mirror, event: Event) -> None:
    mirror.people.pop(event["who"], None)
    if mirror.spotlight == event["who"]:
        mirror.spotlight = None


def _role(mirror: Mirror, event: Event) -> None:
    if event["who"] in mirror.people:
        mirror.people[event["who"]]["role"] = event["role"]


def _media(mirror: Mirror, event: Event) -> None:
    if event["who"] in mirror.people:
        mirror.people[event["who"]]["media"] = {part: event[part] for part in MEDIA}


def _hand(mirror: Mirror, event: Event) -> None:
    if event["who"] in mirror.people:
        mirror.people[event["who"]]["hand"] = event["raised_at"]


def _said(mirror: Mirror, event: Event) -> None:
    mirror.said[event["message"]["id"]] = event["message"]


def _spotlight(mirror: Mirror, event: Event) -> None:
    mirror.spotlight = event["who"]


def _ended(mirror: Mirror, _event: Event) -> None:
    mirror.people.clear()
    mirror.over = True


HEARD: dict[str, Callable[[Mirror, Event], None]] = {
    "welcome": Mirror.welcome,
    "joined": _set_person,
    "back": _set_person,
    "away": _away,
    "left": _left,
    "role": _role,
    "media": _media,
    "hand": _hand,
    "said": _said,
    "spotlight": _spotlight,
    "ended": _ended,
}
