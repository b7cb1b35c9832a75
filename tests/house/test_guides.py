"""Guides lead somewhere: the files and folders that they name are there."""

import re
from pathlib import Path

from tests.house.tree import ROOT, SOURCE, files, name_of

DOCS = ROOT / "docs"


def test_the_map_of_the_code_names_what_is_there() -> None:
    written = (DOCS / "guide" / "code.md").read_text()
    named = re.findall(r"`([a-z_/]+/(?:[a-z_]+\.(?:py|js))?)`", written)
    assert len(named) > 30
    assert [path for path in named if not (SOURCE / path).exists() and not (ROOT / path).exists()] == []


def test_the_map_of_the_code_shows_every_layer() -> None:
    written = (DOCS / "guide" / "code.md").read_text()
    packages = {folder.name for folder in SOURCE.iterdir() if (folder / "__init__.py").exists()}
    assert {name for name in packages if f"`{name}/`" not in written} == set()


def test_links_between_documents_lead_to_files() -> None:
    broken = [f"{name_of(page)}: {link}" for page in files(".md") for link in _links(page) if not link.exists()]
    assert broken == []


def _links(page: Path) -> list[Path]:
    found = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
    return [page.parent / link for link in found]
