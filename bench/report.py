"""Reports: a table for people, the same as a page of the documentation, JSON for programs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich import box
from rich.table import Table

from bench.goals import OURS, Verdict
from bench.rounds import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What came of an area."""

    area: str
    title: str
    method: str
    results: Sequence[Result]
    verdicts: Sequence[Verdict]


def number(value: float) -> str:
    """Write a figure with three digits that mean something."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def table(findings: Findings) -> Table:
    """Return the table of an area; the ratios are of Parley's figure and processor time to the peer's."""
    beside = _beside(findings)
    shown = Table(title=findings.title, caption=findings.method, box=box.SIMPLE_HEAD, title_justify="left")
    shown.caption_justify = "left"
    for heading in ("what", "who"):
        shown.add_column(heading, no_wrap=True)
    for heading in ("median", "least - most", *beside, "Parley is", "its CPU"):
        shown.add_column(heading, justify="right", no_wrap=True)
    shown.add_column("to reach", no_wrap=True)
    previous = ""
    for result in findings.results:
        if previous not in {"", result.what}:
            shown.add_section()
        cells = _cells(result, findings, beside=beside, first=result.what != previous)
        shown.add_row(*(cell.replace("✔", "[green]✔[/green]").replace("✘", "[red]✘[/red]") for cell in cells))
        previous = result.what
    return shown


def page(findings: Iterable[Findings], *, machine: dict[str, str | int | float], rounds: int) -> str:
    """Return everything that was measured as Markdown, one section for each area."""
    about = ", ".join(f"{name.replace('_', ' ')} {fact}" for name, fact in machine.items())
    return f"Measured in {rounds} rounds by turns on this machine: {about}.\n" + "".join(map(_section, findings))


def _section(findings: Findings) -> str:
    beside = _beside(findings)
    headings = ("what", "who", "median", "least - most", *beside, "Parley is", "its CPU", "to reach")
    lines = [headings, ("---", "---", *("---:" for _ in headings[3:]), "---")]
    lines += [tuple(_cells(result, findings, beside=beside, first=True)) for result in findings.results]
    rows = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    return f"\n## {findings.title}\n\n{findings.method}\n\n{rows}"


def _beside(findings: Findings) -> list[str]:
    return list(dict.fromkeys(name for result in findings.results for name in result.beside()))


def _cells(result: Result, findings: Findings, *, beside: Iterable[str], first: bool) -> Iterable[str]:
    yield result.what if first else ""
    yield result.who
    yield number(result.median)
    yield f"{number(min(result.figures))} - {number(max(result.figures))}"
    measured = result.beside()
    yield from (number(measured[name]) if name in measured else "" for name in beside)
    ratio = _ratio(result, findings.results)
    yield "" if ratio is None else f"{ratio:.2f}x"
    share = _cpu_ratio(result, findings.results)
    yield "" if share is None else f"{share:.2f}x"
    yield ", ".join(_verdict(verdict) for verdict in findings.verdicts if _is_about(verdict, result))


def _ratio(result: Result, results: Iterable[Result]) -> float | None:
    ours = _ours(result, results)
    return None if ours is None else ours.ratio_to(result)


def _cpu_ratio(result: Result, results: Iterable[Result]) -> float | None:
    """Return how much processor time Parley takes for the same; unlike wall time, load beside us hardly changes it."""
    ours = _ours(result, results)
    used = [
        beside for one in (ours, result) if one is not None for name, beside in one.beside().items() if _is_cpu(name)
    ]
    return used[0] / used[1] if len(used) == 2 else None


def _is_cpu(figure: str) -> bool:
    return figure.startswith("CPU")


def _ours(result: Result, results: Iterable[Result]) -> Result | None:
    """Return Parley's result that this one of a peer is compared with; None for Parley's own."""
    if result.who == OURS:
        return None
    return next((other for other in results if (other.what, other.who) == (result.what, OURS)), None)


def _is_about(verdict: Verdict, result: Result) -> bool:
    goal = verdict.goal
    return (goal.what, goal.against or OURS) == (result.what, result.who)


def _verdict(verdict: Verdict) -> str:
    goal = verdict.goal
    subject = "" if goal.figure is None else f"{goal.figure} "
    times = "x" if goal.against else ""
    return f"{subject}{goal.bound}{times} {'✔' if verdict.met else '✘'}"


def document(findings: Iterable[Findings], *, machine: dict[str, str | int | float], rounds: int) -> dict[str, object]:
    """Return everything that was measured, to be written as JSON."""
    return {
        "machine": machine,
        "rounds": rounds,
        "areas": {
            found.area: {
                "title": found.title,
                "method": found.method,
                "results": [_result(result, found.results) for result in found.results],
                "goals": [_goal(verdict) for verdict in found.verdicts],
            }
            for found in findings
        },
    }


def _result(result: Result, results: Iterable[Result]) -> dict[str, object]:
    return {
        "what": result.what,
        "who": result.who,
        "median": result.median,
        "rounds": result.figures,
        "beside": result.beside(),
        "parley_is_times": _ratio(result, results),
        "parley_takes_times_the_cpu": _cpu_ratio(result, results),
    }


def _goal(verdict: Verdict) -> dict[str, object]:
    goal = verdict.goal
    return {
        "what": goal.what,
        "against": goal.against,
        "figure": goal.figure,
        "bound": goal.bound,
        "measured": verdict.measured,
        "met": verdict.met,
    }
