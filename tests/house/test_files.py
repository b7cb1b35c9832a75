"""Files and functions stay small, are named for what is in them, and say what they are for."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import SOURCE, TESTS, files, name_of

LONGEST_FILE = 300
LONGEST_TEST_FILE = 400
LONGEST_FUNCTION = 40
VAGUE = {
    word + plural
    for word in ("util", "helper", "manager", "service", "common", "misc", "base", "core")
    for plural in ("", "s")
} - {"managers"}  # people of that role, of whom a group has some
MIGRATIONS = SOURCE / "migrations" / "versions"


def test_files_are_small() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in files(".py", ".js", ".css", ".html")}
    assert {name_of(path): length for path, length in lengths.items() if length > _limit(path)} == {}


def _limit(path: Path) -> int:
    return LONGEST_TEST_FILE if TESTS in path.parents else LONGEST_FILE


def test_functions_are_short() -> None:
    assert [function for path in files(".py") if MIGRATIONS not in path.parents for function in _long(path)] == []


def _long(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{name_of(path)}: {node.name} has {lines} lines"


def test_modules_are_named_for_what_is_in_them() -> None:
    assert [name_of(path) for path in files(".py", ".js") if VAGUE & set(_words(path))] == []


def _words(path: Path) -> list[str]:
    return name_of(path.with_suffix("")).replace("-", "_").replace("_", "/").split("/")


def test_every_module_says_what_it_is_for() -> None:
    modules = {path: ast.parse(path.read_text()) for path in files(".py")}
    silent = [path for path, module in modules.items() if not ast.get_docstring(module) and not _is_bare(path, module)]
    assert [name_of(path) for path in silent] == []


def _is_bare(path: Path, module: ast.Module) -> bool:
    """Tell whether this is the empty `__init__` of a folder of tests, which mirrors src and needs no words."""
    return TESTS in path.parents and path.name == "__init__.py" and not module.body


def test_every_script_says_what_it_is_for() -> None:
    assert [name_of(path) for path in files(".js") if not path.read_text().startswith(("/**", "// "))] == []


def test_tests_stand_where_what_they_test_stands() -> None:
    parts = {path.name for path in TESTS.iterdir() if path.is_dir() and path.name != "__pycache__"}
    source = {path.stem for path in SOURCE.iterdir()} | {"bench"}
    assert parts - source == {"house", "browser"} & parts
