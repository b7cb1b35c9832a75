"""Area 8, many rooms: how many come in per second, and how long a message takes, beside a bare signalling server."""

import asyncio
import contextlib
import itertools
import json
import os
import random
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvloop
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from bench import machine, parley
from bench.area import Area, Options
from bench.call import signalling
from bench.goals import OURS
from bench.processes import free_port, running
from bench.rounds import Sample, Task
from parley.ground.clock import utc_now
from parley.ground.db import Connection, open_store
from parley.live import issue_seat
from parley.meetings import start
from parley.people import find_accounts, operator
from parley.sessions import RoomRole, enter

PEER = "bare signalling"
JOINS = "come in, joins/s"
MESSAGES = "message to all, p99 ms"

ROOMS = 200
IN_EACH = 5
_AT_ONCE = 50
"""How many come in at the same time; the others wait in line."""

_EVERY = 1.0
"""Somebody in every room says something once in so many seconds."""

_PATIENCE = 60
_TEXT = "The numbers are on page 4, and the second column is in thousands."

METHOD = (
    f"{ROOMS * IN_EACH} clients in {ROOMS} rooms, {_AT_ONCE} of them coming in at the same time, in one process on a "
    "core of its own. A join is from opening the socket to the welcome; Parley checks a seat and has written the "
    "arrival down durably by then, the peer does nothing. Then somebody in each room writes to all once a second; a "
    "delivery counts from sending to its arrival at each of the others, and Parley has recorded the message by then."
)


@dataclass(slots=True)
class Client:
    """Somebody in a room: an open socket, who they are there, and when what others wrote arrived."""

    socket: ClientConnection
    name: str
    late: list[float]
    """Seconds from sending to arrival, of everything that was heard."""

    reading: asyncio.Task[None] | None = None


