"""`python -m bench [api] [start] [call]`: measure, print a table per area, and write everything as JSON."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from bench import api, call, machine, mesh, month, reports, rooms, start
from bench.area import Area, Options
from bench.goals import judge
from bench.processes import ROOT
from bench.report import Findings, document, page, table
from bench.rounds import Task, alternate

AREAS: dict[str, Callable[[Options], AbstractContextManager[Area]]] = {
    "api": api.prepared,
    "start": start.prepared,
    "call": call.prepared,
    "mesh": mesh.prepared,
    "rooms": rooms.prepared,
    "reports": reports.prepared,
    "month": month.prepared,
}
RESULTS = ROOT / "bench" / "results"
MEASURED = "# Measured"
_WORK = ROOT / ".cache"  # on the disk that holds Parley, as /tmp may be memory, which makes commits free


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for; return 0 even when goals are missed: a figure is a finding, not a failure."""
    asked = _parser().parse_args(arguments)
    console = Console(width=None if sys.stdout.isatty() else 160)
    facts = machine.facts()
    console.print(", ".join(f"{name.replace('_', ' ')} {fact}" for name, fact in facts.items()), highlight=False)
    findings = []
    for area in asked.areas or AREAS:
        findings.append(_measure(area, seconds=asked.seconds, rounds=asked.rounds, console=console))
        console.print(table(findings[-1]))
    file = asked.json or RESULTS / time.strftime("%Y-%m-%d-%H%M%S.json")
    file.parent.mkdir(parents=True, exist_ok=True)
    written = msgspec.json.encode(document(findings, machine=facts, rounds=asked.rounds))
    file.write_bytes(msgspec.json.format(written, indent=2))
    console.print(f"Written to {file}", highlight=False)
    if asked.page:
        introduction, _, _ = asked.page.read_text(encoding="utf-8").partition(MEASURED)
        measured = page(findings, machine=facts, rounds=asked.rounds)
        asked.page.write_text(f"{introduction}{MEASURED}\n\n{measured}", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Parley beside its peers.")
    parser.add_argument("areas", nargs="*", choices=[*AREAS, []], metavar="AREA", help=f"{', '.join(AREAS)}: all")
    parser.add_argument("--seconds", type=int, default=8, help="how long a turn of load lasts (%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="how often everybody has a turn (%(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where to write the figures (bench/results/…)")
    parser.add_argument("--page", type=Path, metavar="FILE", help=f'write them into a page as well, below "{MEASURED}"')
    return parser


def _measure(name: str, *, seconds: int, rounds: int, console: Console) -> Findings:
    _WORK.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=_WORK) as folder, _progress(console) as progress:
        bar = progress.add_task(f"{name}: preparing", total=None)
        with AREAS[name](Options(seconds=seconds, rounds=rounds, folder=Path(folder))) as area:
            turns = rounds * area.rounds_in_one
            progress.update(bar, total=turns * len(area.tasks))

            def begun(over: int, task: Task) -> None:
                progress.update(bar, completed=over, description=f"{name}: {task.what}: {task.who}")

            results = alternate(area.tasks, rounds=turns, begun=begun)
    return Findings(
        area=name, title=area.title, method=area.method, results=results, verdicts=judge(area.goals, results)
    )


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
