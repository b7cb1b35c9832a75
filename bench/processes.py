"""Processes under measurement: pinned to a core, waited for, and asked what they used."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench import machine, usage

PYTHON = sys.executable
ROOT = Path(__file__).parents[1]
_ALONE = ROOT / ".venv" / "bench"
PARLEY_PYTHON = str(_ALONE / "parley" / "bin" / "python")
"""Of an environment with Parley and what it runs on; nothing that tests or peers need is imported there."""

PEERS_PYTHON = str(_ALONE / "peers" / "bin" / "python")
"""Of an environment with what the peers run on."""

_PATIENCE = 60.0


class Server:
    """A running server, with its children."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.port = port
        self._process = process

    def cpu_seconds(self) -> float:
        """Return the processor time used so far, by the server and its children."""
        return usage.cpu_seconds(self._process.pid)

    def resident_megabytes(self) -> float:
        """Return the resident memory of the server and its children."""
        return usage.resident_megabytes(self._process.pid)

    def need_running(self) -> None:
        """Raise RuntimeError when the process has ended."""
        if self._process.poll() is not None:
            message = f"{self._process.args!r} ended with {self._process.returncode}."
            raise RuntimeError(message)


@contextlib.contextmanager
def running(
    command: Sequence[str], *, port: int, log: Path, environment: Mapping[str, str], patience: float = _PATIENCE
) -> Iterator[Server]:
    """Run a server pinned to the servers' core, from when its port is open; stop it afterwards."""
    with begun(command, port=port, log=log, environment=environment) as server:
        until = time.monotonic() + patience
        while not _is_open(port):
            server.need_running()
            if time.monotonic() > until:
                message = f"Nothing opened port {port} within {patience:g} s; see {log}."
                raise TimeoutError(message)
            time.sleep(0.01)
        yield server


@contextlib.contextmanager
def begun(command: Sequence[str], *, port: int, log: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    """Begin to run a server, pinned to the servers' core; stop it afterwards. Its output goes to `log`.

    Python may keep what it compiled, as where it is installed: otherwise its compiler would be measured.
    """
    with (
        log.open("ab") as output,
        subprocess.Popen(
            [*pinned(machine.server_core()), *command],
            env={name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            yield Server(process, port)
        finally:
            _stop(process)


def pinned(core: int) -> list[str]:
    """Return the beginning of a command that is to run on one core only."""
    return ["taskset", "--cpu-list", str(core)]


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _is_open(port: int) -> bool:
    with socket.socket() as knocking:
        return knocking.connect_ex(("127.0.0.1", port)) == 0


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
