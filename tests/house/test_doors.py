"""Every slice has a front door, and a contract in pyproject.toml that guards it."""

import tomllib

from tests.house.tree import ROOT, SOURCE

NOT_SLICES = {"app", "cli", "ground", "locale", "migrations", "web"}


def test_every_slice_has_a_contract_for_its_front_door() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    guarded = {module for contract in contracts for module in contract.get("protected_modules", [])}
    slices = {path.parent.name for path in SOURCE.glob("*/__init__.py")} - NOT_SLICES
    assert {f"parley.{slice_}.*" for slice_ in slices} - guarded == set()
