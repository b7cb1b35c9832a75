"""The reader's language."""

import pytest

from parley.ground.words import LANGUAGES, catalogue, preferred_language, translate


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-CH,en;q=0.5", "de"),
        ("en;q=0.5, fr; q=0.8", "fr"),
        ("de;q=0, it", "it"),
        ("xx, *;q=0.1", "en"),
        ("de;q=nonsense, fr;q=0.1", "fr"),
        ("IT-it", "it"),
        (";;;,,,", "en"),
    ],
)
def test_the_browsers_wish_is_followed(header: str, language: str) -> None:
    assert preferred_language(header) == language


def test_a_message_is_said_with_its_parameters() -> None:
    assert (
        translate("en", "A page has between 1 and %(most)s items.", {"most": 7}) == "A page has between 1 and 7 items."
    )
    assert translate("xx", "Please sign in.") == "Please sign in."


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_every_language_has_its_catalogue(language: str) -> None:
    assert catalogue(language).gettext("Please sign in.") != "Please sign in."
