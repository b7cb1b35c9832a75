"""A browser without a screen: cookies, forms with their hidden fields, and the words that a page shows."""

import re
from collections.abc import Mapping
from datetime import timedelta
from html.parser import HTMLParser
from types import MappingProxyType

import httpx

from parley.access import COOKIE, ClientInfo
from parley.access.sign_in import open_session
from parley.people import Caller
from tests.doors import Doors

EMPTY: Mapping[str, str] = MappingProxyType({})
_SPACE = re.compile(r"\s+")
_UNSEEN = {"script", "style", "template", "datalist"}


class Browser:
    """Somebody's browser, signed in or not."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def see(self, path: str, *, status: int = 200, headers: dict[str, str] | None = None) -> "Seen":
        """Open a page, following no redirect."""
        return _seen(await self.client.get(path, headers=headers), status=status)

    async def send(self, path: str, typed: Mapping[str, str] = EMPTY, *, status: int = 303, **more: str) -> "Seen":
        """Post a form, with the proof that it came from one of our pages."""
        token = self.client.cookies.get("parley_csrf")
        if token is None:
            await self.client.get("/signin")
            token = self.client.cookies["parley_csrf"]
        answer = await self.client.post(path, data={**typed, **more, "_csrf_token": token})
        return _seen(answer, status=status)


class Seen:
    """A page as it is seen: its words, the fields of its forms, where it leads."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self.goes_to = answer.headers.get("location")
        reader = _Reader()
        reader.feed(answer.text if answer.headers.get("content-type", "").startswith("text/html") else "")
        self.words = _SPACE.sub(" ", " ".join(reader.words).replace("\N{NO-BREAK SPACE}", " ")).strip()
        self.fields = reader.fields
        self.links = reader.links
        self.actions = reader.actions
        self.attributes = reader.attributes

    def shows(self, *words: str) -> bool:
        """Tell whether all of these are to be read on the page."""
        missing = [word for word in words if word not in self.words]
        assert not missing, f"{missing} not in: {self.words}"
        return True


def _seen(answer: httpx.Response, *, status: int) -> Seen:
    seen = Seen(answer)
    assert answer.status_code == status, f"{answer.status_code}: {seen.words}"
    return seen


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.fields: dict[str, str] = {}
        self.links: list[str] = []
        self.actions: list[str] = []
        self.attributes: set[str] = set()
        self._inside: list[str] = []
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.attributes |= given.keys()
        if tag in _UNSEEN:
            self._inside.append(tag)
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag == "form":
            self.actions.append(given.get("action", ""))
        if tag == "select":
            self._select = given.get("name")
        if tag == "option" and self._select is not None and "selected" in given:
            self.fields[self._select] = given.get("value", "")
        chosen = given.get("type") not in {"checkbox", "radio"} or "checked" in given
        if tag == "input" and chosen:
            self.fields[given.get("name") or given.get("id", "")] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            self._inside.remove(tag)
        if tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.words.append(data)


async def browser_of(doors: Doors, caller: Caller | None = None, *, languages: str = "en") -> Browser:
    """Return somebody's browser, signed in, or a stranger's."""
    client = doors.client(**{"Accept-Language": languages})
    if caller is not None and caller.person is not None:
        signed_in = await doors.store.write(
            open_session,
            caller.person,
            client=ClientInfo(address="127.0.0.1", agent="Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0"),
            lifetime=timedelta(days=30),
            now=doors.clock(),
        )
        client.cookies.set(COOKIE, signed_in.secret)
    return Browser(client)
