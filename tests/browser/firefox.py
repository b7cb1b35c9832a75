"""Firefox, driven over WebDriver BiDi: a browser by other people, with a camera that needs no camera.

Commands and values are those of https://www.w3.org/TR/webdriver-bidi/.
"""

import asyncio
import json
import os
import re
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from tests.browser.meeting import PATIENCE, eventually

_PREFERENCES: dict[str, bool | int | str] = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.peerconnection.ice.loopback": True,  # a machine with no network at all has loopback only
    "media.peerconnection.ice.obfuscate_host_addresses": False,
    "media.autoplay.default": 0,
    "remote.prefs.recommended": True,  # switches off what Firefox asks of the network by itself
    "network.proxy.type": 0,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "media.gmp-manager.updateEnabled": False,
    "app.update.enabled": False,
}

_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


class Firefox:
    """One window of a running Firefox."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._ids = count(1)
        self._window = ""

    async def open(self) -> None:
        """Begin a session and take the first window."""
        await self._ask("session.new", capabilities={})
        self._window = (await self._ask("browsingContext.getTree"))["contexts"][0]["context"]

    async def before_every_page(self, script: str) -> None:
        """Run a script in every page before its own ones."""
        await self._ask("script.addPreloadScript", functionDeclaration=f"() => {{{script}}}")

    async def go(self, address: str) -> None:
        """Open a page, and return when it is there."""
        await self._ask("browsingContext.navigate", context=self._window, url=address, wait="complete")

    async def evaluate(self, expression: str) -> Any:  # noqa: ANN401 (JSON)
        """Return what an expression of the page comes to, once that is settled; it must be JSON."""
        answer = await self._ask(
            "script.evaluate",
            expression=f"Promise.resolve({expression}).then(JSON.stringify)",
            target={"context": self._window},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"].get("value", "null"))

    async def sees(self, selector: str) -> None:
        """Wait until something is to be seen."""
        seen = f"document.querySelector({json.dumps(selector)})?.checkVisibility() ?? false"

        async def visible() -> bool:
            return bool(await self.evaluate(seen))

        await eventually(visible)

    async def click(self, selector: str) -> None:
        """Move the mouse there and press it."""
        move = {
            "type": "pointerMove",
            "x": 0,
            "y": 0,
            "origin": {"type": "element", "element": await self._at(selector)},
        }
        press: list[dict[str, Any]] = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        await self._act({"type": "pointer", "id": "mouse", "actions": [move, *press]})

    async def type(self, selector: str, text: str) -> None:
        """Click there and type."""
        await self.click(selector)
        keys = [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")]
        await self._act({"type": "key", "id": "keyboard", "actions": keys})

    async def _at(self, selector: str) -> dict[str, str]:
        await self.sees(selector)
        found = await self._ask(
            "browsingContext.locateNodes", context=self._window, locator={"type": "css", "value": selector}
        )
        return {"sharedId": found["nodes"][0]["sharedId"]}

    async def _act(self, source: dict[str, Any]) -> None:
        await self._ask("input.performActions", context=self._window, actions=[source])

    async def _ask(self, method: str, **params: object) -> Any:  # noqa: ANN401 (JSON)
        number = next(self._ids)
        await self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        async with asyncio.timeout(PATIENCE):
            while (answer := json.loads(await self._socket.recv())).get("id") != number:
                pass
        if answer["type"] == "error":
            message = f"{method}: {answer['error']}: {answer['message']}"
            raise RuntimeError(message)
        return answer["result"]


@asynccontextmanager
async def firefox(folder: Path) -> AsyncIterator[Firefox]:
    """Run a Firefox of its own process and profile until the end of the block."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        raise RuntimeError("Firefox is not there; `make test` installs it or says how")
    profile = folder / "profile"
    profile.mkdir()
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in _PREFERENCES.items())
    (profile / "user.js").write_text("\n".join(lines))
    process = await asyncio.create_subprocess_exec(
        program,
        *("--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"),
        env=os.environ | {"HOME": str(folder), "MOZ_HEADLESS_WIDTH": "1280", "MOZ_HEADLESS_HEIGHT": "800"},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,  # so that its helpers end with it
    )
    assert process.stderr is not None
    reading: asyncio.Task[None] | None = None
    try:
        async with asyncio.timeout(PATIENCE):
            address = await _address(process.stderr)
        reading = asyncio.create_task(_drain(process.stderr))
        async with connect(f"{address}/session", compression=None, max_size=None, proxy=None) as socket:
            browser = Firefox(socket)
            await browser.open()
            yield browser
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        if reading is not None:
            await reading


async def _address(said: asyncio.StreamReader) -> str:
    """Return where Firefox listens, as it says when it does."""
    heard = ""
    async for line in said:
        heard += line.decode(errors="replace")
        if found := _LISTENING.search(heard):
            return found[1]
    raise RuntimeError(f"Firefox does not listen:\n{heard}")


async def _drain(said: asyncio.StreamReader) -> None:
    async for _ in said:
        pass
