"""A real Parley in a process of its own, which can be stopped, killed and started again."""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import preloaded
from tests.postgres import free_port
from tests.preloaded import PARLEY

PATIENCE = 120.0
"""How long a start or stop may take, in seconds, on a machine that does other things too."""


class Server:
    """One `parley serve` with a folder, a database and a port that stay the same when it starts again."""

    def __init__(self, folder: Path, *, database: str, settings: dict[str, str]) -> None:
        self.port = free_port()
        self.log = folder / "server.log"
        given = {"PARLEY_DATA": str(folder / "data"), "PARLEY_DATABASE": database, "PARLEY_PORT": str(self.port)}
        self.environment = os.environ | given | settings
        self.url = self.environment.get("PARLEY_URL", f"http://localhost:{self.port}")
        self._process: subprocess.Popen[bytes] | preloaded.Running | None = None

    def start(self, *, preload: bool = True) -> None:
        """Start, and return when requests are answered."""
        with self.log.open("ab") as log, Path(os.devnull).open("rb") as nothing:
            files = nothing.fileno(), log.fileno(), log.fileno()
            if preload:
                self._process = preloaded.start("serve", environment=self.environment, files=files)
            else:
                command = [PARLEY, "serve"]
                self._process = subprocess.Popen(command, env=self.environment, stdin=nothing, stdout=log, stderr=log)
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"Parley does not answer on port {self.port}:\n{self.log.read_text()}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Ask it to stop, as an operator does, and wait until it has."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def run(self, *words: str, answer: str = "") -> dict[str, Any]:
        """Run a command of Parley beside the server and return its JSON; `answer` is typed on standard input."""
        done = preloaded.run(*words, "--json", environment=self.environment, answer=answer)
        if done.returncode:
            raise RuntimeError(f"parley {' '.join(words)}: {done.stderr}")
        said: dict[str, Any] = json.loads(done.stdout)
        return said

    def _answers(self) -> bool:
        scheme = "https" if "PARLEY_TLS_CERT" in self.environment else "http"
        try:
            urllib.request.urlopen(f"{scheme}://127.0.0.1:{self.port}/readyz", timeout=2).close()
        except urllib.error.URLError as fault:
            return "CERTIFICATE_VERIFY_FAILED" in str(fault)  # somebody is there, with a certificate of the test's own
        except OSError:
            return False
        return True

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE)
            self._process = None


@contextmanager
def serving(folder: Path, *, database: str, **settings: str) -> Iterator[Server]:
    """Run a server until the end of the block. Settings are named as in docs/reference/settings.md."""
    server = Server(folder, database=database, settings=settings)
    try:
        server.start()
        yield server
    finally:
        server.kill()
