"""A meeting as people have it: a host who plans it, and everybody in a browser of their own."""

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import httpx
import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from parley.access import Context, create_token, set_password
from parley.ground.clock import utc_now
from parley.ground.db import open_store
from parley.ground.mail import Mailer
from parley.people import RIGHTS, NewUser, create_account, operator
from parley.settings import Settings
from tests.server import Server

PATIENCE = 60.0
"""How long something may take to be seen, in seconds, on a machine that does other things too."""

PASSWORD = "correct horse battery staple"

in_the_browser = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
"""What a test is about happens in the browser; the database makes no difference to it."""

LINKS_IN_REACH = """
window.links = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...options) { super(...options); window.links.push(this); }
};
"""
"""Lets a test ask the page's own connections what flows through them."""

FLOWING = """
async () => {
  const sum = {frames: 0, sound: 0};
  for (const link of window.links) {
    if (link.connectionState !== "connected") continue;
    for (const one of (await link.getStats()).values()) {
      if (one.type !== "inbound-rtp") continue;
      if (one.kind === "video") sum.frames += one.framesDecoded ?? 0;
      else sum.sound += one.bytesReceived ?? 0;
    }
  }
  return sum;
}
"""


class Host:
    """The administrator of a fresh account, who plans meetings and reads the record over the API."""

    email = "ada@example.com"

    @classmethod
    async def move_in(cls, server: Server, *, authority: ssl.SSLContext | None = None) -> Self:
        """Make the account in the server's database, and a token for everything."""
        settings = Settings.read(server.environment)
        async with open_store(settings.database) as store:
            context = Context(store, settings=settings, mailer=Mailer(None, sender=""))
            first = NewUser(email=cls.email)
            _, ada = await store.write(create_account, "Northwind", administrator=first, now=utc_now())
            by = operator(ada.account)
            await set_password(context, ada, PASSWORD, by=by)
            rights, now = RIGHTS[ada.role], utc_now()
            _, token = await store.write(
                create_token, by=by, person=ada.id, name="tests", scopes=rights, expires_at=None, now=now
            )
            await context.close()
        return cls(server, token, authority=authority)

    def __init__(self, server: Server, token: str, *, authority: ssl.SSLContext | None = None) -> None:
        self.server = server
        headers = {"Authorization": f"Bearer {token}"}
        origin = f"{'https' if authority else 'http'}://127.0.0.1:{server.port}"
        self._api = httpx.AsyncClient(base_url=f"{origin}/api/v1", headers=headers, verify=authority or True)

    async def plan(self, **more: object) -> dict[str, Any]:
        """Schedule a meeting that could start now."""
        starts_at = datetime.now(UTC) + timedelta(minutes=1)
        planned = {"title": "Weekly review", "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
        times = {key: value.isoformat() for key, value in planned.items() if isinstance(value, datetime)}
        zone = {"time_zone": "Europe/Berlin", "lobby": "off"}
        made: dict[str, Any] = await self.ask("POST", "/meetings", planned | times | zone | more)
        return made

    async def begin(self, **more: object) -> dict[str, Any]:
        """Schedule a meeting and start it."""
        meeting = await self.plan(**more)
        await self.ask("POST", f"/meetings/{meeting['id']}/start")
        return meeting

    async def ask(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 (JSON)
        """Call the API."""
        answer = await self._api.request(method, path, json=body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    async def session(self) -> dict[str, Any]:
        """Return the newest session of the record."""
        newest: dict[str, Any] = (await self.ask("GET", "/sessions"))["items"][0]
        return newest

    async def record(self, what: str) -> list[dict[str, Any]]:
        """Return what is recorded of the newest session: participants, attendance or messages."""
        session = (await self.session())["id"]
        items: list[dict[str, Any]] = (await self.ask("GET", f"/sessions/{session}/{what}"))["items"]
        return items

    async def stays(self) -> dict[str, list[dict[str, Any]]]:
        """Return everybody's stays, by name."""
        names = {one["id"]: one["name"] for one in await self.record("participants")}
        stays: dict[str, list[dict[str, Any]]] = {}
        for stay in await self.record("attendance"):
            stays.setdefault(names[stay["participant"]], []).append(stay)
        return stays

    async def close(self) -> None:
        await self._api.aclose()


class Visitor:
    """Somebody on the join page of a meeting, and then in its room."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name

    @classmethod
    async def come(cls, browser: BrowserContext, address: str, name: str) -> Self:
        """Open the link of a meeting."""
        await browser.add_init_script(LINKS_IN_REACH)
        visitor = cls(await browser.new_page(), name)
        visitor.page.set_default_timeout(PATIENCE * 1000)
        await visitor.page.goto(address)
        return visitor

    async def sign_in(self, email: str, *, password: str = PASSWORD) -> None:
        """Become somebody with an account, and come back to where one stood."""
        back = self.page.url
        await self.page.goto(f"{back.partition('/join')[0]}/signin")
        await self.page.fill("[name=email]", email)
        await self.page.fill("[name=password]", password)
        await self.page.press("[name=password]", "Enter")
        await self.page.wait_for_url("**/")
        await self.page.goto(back)

    async def ask_to_join(self, *, password: str = "") -> None:
        """Say who one is and ask to be let in."""
        if await self.page.locator("#name").count():
            await self.page.fill("#name", self.name)
        if password:
            await self.page.fill("#password", password)
        await self.page.click("[data-part=enter]")

    async def enter(self, *, password: str = "") -> Self:
        """Ask to join, and be let in."""
        await self.ask_to_join(password=password)
        await self.sees(self.page.locator("#room"))
        return self

    async def sees(self, what: Locator) -> None:
        await expect(what).to_be_visible(timeout=PATIENCE * 1000)

    async def sees_faces(self, *names: str) -> None:
        """Wait until the pictures of exactly these others move on the screen."""
        faces = self.page.locator(".tile.seen:not(.mine, .screen, .gone)")
        await expect(faces).to_have_count(len(names), timeout=PATIENCE * 1000)
        for name in names:
            await self.sees(faces.filter(has_text=name))
        await self.everything_flows()

    async def everything_flows(self) -> None:
        """Wait until more frames are decoded, and more sound comes in, than a moment ago."""
        before = await self.page.evaluate(FLOWING)

        async def more_of_both() -> bool:
            now = await self.page.evaluate(FLOWING)
            return bool(now["frames"] > before["frames"] and now["sound"] > before["sound"])

        await eventually(more_of_both)

    async def press(self, act: str) -> None:
        """Press a control of the bar."""
        await self.page.click(f".room-bar [data-act={act}]")

    async def say(self, text: str) -> None:
        """Write to everybody."""
        if not await self.page.locator("#chat").is_visible():
            await self.press("chat")
        await self.page.fill("#chat-text", text)
        await self.page.press("#chat-text", "Enter")

    async def reads(self, *texts: str) -> None:
        """Wait until exactly these messages stand in the chat."""
        written = self.page.locator("#chat .said:not(.sending) .said-text")
        await expect(written).to_have_text(list(texts), timeout=PATIENCE * 1000)

    async def is_told(self, title: str) -> None:
        """Wait until the room is left behind, and why stands there."""
        await expect(self.page.locator("#closing h1")).to_have_text(title, timeout=PATIENCE * 1000)


async def eventually(true: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something has become true."""
    deadline = time.monotonic() + PATIENCE
    while not await true():
        assert time.monotonic() < deadline, "it did not become true"
        await asyncio.sleep(0.1)


def moment(written: str) -> float:
    """Return a time of the record in seconds."""
    return datetime.fromisoformat(written).timestamp()
