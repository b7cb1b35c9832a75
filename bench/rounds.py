"""Rounds: what is compared is measured by turns, so that a noisy machine is noisy for everybody."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What one turn measured: the figure that is compared, and others that stand beside it."""

    figure: float
    beside: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to be measured once in every round, of Parley or of a peer."""

    what: str
    """What is measured, with its unit: `get, requests/s`."""

    who: str
    measure: Callable[[], Sample]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All samples of a task, in the order of the rounds."""

    what: str
    who: str
    samples: tuple[Sample, ...]

    @property
    def figures(self) -> list[float]:
        """The figure of each round."""
        return [sample.figure for sample in self.samples]

    @property
    def median(self) -> float:
        """The figure of the middle round."""
        return median(self.figures)

    def beside(self) -> dict[str, float]:
        """Return the medians of the figures that stand beside the one that is compared."""
        names = dict.fromkeys(name for sample in self.samples for name in sample.beside)
        return {name: median(sample.beside[name] for sample in self.samples) for name in names}

    def ratio_to(self, other: "Result") -> float:
        """Return how many times the other's figure this one is: the median over the rounds, each with its own ratio.

        Load that comes and goes between rounds cancels out, as it weighs on both figures of a round.
        """
        return median(mine / others for mine, others in zip(self.figures, other.figures, strict=True))


def alternate(tasks: Sequence[Task], *, rounds: int, begun: Callable[[int, Task], None]) -> list[Result]:
    """Measure every task once per round, forwards and backwards by turns; `begun` is told how many turns are over."""
    samples: list[list[Sample]] = [[] for _ in tasks]
    forwards = list(enumerate(tasks))
    turns = [turn for number in range(rounds) for turn in (forwards if number % 2 == 0 else forwards[::-1])]
    for over, (place, task) in enumerate(turns):
        begun(over, task)
        samples[place].append(task.measure())
    return [
        Result(what=task.what, who=task.who, samples=tuple(taken)) for task, taken in zip(tasks, samples, strict=True)
    ]
