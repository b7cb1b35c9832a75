"""Every slice has a front door, and the contract in pyproject.toml guards them all."""

import tomllib
from typing import Any

import pytest
from grimp import ImportGraph
from importlinter import output

from tests.house.front_doors import FrontDoors
from tests.house.tree import ROOT, SOURCE

NOT_SLICES = {"app", "cli", "ground", "locale", "migrations", "web"}


def _contracts() -> list[dict[str, Any]]:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return [contract for contract in linter["contracts"] if contract["type"] == "front_doors"]


def test_every_slice_has_its_front_door_guarded() -> None:
    slices = {
        f"parley.{path.parent.name}" for path in SOURCE.glob("*/__init__.py") if path.parent.name not in NOT_SLICES
    }
    assert slices - {package for contract in _contracts() for package in contract["packages"]} == set()


@pytest.mark.parametrize(
    ("importer", "imported", "line", "allowed"),
    [
        ("parley.web.home", "parley.people.add_user", "from parley.people import add_user", True),
        ("parley.web.home", "parley.people.add_user", "from parley.people.add_user import add_user", False),
        ("parley.web.home", "parley.people.rows", "from parley.people import rows", False),
        ("parley.people.add_user", "parley.people.rows", "from parley.people import rows", True),
        ("parley.app.wiring", "parley.people.api", "from parley.people.api import routes", True),
        ("parley.web.home", "parley.people.api", "from parley.people.api import routes", False),
        ("parley.people_elsewhere", "parley.people.rows", "from parley.people import rows", False),
    ],
)
def test_a_slice_is_entered_by_what_it_exports(importer: str, imported: str, line: str, *, allowed: bool) -> None:
    graph = ImportGraph()
    for module in {"parley.people", importer, imported}:
        graph.add_module(module)
    graph.add_import(importer=importer, imported=imported, line_number=1, line_contents=line)
    options = {"packages": ["parley.people"], "routes_for": "parley.app"}
    contract = FrontDoors(name="doors", session_options={}, contract_options=options)
    check = contract.check(graph, verbose=False)
    assert check.kept is allowed
    with output.console.capture() as said:
        contract.render_broken_contract(check)
    assert (imported in said.get()) is not allowed
