"""What is installed is pinned, hashed, and comes from wherever the installing machine gets its packages."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

from tests.house.tree import ROOT

PIN = re.compile(r"[a-z0-9._-]+==\S+( ;[^#]+?)?(\s+--hash=sha256:[0-9a-f]{64})+")
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
LISTS = sorted((ROOT / "requirements").glob("*.in"))


def _lines(path: Path) -> list[str]:
    """Return the requirements of a list or lock, each with its hashes in one line."""
    lines = path.read_text().replace("\\\n", " ").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _names(lines: list[str]) -> set[str]:
    return {re.split(r"[\s\[=<>~;]", line, maxsplit=1)[0].lower() for line in lines if not line.startswith("-")}


def test_locks_hold_versions_and_hashes_and_nothing_else() -> None:
    assert [line for lock in LOCKS for line in _lines(lock) if not PIN.fullmatch(line)] == []
    assert [lock.name for lock in LOCKS if "://" in lock.read_text()] == []


def test_locks_agree_on_versions() -> None:
    pins = sorted({line.split()[0] for lock in LOCKS for line in _lines(lock)})
    assert [pair for pair in pairwise(pins) if pair[0].split("==")[0] == pair[1].split("==")[0]] == []


def test_each_lock_holds_what_its_list_asks_for() -> None:
    asked = {path.stem: _names(_lines(path)) for path in LISTS}
    asked["run"] = _names(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"])
    locked = {lock.stem: _names(_lines(lock)) for lock in LOCKS}
    assert {name for stem, names in asked.items() for name in names - locked[stem]} == set()
