"""The command line, as an operator types it."""

from pathlib import Path

import pytest

from tests.cli.operator import Operator


@pytest.fixture
def parley(migrated_sqlite: str, tmp_path: Path) -> Operator:
    """An operator at a fresh server; what commands do is tested on both databases where the verbs are."""
    return _operator(migrated_sqlite, tmp_path)


@pytest.fixture
def parley_on_either(database_url: str, tmp_path: Path) -> Operator:
    """An operator at a fresh server on each database in turn."""
    return _operator(database_url, tmp_path)


def _operator(database: str, folder: Path) -> Operator:
    return Operator({"PARLEY_DATA": str(folder / "var"), "PARLEY_DATABASE": database})
