"""An area of measurement: who is compared with whom at what, and what is to be reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.goals import Goal
from bench.rounds import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was asked for at the command line, and where an area may keep its files."""

    seconds: int
    """How long a turn of load lasts. It begins with new connections, whose first requests wait until all are accepted:
    short turns would show little else as p99."""

    rounds: int
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An area that is ready to be measured: its servers run."""

    title: str
    method: str
    """What a reader has to know to judge the figures."""

    tasks: Sequence[Task]
    goals: Sequence[Goal]
    rounds_in_one: int = 1
    """How many turns everybody has in a round: more where one takes moments, and is over by chance sooner or later."""
