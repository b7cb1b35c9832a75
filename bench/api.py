"""Area 2, the API: get, list 20 and create on Parley's real endpoints, beside peers that do the bare query only."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import parley
from bench import peer_servers as peers
from bench.area import Area, Options
from bench.goals import OURS, Goal
from bench.load import Generator, Request, file_of, generator
from bench.peers.api.table import VARIABLE, fill
from bench.processes import Server, free_port, running
from bench.rounds import Sample, Task

CONNECTIONS = 32
MEETINGS = 100_000
ORGANIZERS = 500
SINGLE = "Parley, a commit for each request"

GOALS = (
    Goal(what="get, requests/s", against=peers.FASTAPI_SQLALCHEMY, least=4),
    Goal(what="list 20, requests/s", against=peers.FASTAPI_SQLALCHEMY, least=5),
    Goal(what="create, requests/s", against=peers.FASTAPI_SQLALCHEMY, least=4),
    Goal(what="create, requests/s", against=SINGLE, least=2),
    *(Goal(what=f"{act}, requests/s", figure="p99/p50", most=5) for act in ("get", "list 20", "create")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A server that is running, and the prepared requests for each thing that it is asked to do."""

    who: str
    server: Server
    requests: Mapping[str, Path]
    generator: Generator

    def measure(self, act: str, *, seconds: int) -> Sample:
        """Ask for one thing on all connections for so long."""
        before = self.server.cpu_seconds()
        traffic = self.generator.drive(
            self.requests[act], port=self.server.port, seconds=seconds, connections=CONNECTIONS
        )
        used = self.server.cpu_seconds() - before
        if traffic.failures:
            message = f"{self.who}: {traffic.failures} of {traffic.requests} requests failed ({act})."
            raise RuntimeError(message)
        beside = {
            "p50 ms": traffic.p50,
            "p99 ms": traffic.p99,
            "p99/p50": traffic.p99 / traffic.p50,
            "CPU µs": used / traffic.requests * 1e6,
        }
        return Sample(figure=traffic.per_second, beside=beside)


@contextmanager
def prepared(options: Options) -> Iterator[Area]:
    """Fill the databases, start all servers, and warm them up."""
    sender = generator()
    with ExitStack() as stack:
        contenders = [
            *_ours(options.folder, sender=sender, stack=stack),
            *_peers(options.folder, sender=sender, stack=stack),
        ]
        tasks = [
            Task(what=f"{act}, requests/s", who=contender.who, measure=_turn(contender, act, options.seconds))
            for act in ("get", "list 20", "create")
            for contender in contenders
            if act in contender.requests
        ]
        for contender in contenders:
            for act in contender.requests:
                contender.measure(act, seconds=1)
        yield Area(title="API", method=_method(sender), tasks=tasks, goals=GOALS)


def _turn(contender: Contender, act: str, seconds: int) -> Callable[[], Sample]:
    return lambda: contender.measure(act, seconds=seconds)


def _method(sender: Generator) -> str:
    return (
        f"One server process on one core, {CONNECTIONS} connections from {sender.name} on another; {MEETINGS:,} "
        f"meetings of {ORGANIZERS} organizers in SQLite. Parley checks token and right, writes facts and commits "
        "durably (synchronous=FULL); the peers do the bare query (synchronous=NORMAL). CPU: of the server, per request."
    )


def _ours(folder: Path, *, sender: Generator, stack: ExitStack) -> Iterator[Contender]:
    grouped = parley.install(folder / "parley", meetings=MEETINGS, organizers=ORGANIZERS)
    single = grouped.copied(folder / "single")
    requests = _files(grouped.requests(), folder, "parley")
    creating = {"create": requests["create"]}
    for who, installed, command, asked in (
        (OURS, grouped, parley.SERVE, requests),
        (SINGLE, single, parley.SERVE_SINGLE, creating),
    ):
        port = free_port()
        served = running(command, port=port, log=folder / "parley.log", environment=installed.environment(port))
        yield Contender(who=who, server=stack.enter_context(served), requests=asked, generator=sender)


def _peers(folder: Path, *, sender: Generator, stack: ExitStack) -> Iterator[Contender]:
    requests = _files(peers.requests(meetings=MEETINGS, organizers=ORGANIZERS), folder, "peers")
    for number, peer in enumerate(peers.PEERS):
        database = folder / f"peer{number}.db"
        fill(database, meetings=MEETINGS, organizers=ORGANIZERS)
        port = free_port()
        environment = os.environ | {VARIABLE: str(database)}
        served = running(peer.command(port), port=port, log=folder / "peers.log", environment=environment)
        yield Contender(who=peer.who, server=stack.enter_context(served), requests=requests, generator=sender)


def _files(requests: Mapping[str, Sequence[Request]], folder: Path, whose: str) -> dict[str, Path]:
    return {act: file_of(asked, folder / f"{whose}-{act}.requests") for act, asked in requests.items()}
