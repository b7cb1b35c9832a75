"""Area 5, start-up and size: from nothing to the first answer, and what an idle server holds."""

import http.client
import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from bench import machine, parley
from bench import peer_servers as peers
from bench.area import Area, Options
from bench.goals import OURS, Goal
from bench.peers.api.table import VARIABLE, fill
from bench.processes import PARLEY_PYTHON, ROOT, Server, begun, free_port, pinned
from bench.rounds import Sample, Task

COLD = "cold start, s"
IDLE = "idle server, MB"
VERSION = "--version, s"
BARE = "python -c pass"

GOALS = (
    Goal(what=COLD, against=peers.FASTAPI_SQLALCHEMY, most=0.9),
    Goal(what=IDLE, most=110),
    Goal(what=VERSION, against=BARE, most=3),
)
METHOD = (
    "Cold start: from starting the process to the first 200 of getting one meeting out of the database (Parley: by "
    "token), the files being in the page cache. Idle: resident memory one second after that. Of --version, each turn "
    "is the median of nine."
)

_PATIENCE = 30
_SIZE = {"meetings": 1_000, "organizers": 10}
_RUNS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """How a server is started, and what it is asked first."""

    command: Callable[[int], Sequence[str]]
    environment: Callable[[int], Mapping[str, str]]
    path: str
    headers: Mapping[str, str]
    log: Path

    def cold(self) -> Sample:
        """Measure from the start of the process to its first answer."""
        began = time.perf_counter()
        with self._answering() as server:
            return Sample(figure=time.perf_counter() - began, beside={"CPU s": server.cpu_seconds()})

    def idle(self) -> Sample:
        """Measure what the server holds a second after its first answer."""
        with self._answering() as server:
            time.sleep(1)
            return Sample(figure=server.resident_megabytes())

    @contextmanager
    def _answering(self) -> Iterator[Server]:
        port = free_port()
        with begun(self.command(port), port=port, log=self.log, environment=self.environment(port)) as server:
            until = time.monotonic() + _PATIENCE
            while not self._answers(port):
                server.need_running()
                if time.monotonic() > until:
                    message = f"No 200 at {self.path} within {_PATIENCE} s; see {self.log}."
                    raise TimeoutError(message)
                time.sleep(0.002)
            yield server

    def _answers(self, port: int) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        try:
            connection.request("GET", self.path, headers=dict(self.headers))
            return connection.getresponse().status == HTTPStatus.OK
        except ConnectionError:
            return False
        finally:
            connection.close()


@contextmanager
def prepared(options: Options) -> Iterator[Area]:
    """Fill the databases, and start everything once, so that compiled files and page cache are as in daily use."""
    ours, peer = _ours(options.folder), _peer(options.folder)
    tasks = [
        Task(what=COLD, who=OURS, measure=ours.cold),
        Task(what=COLD, who=peers.FASTAPI_SQLALCHEMY, measure=peer.cold),
        Task(what=IDLE, who=OURS, measure=ours.idle),
        Task(what=IDLE, who=peers.FASTAPI_SQLALCHEMY, measure=peer.idle),
        Task(what=VERSION, who=OURS, measure=lambda: _command(str(parley.COMMAND), "--version")),
        Task(what=VERSION, who=BARE, measure=lambda: _command(PARLEY_PYTHON, "-c", "pass")),
    ]
    for task in tasks:
        task.measure()
    yield Area(title="Start-up and size", method=METHOD, tasks=tasks, goals=GOALS)


def _ours(folder: Path) -> Starter:
    installed = parley.install(folder / "parley", **_SIZE)
    first = installed.requests()["get"][0]
    return Starter(
        command=lambda _: parley.SERVE,
        environment=installed.environment,
        path=first.path,
        headers=first.headers,
        log=folder / "parley.log",
    )


def _peer(folder: Path) -> Starter:
    fill(folder / "peer.db", **_SIZE)
    return Starter(
        command=next(peer.command for peer in peers.PEERS if peer.who == peers.FASTAPI_SQLALCHEMY),
        environment=lambda _: os.environ | {VARIABLE: str(folder / "peer.db")},
        path="/meetings/1",
        headers={},
        log=folder / "peer.log",
    )


def _command(*command: str) -> Sample:
    """Measure a command that ends by itself."""
    seconds = []
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(_RUNS):
        began = time.perf_counter()
        subprocess.run([*pinned(machine.server_core()), *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - began)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Sample(figure=statistics.median(seconds), beside={"CPU s": used / _RUNS})
