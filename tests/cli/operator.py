"""Somebody at the command line of the server."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PARLEY = str(Path(sys.executable).with_name("parley"))


class Operator:
    """Types commands, with these settings in the environment."""

    def __init__(self, settings: dict[str, str]) -> None:
        self.settings = settings

    def type(self, *words: str, answer: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command; `answer` is piped into it."""
        environment = os.environ | self.settings
        return subprocess.run(
            [PARLEY, *words], env=environment, input=answer, capture_output=True, text=True, check=False
        )

    def ask(self, *words: str, answer: str = "") -> dict[str, Any]:
        """Run a command that succeeds; return its JSON."""
        done = self.type(*words, "--json", answer=answer)
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def refused(self, *words: str, answer: str = "", status: int = 1) -> dict[str, Any]:
        """Run a command that is refused; return the JSON that says why."""
        done = self.type(*words, "--json", answer=answer)
        assert (done.returncode, done.stdout) == (status, ""), done.stderr
        found: dict[str, Any] = json.loads(done.stderr)
        return found
