"""`parley …` in a process of its own that need not import it first: it is forked from one that has.

All else is as when somebody types it: the words, the environment, standard input and output, signals, exit status.
"""

import atexit
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import IO

PARLEY = str(Path(sys.executable).with_name("parley"))
LARGEST = 1 << 20
"""Bytes of an order: words and environment as JSON, with four files: three standard ones, and where the end is told."""

_ROOT = Path(__file__).parent.parent


class Running:
    """A process of Parley; what it offers is named as in `subprocess.Popen`."""

    def __init__(self, news: socket.socket) -> None:
        self._news = news
        self.pid = int(news.recv(LARGEST))
        self._status: int | None = None

    def poll(self) -> int | None:
        """Return the exit status; None while it runs."""
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def wait(self, seconds: float | None = None) -> int:
        """Return the exit status, once there is one; a signal that ended it is a negative number."""
        if self._status is None:
            with selectors.DefaultSelector() as waiting:
                waiting.register(self._news, selectors.EVENT_READ)
                if not waiting.select(seconds):
                    raise subprocess.TimeoutExpired(PARLEY, seconds or 0)
            self._status = int(self._news.recv(LARGEST))
            self._news.close()
        return self._status

    def send_signal(self, which: signal.Signals) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, which)


def start(*words: str, environment: Mapping[str, str], files: tuple[int, int, int]) -> Running:
    """Start `parley` with these words, on these files for standard input, output and error."""
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with there:
        order = json.dumps({"words": words, "environment": dict(environment)}).encode()
        socket.send_fds(_origin(), [order], [*files, there.fileno()])
        return Running(here)


def run(*words: str, environment: Mapping[str, str], answer: str = "") -> subprocess.CompletedProcess[str]:
    """Run `parley` with these words until its end; `answer` is what it reads."""
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        asked.write(answer.encode())
        asked.seek(0)
        files = (asked.fileno(), said.fileno(), complained.fileno())
        status = start(*words, environment=environment, files=files).wait()
        return subprocess.CompletedProcess(words, status, _written(said), _written(complained))


def _written(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


@cache
def _origin() -> socket.socket:
    """Start the process that all others are forked from. It ends with this one, and the others with it."""
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with there:
        orders = there.fileno()
        command = [sys.executable, "-m", "tests.origin", str(orders)]
        origin = subprocess.Popen(
            command,
            cwd=_ROOT,
            pass_fds=[orders],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
    atexit.register(_end, origin, here)
    return here


def _end(origin: subprocess.Popen[bytes], orders: socket.socket) -> None:
    orders.close()
    origin.wait()
