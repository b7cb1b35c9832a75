"""Templates, styles and scripts keep to the page's security policy: nothing inline, nothing from elsewhere."""

import re

from tests.house.tree import SOURCE, files, name_of

INLINE = (
    r"<style\b",
    r"\sstyle=[\"']",
    r"\son\w+=[\"']",
    r"\shx-on\b",
    r"=[\"']\s*javascript:",
    r"<script(?![^>]*\b(?:src=|type=\"application/json\"))[^>]*>",
)
ELSEWHERE = (
    r"\b(?:src|href|action)=[\"'](?:https?:)?//",
    r"@import\b",
    r"url\([\"']?(?:https?:)?//",
    r"\b(?:import|from)\s*\(?[\"']https?://",
)
UNESCAPED = (
    r"(?<!csrf_input )\|\s*safe\b",
    r"autoescape\s+false",
    r"\.innerHTML\b",
    r"\.insertAdjacentHTML\b",
    r"\bdocument\.write\b",
)


def _found(patterns: tuple[str, ...], *suffixes: str) -> dict[str, list[str]]:
    together = re.compile("|".join(patterns))
    found = {name_of(path): together.findall(path.read_text()) for path in files(*suffixes, below=SOURCE / "web")}
    return {name: matches for name, matches in found.items() if matches}


def test_templates_carry_no_script_and_no_style() -> None:
    assert _found(INLINE, ".html") == {}


def test_nothing_is_loaded_from_elsewhere() -> None:
    assert _found(ELSEWHERE, ".html", ".css", ".js") == {}


def test_nothing_is_written_into_a_page_unescaped() -> None:
    assert _found(UNESCAPED, ".html", ".js") == {}
