"""Somebody at the command line of the server."""

import json
import os
import subprocess
from typing import Any

from tests import preloaded


class Operator:
    """Types commands, with these settings in the environment."""

    def __init__(self, settings: dict[str, str]) -> None:
        self.settings = settings

    def type(self, *words: str, answer: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command; `answer` is piped into it."""
        return preloaded.run(*words, environment=os.environ | self.settings, answer=answer)

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
