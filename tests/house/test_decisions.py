"""Decisions are found: the index names each of them by its title, and each says where it stands."""

import re

from tests.house.tree import ROOT

DECISIONS = ROOT / "docs" / "decisions"
NUMBERED = sorted(DECISIONS.glob("[0-9]*.md"))


def test_the_index_names_every_decision_by_its_title() -> None:
    titles = [file.read_text().splitlines()[0].removeprefix("# ").partition(": ") for file in NUMBERED]
    rows = [f"| [{number}]({file.name}) | {title} |" for file, (number, _, title) in zip(NUMBERED, titles, strict=True)]
    index = (DECISIONS / "README.md").read_text().splitlines()
    assert [line for line in index if re.match(r"\| \[\d", line)] == rows


def test_no_number_is_given_twice_and_every_decision_has_a_status() -> None:
    numbers = [file.name[:4] for file in NUMBERED]
    assert sorted(set(numbers)) == numbers
    assert [file.name for file in NUMBERED if not re.search(r"^Status: \S", file.read_text(), re.MULTILINE)] == []
