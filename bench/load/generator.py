"""Generators of load: who sends the requests, in a process of its own on a core of its own."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bench import machine
from bench.processes import PYTHON, ROOT, pinned


class Traffic(msgspec.Struct, frozen=True, kw_only=True):
    """What a generator counted. Latencies are in milliseconds."""

    requests: int
    seconds: float
    failures: int
    """Answers of 400 and above, and connections that broke."""

    p50: float
    p99: float

    @property
    def per_second(self) -> float:
        """Requests answered per second."""
        return self.requests / self.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """A program that replays a file of requests; `name` says which one, to the reader of the figures."""

    name: str
    command: Sequence[str]

    def drive(self, requests: Path, *, port: int, seconds: float, connections: int) -> Traffic:
        """Replay the requests on that many connections for that long."""
        asked = {"requests": requests, "port": port, "seconds": f"{seconds:g}", "connections": connections}
        command = [part.format(**asked) for part in self.command]
        done = subprocess.run(
            [*pinned(machine.client_core()), *command], cwd=ROOT, capture_output=True, check=True, text=True
        )
        return msgspec.json.decode(done.stdout.splitlines()[-1], type=Traffic)


def generator(*, wrk: str | None = shutil.which("wrk")) -> Generator:
    """Return wrk where it is installed (Debian: `apt-get install wrk`), otherwise our own client, which is slower."""
    if wrk is None:
        return Generator(
            name="our own client (wrk is not installed)",
            command=[PYTHON, "-m", "bench.load.replay", "{requests}", "{port}", "{seconds}", "{connections}"],
        )
    return Generator(
        name="wrk",
        command=[
            *(wrk, "--threads", "1", "--connections", "{connections}", "--duration", "{seconds}s", "--timeout", "30s"),
            *("--script", "bench/load/replay.lua", "http://127.0.0.1:{port}/", "--", "{requests}"),
        ],
    )
