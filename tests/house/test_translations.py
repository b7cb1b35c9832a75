"""Whatever a reader sees is there in every language: messages are marked, found, and translated in full."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog, Message

from scripts.messages import in_source, is_translated, translations
from tests.house.tree import SOURCE, files, name_of
from tests.house.visible import untranslated

PARAMETERS = re.compile(r"%\((\w+)\)[sd]")
TAGS = re.compile(r"</?\w+")


@pytest.fixture(scope="module")
def source() -> list[Message]:
    return [message for message in in_source() if message.id]


@pytest.fixture(params=translations().items(), ids=lambda item: str(item[0]))
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    found: Catalog = request.param[1]
    return found


def test_every_message_is_translated(catalogue: Catalog, source: list[Message]) -> None:
    known = {message.id: catalogue.get(message.id) for message in source}
    assert [id_ for id_, message in known.items() if not message or not is_translated(message)] == []


def test_no_translation_is_a_guess(catalogue: Catalog) -> None:
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_no_translation_is_left_over(catalogue: Catalog, source: list[Message]) -> None:
    assert {message.id for message in catalogue if message.id} - {message.id for message in source} == set()


def test_translations_keep_parameters_and_tags(catalogue: Catalog) -> None:
    translated = [message for message in catalogue if message.id and is_translated(message)]
    assert [message.id for message in translated if _holes(message.string) - _holes(message.id)] == []
    single = [message for message in translated if isinstance(message.id, str)]
    assert [message.id for message in single if _holes(message.string) != _holes(message.id)] == []


def _holes(words: object) -> set[str]:
    """Return the parameters and tags of a message, in any of its forms."""
    text = " ".join(words) if isinstance(words, list | tuple) else str(words)
    return {*PARAMETERS.findall(text), *TAGS.findall(text)}


def test_parameters_have_names(source: list[Message]) -> None:
    unnamed = re.compile(r"%[sdr]|\{\w*\}|\$\{")
    assert [message.id for message in source if unnamed.search(str(message.id))] == []


def test_templates_speak_through_their_translators() -> None:
    pages = {path: untranslated(path.read_text()) for path in files(".html", below=SOURCE)}
    assert {name_of(path): seen for path, seen in pages.items() if seen} == {}


def test_faults_speak_through_their_translators() -> None:
    assert [place for path in files(".py", below=SOURCE) for place in _unmarked(path)] == []


def _unmarked(path: Path) -> Iterator[str]:
    """Yield the faults of a module whose sentence is a bare string instead of N_("…")."""
    position = {"FieldError": 1, "NotFound": 0, "Unauthenticated": 0, "Forbidden": 0, "Conflict": 0, "Stale": 0}
    position |= {"OverLimit": 0, "VersionRequired": 0, "StorageFull": 0}
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in position:
            words = node.args[position[node.func.id] :][:1]
            if words and isinstance(words[0], ast.Constant | ast.JoinedStr):
                yield f"{name_of(path)}:{node.lineno}"


def test_text_outside_of_translations_is_noticed() -> None:
    page = (
        '<p title="Tip">{{ _("Hello") }} {% trans %}Well{% endtrans %} you<b>{% if x %}see{% endif %}</b> Parley 2</p>'
    )
    assert untranslated(page) == ["Tip", "you", "see"]
