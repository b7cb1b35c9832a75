"""What is in the repository: the project's own files, and the texts among them."""

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "parley"
TESTS = ROOT / "tests"

_ELSEWHERE = {"__pycache__", "dist", "htmlcov", "node_modules", "results", "var", "vendor"}
_TEXT = {".css", ".html", ".in", ".js", ".json", ".mako", ".md", ".po", ".py", ".sh", ".svg", ".toml", ".txt", ""}


def files(*suffixes: str, below: Path = ROOT) -> list[Path]:
    """Return the project's own files with one of these suffixes: nothing built, nothing vendored."""
    return sorted(path for path in _walk(below) if path.suffix in suffixes)


def texts() -> list[Path]:
    """Return all files that people read or write."""
    return files(*_TEXT)


def name_of(path: Path) -> str:
    """Return the path as it is called in the repository."""
    return str(path.relative_to(ROOT))


def _walk(below: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(below):
        folders[:] = [name for name in folders if name not in _ELSEWHERE and (name[0] != "." or name == ".ci")]
        yield from (Path(folder, name) for name in names if name != ".git")
