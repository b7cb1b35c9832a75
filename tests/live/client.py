"""A client of the protocol for tests: says what it is told to, and waits for what it is asked for."""

import asyncio
import json
from types import TracebackType
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

PATIENCE = 20.0
"""How long something may take to arrive, in seconds."""

Event = dict[str, Any]


class Client:
    """A connection. `async with` opens and closes it."""

    socket: ClientConnection
    last: str | None = None
    """The id of the last numbered event."""

    def __init__(self, url: str, **options: Any) -> None:  # noqa: ANN401 (options of websockets)
        self._connecting = connect(url, compression=None, ping_interval=None, proxy=None, **options)
        self._unread: list[Event] = []

    async def __aenter__(self) -> Self:
        self.socket = await self._connecting
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.socket.close()

    async def say(self, *events: Event) -> None:
        await self.socket.send(json.dumps(events))

    async def hello(self, seat: str, **fields: Any) -> Event:  # noqa: ANN401 (fields of hello)
        """Take the seat and return the welcome."""
        await self.say({"type": "hello", "version": 1, "seat": seat} | fields)
        return await self.hear("welcome")

    async def hear(self, kind: str) -> Event:
        """Return the next event of this type; what comes before it is passed over."""
        async with asyncio.timeout(PATIENCE):
            while (event := await self.next())["type"] != kind:
                pass
            return event

    async def end(self) -> tuple[int | None, list[Event]]:
        """Return the code with which the server closes, and everything that it said before."""
        heard: list[Event] = []
        async with asyncio.timeout(PATIENCE):
            try:
                while True:
                    heard.append(await self.next())
            except ConnectionClosed:
                return self.socket.close_code, heard

    async def next(self) -> Event:
        """Return the next event."""
        while not self._unread:
            self._unread = json.loads(await self.socket.recv())
        event = self._unread.pop(0)
        self.last = event.get("id", self.last)
        return event
