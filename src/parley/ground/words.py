"""Words in the reader's language: message ids are English sentences, catalogues stand in `parley/locale`."""

from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

LANGUAGES = {"en": "English", "de": "Deutsch", "fr": "Français", "it": "Italiano"}
"""Language code to the name that its speakers give it; English is the language of the message ids."""

_MOST_WISHES = 20
_CATALOGUES = Path(__file__).parent.parent / "locale"


def N_(message: str) -> str:  # noqa: N802 (gettext's own name)
    """Mark a message id for translation and return it unchanged."""
    return message


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the translations of a language; of an unknown language or English, the message ids themselves.

    The .po file is compiled in memory at first use: there is no build step, and no binary file to fall out of step.
    """
    source = _CATALOGUES / language / "LC_MESSAGES" / "parley.po"
    if language not in LANGUAGES or not source.exists():
        return NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415 (100 ms that English readers need not pay)
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def translate(language: str, message: str, parameters: Mapping[str, object] | None = None) -> str:
    """Return the message in the language, with its named parameters filled in."""
    words = catalogue(language).gettext(message)
    return words % parameters if parameters else words


def preferred_language(header: str) -> str:
    """Return the language that Accept-Language (RFC 9110, 12.5.4) asks for first among ours, English otherwise."""
    wishes = []
    for place, part in enumerate(header.split(",")[:_MOST_WISHES]):
        tag, _, parameter = part.partition(";")
        language = tag.strip().split("-")[0].casefold()
        weight = _weight(parameter)
        if language in LANGUAGES and weight > 0:
            wishes.append((-weight, place, language))
    return min(wishes)[2] if wishes else "en"


def _weight(parameter: str) -> float:
    name, _, value = parameter.replace(" ", "").partition("=")
    try:
        return float(value) if name == "q" else 1.0
    except ValueError:
        return 0.0
