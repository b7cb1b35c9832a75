"""What comes from elsewhere is listed, unchanged and licensed; scripts/vendor.py fetches it."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.house.tree import SOURCE, TESTS, name_of


@pytest.fixture(params=[SOURCE / "web/static/vendor", TESTS / "browser/vendor"], ids=name_of)
def folder(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture
def manifest(folder: Path) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads((folder / "manifest.json").read_text())["files"]
    return listed


def test_the_manifest_knows_every_file_by_its_checksum(folder: Path, manifest: list[dict[str, Any]]) -> None:
    there = [path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json"]
    sums = {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in there}
    assert {file["path"]: file["sha256"] for file in manifest} == sums


def test_every_vendored_package_brings_its_version_and_licence(manifest: list[dict[str, Any]]) -> None:
    assert all(file["version"] and file["license"] for file in manifest)
    licensed = {file["package"] for file in manifest if file["path"].endswith("LICENSE")}
    assert licensed == {file["package"] for file in manifest}
