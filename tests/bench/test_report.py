"""What people and programs are told."""

import msgspec
import pytest
from rich.console import Console

from bench.goals import OURS, Goal, judge
from bench.report import Findings, document, number, page, table
from bench.rounds import Result, Sample

RESULTS = (
    Result(
        what="get",
        who=OURS,
        samples=tuple(Sample(figure=figure, beside={"p99/p50": 2, "CPU µs": 90}) for figure in (4200, 4400)),
    ),
    Result(
        what="get", who="peer", samples=tuple(Sample(figure=figure, beside={"CPU µs": 300}) for figure in (1000, 1100))
    ),
)
GOALS = (Goal(what="get", against="peer", least=4), Goal(what="get", figure="p99/p50", most=1))
FINDINGS = Findings(area="api", title="API", method="By turns.", results=RESULTS, verdicts=judge(GOALS, RESULTS))


@pytest.mark.parametrize(("value", "written"), [(4321.9, "4,322"), (43.21, "43.2"), (0.4321, "0.43"), (99.96, "100.0")])
def test_figures_have_three_digits_that_mean_something(value: float, written: str) -> None:
    assert number(value) == written


def test_the_table_shows_figures_ratios_and_goals() -> None:
    console = Console(width=160, color_system=None)
    with console.capture() as captured:
        console.print(table(FINDINGS))
    ours, peer = (line.split() for line in captured.get().splitlines() if "4,300" in line or "1,050" in line)
    assert ours == ["get", OURS, "4,300", "4,200", "-", "4,400", "2.00", "90.0", "p99/p50", "≤", "1", "✘"]
    assert peer == ["peer", "1,050", "1,000", "-", "1,100", "300", "4.10x", "0.30x", "≥", "4x", "✔"]


def test_the_page_shows_the_same() -> None:
    written = page([FINDINGS], machine={"cores": 2}, rounds=2)
    assert written.startswith("Measured in 2 rounds by turns on this machine: cores 2.\n\n## API\n\nBy turns.\n\n| ")
    assert "| get | peer | 1,050 | 1,000 - 1,100 |  | 300 | 4.10x | 0.30x | ≥ 4x ✔ |\n" in written


def test_the_document_holds_every_round() -> None:
    written = msgspec.json.decode(msgspec.json.encode(document([FINDINGS], machine={"cores": 2}, rounds=2)))
    area = written["areas"]["api"]
    assert written["machine"] == {"cores": 2}
    assert [result["rounds"] for result in area["results"]] == [[4200, 4400], [1000, 1100]]
    assert area["results"][1]["parley_is_times"] == pytest.approx(4.1)
    assert area["results"][1]["parley_takes_times_the_cpu"] == pytest.approx(0.3)
    assert area["results"][0]["parley_is_times"] is None
    assert [(goal["bound"], goal["met"]) for goal in area["goals"]] == [("≥ 4", True), ("≤ 1", False)]
