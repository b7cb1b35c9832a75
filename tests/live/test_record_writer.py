"""The record writer: a record that cannot be written takes no other with it, and a departure is not given up."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import msgspec
import pytest
from structlog.testing import capture_logs

from parley.ground.db import STOPPING, Store
from parley.ground.faults import Conflict, FieldError, Invalid, Unreachable
from parley.live import record_writer as record_writers
from parley.live.client_connection import ClientConnection
from parley.live.commands import Hello, Say
from parley.live.effects import Record, RecordDeparture, RecordMessage
from parley.live.record_writer import RecordWriter
from parley.live.room_runner import RoomRunner
from parley.live.rules import Rules
from parley.sessions import Departure
from tests.live.stage import ADA, BEN, CLEO, NINE, Stage, seat


class Paper(Store):
    """A store that takes down records; `refusal` says what it has against one."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[Record] = []
        self.refusal: Callable[[Record], Exception | None] = lambda _: None

    async def write(self, _verb: Any, /, *args: Any, **_named: Any) -> Any:  # noqa: ANN401
        [records] = args
        await asyncio.sleep(0)
        for record in records:
            if refusal := self.refusal(record):
                raise refusal
        self.written += records
        return [None for _ in records]

    async def read(self, *_args: Any, **_named: Any) -> Any:  # noqa: ANN401
        raise AssertionError("a record writer only writes")

    read_long = read

    async def start(self) -> None:
        """Nothing is to be opened."""

    async def close(self) -> None:
        """Nothing is to be closed."""


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> Paper:
    monkeypatch.setattr(record_writers, "_PAUSE", 0.01)
    return Paper()


@pytest.fixture
async def writer(paper: Paper) -> AsyncIterator[RecordWriter]:
    writer = RecordWriter(paper, node="a", clock=lambda: NINE)
    yield writer
    await writer.stop(at_most=0)


def left(who: int) -> RecordDeparture:
    return RecordDeparture(participant=who, at=NINE, how=Departure.LEFT)


HELLO = Hello(version=1, seat="…", instance="page-1")
POISON = RecordMessage(participant=BEN, text="☠", key="k")


async def test_a_record_that_the_database_never_takes_is_refused_alone(paper: Paper, writer: RecordWriter) -> None:
    paper.refusal = lambda record: RuntimeError() if record is POISON else None
    futures = [writer.write(record) for record in (left(ADA), POISON, left(CLEO))]
    outcomes = await asyncio.gather(*futures, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None), RuntimeError, type(None)]
    assert paper.written == [left(ADA), left(CLEO)]


async def test_departures_beside_it_are_tried_again_in_their_order(paper: Paper, writer: RecordWriter) -> None:
    away = [Unreachable("The database is away."), Unreachable("The database is away.")]

    def refusal(record: Record) -> Exception | None:
        if record is POISON:
            return RuntimeError()
        return away.pop() if record == left(ADA) and away else None

    paper.refusal = refusal
    message = RecordMessage(participant=CLEO, text="Hello!", key="k")
    futures = [writer.write(record) for record in (POISON, left(ADA), message, left(CLEO))]
    outcomes = await asyncio.gather(*futures, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [RuntimeError, type(None), Unreachable, type(None)]
    assert paper.written == [left(ADA), left(CLEO)]


async def test_what_is_said_when_all_seems_written_is_written_too(paper: Paper, writer: RecordWriter) -> None:
    async def enter_and_be_refused() -> None:
        await writer.write(left(ADA))
        writer.write(left(BEN))

    entering = asyncio.create_task(enter_and_be_refused())
    await asyncio.sleep(0)
    await writer.stop(at_most=1)
    await entering
    assert paper.written == [left(ADA), left(BEN)]


async def test_who_waits_when_the_writer_stops_is_told_so(paper: Paper, writer: RecordWriter) -> None:
    paper.refusal = lambda _: Unreachable("The database is away.")
    waiting = [writer.write(left(ADA)), writer.write(left(BEN))]
    with capture_logs() as logs:
        await writer.stop(at_most=0.05)
    outcomes = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), timeout=1)
    assert [str(outcome) for outcome in outcomes] == [STOPPING, STOPPING]
    assert {type(outcome) for outcome in outcomes} == {Unreachable}
    assert [(log["log_level"], log["records"]) for log in logs] == [("error", 2)]
    with pytest.raises(Unreachable):
        await asyncio.wait_for(writer.write(left(ADA)), timeout=1)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Invalid(FieldError("text", "It cannot be said.")), "bad-text"),
        (Conflict("It is over."), "ended"),
        (Unreachable("The database is away."), "unavailable"),
    ],
)
async def test_a_client_learns_whether_to_say_it_again(
    paper: Paper, writer: RecordWriter, fault: Exception, reason: str
) -> None:
    runner = RoomRunner(Stage().room, writer, clock=lambda: NINE, ice_servers=lambda **_who: ())
    connection = ClientConnection(Rules())
    await runner.enter(seat(ADA), HELLO, connection)
    paper.refusal = lambda _: fault
    runner.handle(ADA, connection, Say(text="Hello!", key="k"))
    heard: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    sending = asyncio.create_task(connection.run(heard.put))
    events: list[Any] = []
    async with asyncio.timeout(1):
        while not events or events[-1]["type"] != "error":
            events += msgspec.json.decode((await heard.get())["text"])
    assert events[-1] == {"type": "error", "reason": reason, "event": "say", "key": "k"}
    connection.hang_up()
    await sending
