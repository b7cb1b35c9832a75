"""The rooms that this server keeps, and the clockwork around them: beats, lease, news, reconciling."""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any

from msgspec.structs import replace
from sqlalchemy.exc import SQLAlchemyError

from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.facts import end, follow
from parley.ground.faults import Fault
from parley.ground.log import get_logger
from parley.live import node
from parley.live.claim_room import claim_room, release_room
from parley.live.commands import Command, Hello
from parley.live.events import RoomShown
from parley.live.figures import PEOPLE, ROOMS
from parley.live.house import House, spoken
from parley.live.ice import ice_servers
from parley.live.keep import seat_of_token
from parley.live.line import Line
from parley.live.news import Houses, hear_news
from parley.live.reasons import Reason, Refused
from parley.live.room import Room
from parley.live.rules import MESSAGES_SHOWN, Rules
from parley.live.scribe import Scribe
from parley.sessions import beat
from parley.settings import Settings

_PAUSE = 1.0
_log = get_logger("parley.live")


class Hub:
    """Keeps rooms on this server. It starts without a database too, and takes people in once that answers."""

    def __init__(self, store: Store, clock: Clock, settings: Settings, *, rules: Rules | None = None) -> None:
        self.rules = rules or Rules(publishers=settings.publishers)
        self.url = settings.url
        self._store = store
        self._clock = clock
        self._settings = settings
        self._node = ""
        self._ready = asyncio.Event()
        self._houses: Houses = {}
        self._opening: dict[int, asyncio.Task[House]] = {}
        self._places: dict[Line, tuple[House, int]] = {}
        self._errands: set[asyncio.Task[None]] = set()
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self._beaten_at = clock()

    async def start(self) -> None:
        """Begin to keep rooms."""
        self._node = node.node_name(self._settings.data)
        self._task = asyncio.create_task(self._run())
        self._task.add_done_callback(_outcry)

    async def ready(self) -> None:
        """Return when the database has answered and what a crash left open is closed."""
        await self._ready.wait()

    async def stop(self) -> None:
        """Close all lines, and write down that nobody is here any more."""
        if self._task is None:
            return
        self._stopping = True
        self._task.cancel()
        await asyncio.wait([self._task])
        if self._ready.is_set():
            await self._finish_errands()
        patience = self.rules.patience.total_seconds()
        stops = (house.stop(at_most=patience) for house in self._houses.values())
        for fault in await asyncio.gather(*stops, return_exceptions=True):
            if fault is not None:
                _log.error("a room did not stop", exc_info=fault)
        if self._ready.is_set():
            with contextlib.suppress(Fault, SQLAlchemyError):
                await self._store.write(node.lapse, self._node, now=self._clock())
        for task in (*self._errands, *self._opening.values()):
            task.cancel()

    async def _finish_errands(self) -> None:
        """Let those who are coming come, so that they are seen to leave, and rooms that are closing be closed."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.rules.patience.total_seconds()):
                while under_way := [*self._errands, *self._opening.values()]:
                    await asyncio.wait(under_way)

    # What a socket asks for

    async def enter(self, hello: Hello, line: Line) -> None:
        """Take the place of hello's seat on this line, and welcome it. Raises Refused."""
        # What was begun is finished, for the record: also when the socket goes meanwhile.
        await asyncio.shield(self._send_on_errand(self._enter(hello, line)))

    def hear(self, line: Line, command: Command) -> None:
        """Take what was said on a line that has a place."""
        house, who = self._places.get(line, (None, 0))
        if house is not None:
            house.hear(who, line, command)

    def lost(self, line: Line, *, certain: bool) -> None:
        """Take note that a line is gone; `certain` when that was seen as it happened."""
        line.hang_up()
        house, who = self._places.pop(line, (None, 0))
        if house is not None:
            house.lost(who, line, certain=certain)

    async def _enter(self, hello: Hello, line: Line) -> None:
        try:
            async with asyncio.timeout(self.rules.hello.total_seconds()):
                await self._ready.wait()
        except TimeoutError as fault:
            raise Refused(Reason.UNAVAILABLE) from fault
        if self._stopping:
            raise Refused(Reason.UNAVAILABLE)
        try:
            seat = await self._store.read(seat_of_token, hello.seat)
            house = await self._house(seat.session)
        except Fault as fault:
            raise Refused(Reason.UNAVAILABLE) from fault
        named = replace(hello, instance=hello.instance or secrets.token_hex(8))
        servers = ice_servers(self._settings, who=str(seat.participant), now=self._clock())
        await house.enter(seat, named, line, ice_servers=servers)
        self._places[line] = (house, seat.participant)
        if line.closing:
            self.lost(line, certain=False)

    async def _house(self, session: int) -> House:
        """Return the session's room, opened once however many come at the same time."""
        if session in self._houses:
            return self._houses[session]
        if session not in self._opening:
            task = asyncio.create_task(self._open(session))
            self._opening[session] = task
            task.add_done_callback(lambda _: self._opening.pop(session))
        return await asyncio.shield(self._opening[session])

    async def _open(self, session: int) -> House:
        claim = await self._store.write(
            claim_room,
            session,
            node=self._node,
            remembered=self.rules.remembered,
            messages=MESSAGES_SHOWN,
            now=self._clock(),
        )
        about = RoomShown(
            session=str(session),
            title=claim.session.title,
            started_at=claim.session.started_at,
            host=claim.session.host_name,
        )
        messages = [spoken(message) for message in claim.messages]
        room = Room(about, epoch=claim.epoch, rules=self.rules, messages=messages, remembered=claim.remembered)
        scribe = Scribe(self._store, node=self._node, clock=self._clock)
        self._houses[session] = House(room, scribe, clock=self._clock)
        return self._houses[session]

    async def _close(self, session: int, house: House) -> None:
        """Let go of a room that is over or empty."""
        await house.stop(at_most=self.rules.patience.total_seconds())
        with contextlib.suppress(Fault):
            await self._store.write(release_room, session, node=self._node, epoch=house.room.past.epoch)

    def _send_on_errand(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        return task

    # The clockwork

    async def _run(self) -> None:
        cursor = await self._begin()
        self._ready.set()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._follow(cursor))
            tasks.create_task(_every(self.rules.tick, self._tick))
            tasks.create_task(_every(self.rules.tick, self._beat))
            tasks.create_task(_every(node.RENEWED, self._renew))
            tasks.create_task(_every(node.RECONCILED, self._mend))

    async def _begin(self) -> str:
        """Wait for the database and its schema, close what was left open, and return from where news are read."""
        while True:
            try:
                closed = await self._store.write(
                    node.begin, self._node, publishers=self.rules.publishers, now=self._clock()
                )
                cursor = await self._store.read(end)
            except (Fault, SQLAlchemyError) as fault:
                _log.warning("rooms wait for the database", reason=str(fault))
                await asyncio.sleep(_PAUSE)
            else:
                _log.info("rooms are open", node=self._node, reconciled=closed)
                return cursor

    async def _tick(self) -> None:
        now = self._clock()
        for session, house in list(self._houses.items()):
            house.tick(at=now)
            if house.room.ended or (house.empty_since and now - house.empty_since >= self.rules.empty):
                del self._houses[session]
                self._send_on_errand(self._close(session, house))
        ROOMS.set(len(self._houses))
        PEOPLE.set(sum(len(house.room.people) for house in self._houses.values()))

    async def _beat(self) -> None:
        """Write down who was heard since the last time: one statement for all rooms."""
        now = self._clock()
        pulses = [pulse for house in self._houses.values() for pulse in house.room.heard.items()]
        heard = [who for who, at in pulses if at > self._beaten_at]
        if heard:
            await self._store.write(beat, heard, now=now)
        self._beaten_at = now

    async def _renew(self) -> None:
        await self._store.write(node.renew, self._node, now=self._clock())

    async def _mend(self) -> None:
        """Close stays that were lost sight of; first say who is here, for the database may have been away."""
        await self._beat()
        forgotten = await self._store.write(node.mend, self._node, now=self._clock())
        if forgotten:
            _log.warning("stays were reconciled", count=forgotten)

    async def _follow(self, cursor: str) -> None:
        """Let the rooms hear what becomes true elsewhere: by the API, by the command line, in other processes."""
        while True:
            try:
                async for batch in follow(self._store, cursor):
                    for fact in batch.facts:
                        hear_news(self._houses, fact)
                    cursor = batch.cursor
            except (Fault, SQLAlchemyError) as fault:
                _log.warning("news are late", reason=str(fault))
            except Exception:  # noqa: BLE001 (whatever it is, the rest of the clockwork must go on)
                _log.exception("news are late")
            await asyncio.sleep(_PAUSE)


def _outcry(clockwork: asyncio.Task[None]) -> None:
    """Say it loudly when the clockwork ends by itself: from then on the rooms hear of nothing."""
    if not clockwork.cancelled():
        _log.critical("the clockwork ended: restart this server", exc_info=clockwork.exception())


async def _every(period: timedelta, work: Callable[[], Awaitable[None]]) -> None:
    """Do the work again and again; when it fails, say so and go on."""
    while True:
        await asyncio.sleep(period.total_seconds())
        try:
            await work()
        except Fault as fault:
            _log.warning("the clockwork waits", work=work.__name__, reason=str(fault))
        except Exception:  # noqa: BLE001 (whatever it is, people are in rooms that must go on)
            _log.exception("the clockwork stumbled", work=work.__name__)
