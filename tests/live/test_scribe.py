"""The scribe: a record that cannot be written takes no other with it, and a departure is not given up."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import msgspec
import pytest

from parley.ground.db import Store
from parley.ground.faults import Conflict, Invalid, Unreachable, Wrong
from parley.live import scribe as scribes
from parley.live.commands import Hello, Say
from parley.live.effects import KeepDeparture, KeepMessage, Record
from parley.live.house import House
from parley.live.line import Line
from parley.live.rules import Rules
from parley.live.scribe import Scribe
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
        raise AssertionError("a scribe only writes")

    read_long = read

    async def start(self) -> None:
        """Nothing is to be opened."""

    async def close(self) -> None:
        """Nothing is to be closed."""


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> Paper:
    monkeypatch.setattr(scribes, "_PAUSE", 0.01)
    return Paper()


@pytest.fixture
async def scribe(paper: Paper) -> AsyncIterator[Scribe]:
    scribe = Scribe(paper, node="a", clock=lambda: NINE)
    yield scribe
    await scribe.stop(at_most=0)


def left(who: int) -> KeepDeparture:
    return KeepDeparture(participant=who, at=NINE, how=Departure.LEFT)


HELLO = Hello(version=1, seat="…", instance="page-1")
POISON = KeepMessage(participant=BEN, text="☠", key="k")


async def test_a_record_that_the_database_never_takes_is_refused_alone(paper: Paper, scribe: Scribe) -> None:
    paper.refusal = lambda record: RuntimeError() if record is POISON else None
    futures = [scribe.keep(record) for record in (left(ADA), POISON, left(CLEO))]
    outcomes = await asyncio.gather(*futures, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None), RuntimeError, type(None)]
    assert paper.written == [left(ADA), left(CLEO)]


async def test_departures_beside_it_are_tried_again_in_their_order(paper: Paper, scribe: Scribe) -> None:
    away = [Unreachable("The database is away."), Unreachable("The database is away.")]

    def refusal(record: Record) -> Exception | None:
        if record is POISON:
            return RuntimeError()
        return away.pop() if record == left(ADA) and away else None

    paper.refusal = refusal
    message = KeepMessage(participant=CLEO, text="Hello!", key="k")
    futures = [scribe.keep(record) for record in (POISON, left(ADA), message, left(CLEO))]
    outcomes = await asyncio.gather(*futures, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [RuntimeError, type(None), Unreachable, type(None)]
    assert paper.written == [left(ADA), left(CLEO)]


async def test_what_is_said_when_all_seems_written_is_written_too(paper: Paper, scribe: Scribe) -> None:
    async def enter_and_be_refused() -> None:
        await scribe.keep(left(ADA))
        scribe.keep(left(BEN))

    entering = asyncio.create_task(enter_and_be_refused())
    await asyncio.sleep(0)
    await scribe.stop(at_most=1)
    await entering
    assert paper.written == [left(ADA), left(BEN)]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Invalid(Wrong("text", "It cannot be said.")), "bad-text"),
        (Conflict("It is over."), "ended"),
        (Unreachable("The database is away."), "unavailable"),
    ],
)
async def test_a_client_learns_whether_to_say_it_again(
    paper: Paper, scribe: Scribe, fault: Exception, reason: str
) -> None:
    house = House(Stage().room, scribe, clock=lambda: NINE)
    line = Line(Rules())
    await house.enter(seat(ADA), HELLO, line, ice_servers=())
    paper.refusal = lambda _: fault
    house.hear(ADA, line, Say(text="Hello!", key="k"))
    heard: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    sending = asyncio.create_task(line.run(heard.put))
    events: list[Any] = []
    async with asyncio.timeout(1):
        while not events or events[-1]["type"] != "error":
            events += msgspec.json.decode((await heard.get())["text"])
    assert events[-1] == {"type": "error", "reason": reason, "event": "say", "key": "k"}
    line.hang_up()
    await sending
