"""The rooms that this server keeps, and the clockwork around them: beats, lease, news, reconciling."""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from functools import partial
from typing import Any

from msgspec.structs import replace
from sqlalchemy.exc import SQLAlchemyError

from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.facts import Forgotten, end, follow
from parley.ground.faults import Fault
from parley.ground.log import get_logger
from parley.live import node
from parley.live.claim_room import Claim, claim_room, release_room
from parley.live.client_connection import ClientConnection
from parley.live.commands import Command, Hello
from parley.live.events import RoomView
from parley.live.fact_handlers import Runners, handle_fact
from parley.live.ice import ice_servers
from parley.live.metrics import PEOPLE, ROOMS
from parley.live.reasons import Reason, Refused
from parley.live.record_writer import RecordWriter
from parley.live.room import Room
from parley.live.room_runner import RoomRunner, chat_message
from parley.live.rules import MESSAGES_SHOWN, Rules
from parley.live.write_records import seat_of_token
from parley.sessions import heartbeat
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
        self._runners: Runners = {}
        self._opening: dict[int, asyncio.Task[None]] = {}
        self._places: dict[ClientConnection, tuple[RoomRunner, int]] = {}
        self._background: set[asyncio.Task[None]] = set()
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self._heartbeats_saved_at = clock()

    async def start(self) -> None:
        """Begin to keep rooms."""
        self._node = node.node_name(self._settings.data)
        self._task = asyncio.create_task(self._run())
        self._task.add_done_callback(_log_crash)

    async def ready(self) -> None:
        """Return when the database has answered and what a crash left open is closed."""
        await self._ready.wait()

    async def stop(self) -> None:
        """Close all connections, and write down that nobody is here any more."""
        if self._task is None:
            return
        self._stopping = True
        self._task.cancel()
        await asyncio.wait([self._task])
        if self._ready.is_set():
            await self._finish_background()
        close_timeout = self.rules.close_timeout.total_seconds()
        stops = (runner.stop(at_most=close_timeout) for runner in self._runners.values())
        for fault in await asyncio.gather(*stops, return_exceptions=True):
            if fault is not None:
                _log.error("a room did not stop", exc_info=fault)
        if self._ready.is_set():
            with contextlib.suppress(Fault, SQLAlchemyError):
                await self._store.write(node.lapse, self._node, now=self._clock())
        for task in (*self._background, *self._opening.values()):
            task.cancel()

    async def _finish_background(self) -> None:
        """Let those who are coming come, so that they are seen to leave, and rooms that are closing be closed."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.rules.close_timeout.total_seconds()):
                while under_way := [*self._background, *self._opening.values()]:
                    await asyncio.wait(under_way)

    # What a socket asks for

    async def enter(self, hello: Hello, connection: ClientConnection) -> None:
        """Take the place of hello's seat on this connection, and welcome it. Raises Refused."""
        # What was begun is finished, for the record: also when the socket goes meanwhile.
        await asyncio.shield(self._in_background(self._enter(hello, connection)))

    def handle(self, connection: ClientConnection, command: Command) -> None:
        """Take what was said on a connection that has a place."""
        runner, who = self._places.get(connection, (None, 0))
        if runner is not None:
            runner.handle(who, connection, command)

    def lost(self, connection: ClientConnection, *, certain: bool) -> None:
        """Take note that a connection is gone; `certain` when that was seen as it happened."""
        connection.hang_up()
        runner, who = self._places.pop(connection, (None, 0))
        if runner is not None:
            runner.lost(who, connection, certain=certain)

    async def _enter(self, hello: Hello, connection: ClientConnection) -> None:
        try:
            async with asyncio.timeout(self.rules.hello_timeout.total_seconds()):
                await self._ready.wait()
        except TimeoutError as fault:
            raise Refused(Reason.UNAVAILABLE) from fault
        if self._stopping:
            raise Refused(Reason.UNAVAILABLE)
        try:
            seat = await self._store.read(seat_of_token, hello.seat)
            runner = await self._runner(seat.session)
        except Fault as fault:
            raise Refused(Reason.UNAVAILABLE) from fault
        named = replace(hello, instance=hello.instance or secrets.token_hex(8))
        await runner.enter(seat, named, connection)
        self._places[connection] = (runner, seat.participant)
        if connection.closing:
            self.lost(connection, certain=False)

    async def _runner(self, session: int) -> RoomRunner:
        """Return the session's room, opened once however many come at the same time."""
        while session not in self._runners:  # it may be let go of again before those who wait for it are told
            if session not in self._opening:
                self._opening[session] = asyncio.create_task(self._open(session))
            await asyncio.shield(self._opening[session])
        return self._runners[session]

    async def _open(self, session: int) -> None:
        try:
            claim = await self._store.write(
                claim_room,
                session,
                node=self._node,
                remembered=self.rules.rejoin_window,
                messages=MESSAGES_SHOWN,
                now=self._clock(),
            )
            self._runners[session] = self._runner_of(claim)
        finally:
            del self._opening[session]

    def _runner_of(self, claim: Claim) -> RoomRunner:
        about = RoomView(
            session=str(claim.session.id),
            title=claim.session.title,
            started_at=claim.session.started_at,
            host=claim.session.host_name,
            recording=claim.recording,
            files=claim.files,
        )
        messages = [chat_message(message) for message in claim.messages]
        rules = self.rules.with_at_most(claim.session.most_attendees)
        room = Room(
            about, epoch=claim.epoch, rules=rules, messages=messages, remembered=claim.remembered, house=claim.house
        )
        writer = RecordWriter(self._store, node=self._node, clock=self._clock)
        return RoomRunner(room, writer, clock=self._clock, ice_servers=partial(ice_servers, self._settings))

    async def _close(self, session: int, runner: RoomRunner) -> None:
        """Let go of a room that is over or empty."""
        await runner.stop(at_most=self.rules.close_timeout.total_seconds())
        with contextlib.suppress(Fault):
            await self._store.write(release_room, session, node=self._node, epoch=runner.room.replay.epoch)

    def _in_background(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        return task

    # The clockwork

    async def _run(self) -> None:
        cursor = await self._begin()
        self._ready.set()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._follow(cursor))
            tasks.create_task(_every(self.rules.tick_interval, self._tick))
            tasks.create_task(_every(self.rules.tick_interval, self._save_heartbeats))
            tasks.create_task(_every(node.RENEW_EVERY, self._renew))
            tasks.create_task(_every(node.RECONCILE_EVERY, self._reconcile))

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
        for session, runner in list(self._runners.items()):
            runner.tick(at=now)
            empty = runner.empty_since and now - runner.empty_since >= self.rules.empty_timeout
            if runner.writer.idle and (runner.room.ended or empty):
                del self._runners[session]
                self._in_background(self._close(session, runner))
        ROOMS.set(len(self._runners))
        PEOPLE.set(sum(len(runner.room.occupants) for runner in self._runners.values()))

    async def _save_heartbeats(self) -> None:
        """Write down who was heard since the last time, and when at least: one statement for all rooms."""
        now = self._clock()
        signs = [sign for runner in self._runners.values() for sign in runner.room.last_seen.items()]
        heard = {who: at for who, at in signs if at > self._heartbeats_saved_at}
        if heard:
            await self._store.write(heartbeat, list(heard), now=min(heard.values()))
        self._heartbeats_saved_at = now

    async def _renew(self) -> None:
        await self._store.write(node.renew, self._node, now=self._clock())

    async def _reconcile(self) -> None:
        """Close stays that were lost sight of; first say who is here, for the database may have been away."""
        await self._save_heartbeats()
        forgotten = await self._store.write(node.reconcile_unseen, self._node, now=self._clock())
        if forgotten:
            _log.warning("stays were reconciled", count=forgotten)

    async def _follow(self, cursor: str) -> None:
        """Tell the rooms what becomes true elsewhere: by the API, by the command line, in other processes."""
        while True:
            try:
                async for batch in follow(self._store, cursor):
                    for fact in batch.facts:
                        handle_fact(self._runners, fact)
                    cursor = batch.cursor
            except Forgotten as fault:
                _log.error("facts were forgotten before they were read; rooms go on behind them", reason=str(fault))
                cursor = fault.kept
            except (Fault, SQLAlchemyError) as fault:
                _log.warning("news are late", reason=str(fault))
            except Exception:  # noqa: BLE001 (whatever it is, the rest of the clockwork must go on)
                _log.exception("news are late")
            await asyncio.sleep(_PAUSE)


def _log_crash(clockwork: asyncio.Task[None]) -> None:
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