Enter = Callable[[ClientConnection], Awaitable[str]]
"""Says hello over an open socket and waits for the welcome; returns who one is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """A server full of rooms: how they are opened, how one comes in, and how one speaks."""

    open: Callable[[], Coroutine[Any, Any, Sequence[Sequence[tuple[str, Enter]]]]]
    """Returns, of each room, the address and the way in of each client."""

    say: Callable[[Client, Sequence[Client]], Awaitable[None]]
    hear: Callable[[Client], Coroutine[Any, Any, None]]
    """Reads until the socket ends."""


@contextmanager
def prepared(options: Options) -> Iterator[Area]:
    """Start both servers, and fill and empty the rooms of each once."""
    with ExitStack() as stack:
        run = stack.enter_context(asyncio.Runner(loop_factory=uvloop.new_event_loop)).run
        kinds = {OURS: _ours(options.folder, stack), PEER: _bare(options.folder, stack)}
        stack.callback(os.sched_setaffinity, 0, os.sched_getaffinity(0))
        os.sched_setaffinity(0, {machine.client_core()})
        tasks = [
            Task(what=what, who=who, measure=_measuring(run, rooms, figure=measure, seconds=options.seconds))
            for what, measure in ((JOINS, _join), (MESSAGES, _talk))
            for who, rooms in kinds.items()
        ]
        yield Area(title="Many rooms", method=METHOD, tasks=tasks, goals=())


def _measuring(
    run: Callable[[Coroutine[Any, Any, Sample]], Sample],
    rooms: Rooms,
    *,
    figure: Callable[[Rooms, int], Coroutine[Any, Any, Sample]],
    seconds: int,
) -> Callable[[], Sample]:
    return lambda: run(figure(rooms, seconds))


async def _join(rooms: Rooms, _seconds: int) -> Sample:
    ways = await rooms.open()
    began = time.perf_counter()
    filled, waits = await _fill(rooms, ways)
    took = time.perf_counter() - began
    await _empty(filled)
    return Sample(figure=len(waits) / took, beside={"p99, ms": _percentile(waits, 0.99) * 1e3})


async def _talk(rooms: Rooms, seconds: int) -> Sample:
    filled, _ = await _fill(rooms, await rooms.open())
    for client in itertools.chain(*filled):
        client.late.clear()
    async with asyncio.TaskGroup() as talking:
        for room in filled:
            talking.create_task(_conversation(rooms, room, seconds=seconds))
    late = [wait for client in itertools.chain(*filled) for wait in client.late]
    expected = ROOMS * (IN_EACH - 1) * round(seconds / _EVERY)
    if len(late) < expected:
        message = f"{expected} deliveries were expected, {len(late)} came."
        raise RuntimeError(message)
    await _empty(filled)
    return Sample(figure=_percentile(late, 0.99) * 1e3, beside={"p50, ms": _percentile(late, 0.5) * 1e3})


async def _conversation(rooms: Rooms, room: Sequence[Client], *, seconds: int) -> None:
    """Let somebody of the room speak every second, beginning at a moment of its own, and wait for the last word."""
    await asyncio.sleep(random.random() * _EVERY)  # noqa: S311 (no secret)
    before = sum(len(client.late) for client in room)
    for turn in range(round(seconds / _EVERY)):
        await rooms.say(room[turn % len(room)], room)
        await asyncio.sleep(_EVERY)
    wanted = before + (len(room) - 1) * round(seconds / _EVERY)
    async with asyncio.timeout(_PATIENCE):
        while sum(len(client.late) for client in room) < wanted:  # noqa: ASYNC110 (it comes from another process)
            await asyncio.sleep(0.05)


async def _fill(rooms: Rooms, ways: Sequence[Sequence[tuple[str, Enter]]]) -> tuple[list[list[Client]], list[float]]:
    """Let everybody come in, the first of every room before the second; return them by room, and how long each took."""
    turn = asyncio.Semaphore(_AT_ONCE)
    filled: list[list[Client]] = [[] for _ in ways]
    waits: list[float] = []

    async def come(room: list[Client], address: str, enter: Enter) -> None:
        async with turn:
            began = time.perf_counter()
            socket = await connect(address, compression=None, ping_interval=None, proxy=None)
            client = Client(socket, await enter(socket), [])
            waits.append(time.perf_counter() - began)
        client.reading = asyncio.create_task(rooms.hear(client))
        room.append(client)

    async with asyncio.TaskGroup() as coming:
        for place in range(IN_EACH):
            for room, way in zip(filled, ways, strict=True):
                coming.create_task(come(room, *way[place]))
    return filled, waits


async def _empty(filled: Sequence[Sequence[Client]]) -> None:
    for client in itertools.chain(*filled):
        await client.socket.close()
        if client.reading is not None:
            await client.reading


def _percentile(figures: Sequence[float], share: float) -> float:
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


# Parley


def _ours(folder: Path, stack: ExitStack) -> Rooms:
    installed = parley.install(folder / "parley", meetings=ROOMS * 40, organizers=1)
    port = free_port()
    served = running(parley.SERVE, port=port, log=folder / "parley.log", environment=installed.environment(port))
    address = f"ws://127.0.0.1:{stack.enter_context(served).port}/live/v1"
    meetings = iter(installed.meetings)
    url = f"sqlite:///{installed.folder / 'parley.db'}"

    async def open_rooms() -> Sequence[Sequence[tuple[str, Enter]]]:
        taken = list(itertools.islice(meetings, ROOMS))
        async with open_store(url) as store:
            seats = await store.write(_seats, taken)
        return [[(address, _hello(seat)) for seat in room] for room in seats]

    return Rooms(open=open_rooms, say=_say, hear=_hear)


def _seats(db: Connection, taken: Sequence[int]) -> list[list[str]]:
    """Start these meetings, and give out the seats of everybody who will come."""
    [account] = find_accounts(db)
    by, now = operator(account.id), utc_now()
    sessions = [start(db, meeting, by=by, now=now).id for meeting in taken]
    return [[_seat(db, session, account.id, f"Guest {n}") for n in range(IN_EACH)] for session in sessions]


def _seat(db: Connection, session: int, account: int, name: str) -> str:
    now = utc_now()
    who = enter(db, session, person=None, name=name, role=RoomRole.ATTENDEE, now=now)
    return issue_seat(
        db, session=session, account=account, participant=who.id, person=None, name=name, role=who.role, now=now
    ).token


def _hello(seat: str) -> Enter:
    async def enter_room(socket: ClientConnection) -> str:
        await socket.send(json.dumps([{"type": "hello", "version": 1, "seat": seat}]))
        while True:
            for event in json.loads(await socket.recv()):
                if event["type"] == "welcome":
                    return str(event["you"])
                if event["type"] == "error":
                    raise RuntimeError(str(event))

    return enter_room


async def _say(client: Client, _room: Sequence[Client]) -> None:
    said = {"type": "say", "text": _TEXT, "key": f"{time.perf_counter():.9f}"}
    await client.socket.send(json.dumps([said]))


async def _hear(client: Client) -> None:
    with contextlib.suppress(ConnectionClosed):
        async for frame in client.socket:
            now = time.perf_counter()
            for event in json.loads(frame):
                if event["type"] == "beat":
                    await client.socket.send('[{"type": "beat"}]')
                elif event["type"] == "said" and event["message"]["who"] != client.name:
                    client.late.append(now - float(event["message"]["key"]))


# A bare signalling server


def _bare(folder: Path, stack: ExitStack) -> Rooms:
    port = signalling(folder, stack)
    numbers = itertools.count(1)

    async def open_rooms() -> Sequence[Sequence[tuple[str, Enter]]]:
        addresses = [f"ws://127.0.0.1:{port}/signal/{next(numbers)}" for _ in range(ROOMS)]
        return [[(address, _greeted) for _ in range(IN_EACH)] for address in addresses]

    return Rooms(open=open_rooms, say=_pass_on, hear=_overhear)


async def _greeted(socket: ClientConnection) -> str:
    return str(json.loads(await socket.recv())["id"])


async def _pass_on(client: Client, room: Sequence[Client]) -> None:
    """Send it to each of the others, as the peer knows no message to all."""
    for other in room:
        if other is not client:
            said = {"to": other.name, "text": _TEXT, "key": f"{time.perf_counter():.9f}"}
            await client.socket.send(json.dumps(said))


async def _overhear(client: Client) -> None:
    with contextlib.suppress(ConnectionClosed):
        async for frame in client.socket:
            now = time.perf_counter()
            heard = json.loads(frame)
            if "key" in heard:
                client.late.append(now - float(heard["key"]))
