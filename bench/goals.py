"""Goals: what Parley is to reach, beside a peer or on its own, and whether it did."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.rounds import Result

OURS = "Parley"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A bound on the ratio to a peer or, without one, on a figure of Parley's own."""

    what: str
    against: str | None = None
    figure: str | None = None
    """One of the figures that stand beside; None: the one that is compared."""

    least: float | None = None
    most: float | None = None

    def __post_init__(self) -> None:
        """Refuse a goal without one bound."""
        if (self.least is None) == (self.most is None):
            message = "A goal has either a least or a most."
            raise ValueError(message)

    @property
    def bound(self) -> str:
        """The bound as people write it."""
        return f"≥ {self.least:g}" if self.least is not None else f"≤ {self.most:g}"

    def is_met(self, measured: float) -> bool:
        """Tell whether a measured figure or ratio is on the right side of the bound."""
        return measured >= self.least if self.least is not None else self.most is not None and measured <= self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A goal and what was measured."""

    goal: Goal
    measured: float

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return self.goal.is_met(self.measured)


def judge(goals: Sequence[Goal], results: Sequence[Result]) -> list[Verdict]:
    """Hold what was measured against the goals; a goal for which nothing was measured is left out."""
    found = {(result.what, result.who): result for result in results}
    verdicts: list[Verdict] = []
    for goal in goals:
        ours = found.get((goal.what, OURS))
        peer = found.get((goal.what, goal.against or OURS))
        if ours is not None and peer is not None:
            verdicts.append(Verdict(goal=goal, measured=_measured(goal, ours=ours, peer=peer)))
    return verdicts


def _measured(goal: Goal, *, ours: Result, peer: Result) -> float:
    if goal.against is not None:
        return ours.ratio_to(peer)
    return ours.median if goal.figure is None else ours.beside()[goal.figure]
