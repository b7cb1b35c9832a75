"""The rim of the protocol: one WebSocket, from hello to the end."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import msgspec

from parley.ground.log import get_logger
from parley.live.client_connection import AsgiSend, ClientConnection
from parley.live.commands import Command, Signal, command, commands, opening
from parley.live.metrics import COMMANDS, CONNECTIONS
from parley.live.reasons import Error, Reason, Refused
from parley.live.rooms import Rooms
from parley.live.rules import Rules
from parley.live.token_bucket import TokenBucket

EVENTS_A_SECOND, EVENTS_AT_ONCE = 50, 100
SIGNALS_A_SECOND, SIGNALS_AT_ONCE = 100, 500

AsgiReceive = Callable[[], Awaitable[Any]]
_log = get_logger("parley.live")


class _Gone(Exception):
    """The other side closed the connection, or the network did."""


async def converse(rooms: Rooms, rules: Rules, receive: AsgiReceive, send: AsgiSend) -> None:
    """Serve one accepted connection until it ends."""
    connection = ClientConnection(rules)
    conversation = _Conversation(rooms, rules, connection, receive)
    with CONNECTIONS.track_inprogress():
        reader = asyncio.create_task(conversation.run())
        try:
            await connection.run(send)
        finally:
            reader.cancel()
            await asyncio.wait([reader])
            rooms.lost(connection, certain=conversation.saw_the_end)


class _Conversation:
    """The reading half of a connection."""

    def __init__(self, rooms: Rooms, rules: Rules, connection: ClientConnection, receive: AsgiReceive) -> None:
        self.saw_the_end = False
        self._rooms = rooms
        self._rules = rules
        self._connection = connection
        self._receive = receive
        self._clock = asyncio.get_running_loop().time
        now = self._clock()
        self._events = TokenBucket(rate=EVENTS_A_SECOND, burst=EVENTS_AT_ONCE, now=now)
        self._signals = TokenBucket(rate=SIGNALS_A_SECOND, burst=SIGNALS_AT_ONCE, now=now)

    async def run(self) -> None:
        """Read until the end. Whatever happens, the connection is closed afterwards."""
        try:
            await self._listen()
        except _Gone:
            self.saw_the_end = not self._connection.closing
        except Refused as refusal:
            self._connection.refuse(refusal.error)
        except Exception:  # noqa: BLE001 (whatever it is, the client must hear of it)
            _log.exception("a conversation broke off")
            self._connection.refuse(Error(reason=Reason.UNAVAILABLE))
        finally:
            self._connection.hang_up()

    async def _listen(self) -> None:
        self._take(await self._greet())
        while True:
            frame = await self._frame()
            if frame is None:
                self._take([Error(reason=Reason.BAD_FRAME, detail="frames are text")])
            else:
                self._take(commands(frame))

    async def _greet(self) -> Iterable[Command | Error]:
        """Let the client introduce itself, and return what it said besides."""
        try:
            async with asyncio.timeout(self._rules.hello_timeout.total_seconds()):
                frame = await self._frame()
        except TimeoutError as fault:
            raise Refused(Reason.BAD_HELLO, detail="no hello in time") from fault
        if frame is None:
            raise Refused(Reason.BAD_HELLO, detail="frames are text")
        hello, rest = opening(frame)
        await self._rooms.enter(hello, self._connection)
        return map(command, rest)

    def _take(self, events: Iterable[Command | Error]) -> None:
        now = self._clock()
        for event in events:
            COMMANDS.inc()
            bucket = self._signals if isinstance(event, Signal) else self._events
            if not bucket.take(now=now):
                raise Refused(Reason.TOO_FAST)
            if isinstance(event, Error):
                self._connection.push(msgspec.json.encode(event))
            else:
                self._rooms.handle(self._connection, event)

    async def _frame(self) -> str | None:
        """Return the next frame; None for one that is not text. Raises `_Gone`."""
        message = await self._receive()
        if message["type"] == "websocket.disconnect":
            raise _Gone
        text: str | None = message.get("text")
        return text
