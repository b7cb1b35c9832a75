"""Bring the catalogues of all languages in step with the source.

    make messages               new messages come in, to be translated; those that are gone are kept as comments
    make messages ARGS=--drop   those that are gone leave

Messages are found in Python and JavaScript as `_("…")`, `N_("…")`, `ngettext("…", "…", n)`, in templates also between
`{% trans %}` and `{% endtrans %}`. Translators need nothing but the .po file of their language.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from parley.ground.words import LANGUAGES

SOURCE = Path(__file__).parent.parent / "src/parley"
METHODS = [("web/static/vendor/**", "ignore"), ("**.py", "python"), ("**.html", "jinja2"), ("**.js", "javascript")]
OPTIONS = {"**.html": {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.do"}}
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
HEADER = r"""msgid ""
msgstr ""
"Language: {language}\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: {plurals}\n"

"""
"""All that readers of the file need; dates and names of people are in the project's history."""


def in_source() -> Catalog:
    """Return all messages of the source, each with the places where it stands."""
    found = Catalog()
    for file, line, message, comments, context in extract_from_dir(SOURCE, METHODS, OPTIONS, KEYWORDS):
        found.add(message, locations=[(file, line)], auto_comments=comments, context=context)
    return found


def translations() -> dict[str, Catalog]:
    """Return the catalogue of every language but English, in which the messages are written."""
    return {language: _read(language) for language in LANGUAGES if language != "en"}


def in_step(old: Catalog, source: Catalog, *, drop: bool) -> Catalog:
    """Return the catalogue with exactly the messages of the source, translated where they were before."""
    new = Catalog(locale=old.locale)
    for message in _messages(source):
        known = old.get(message.id) or old.obsolete.get(_key(message))
        if known and known.pluralizable != message.pluralizable:
            known = None  # it has one form more or fewer than before
        new.add(message.id, known.string if known else "", user_comments=known.user_comments if known else ())
    if not drop:
        gone = [message for message in (*_messages(old), *old.obsolete.values()) if message.id not in new]
        new.obsolete.update({_key(message): message for message in gone if message.string})
    return new


def is_translated(message: Message) -> bool:
    """Tell whether all forms of the message have words."""
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _file(language: str) -> Path:
    return SOURCE / "locale" / language / "LC_MESSAGES/parley.po"


def _read(language: str) -> Catalog:
    file = _file(language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as content:
        return read_po(content, locale=language)


def _write(language: str, catalogue: Catalog) -> None:
    file = _file(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as content:
        content.write(HEADER.format(language=language, plurals=catalogue.plural_forms).encode())
        write_po(content, catalogue, omit_header=True, sort_output=True, no_location=True, width=0)


def main() -> None:
    """Write every catalogue and say how much of it is still to be translated."""
    source = in_source()
    for language, old in translations().items():
        new = in_step(old, source, drop="--drop" in sys.argv)
        _write(language, new)
        missing = len([message for message in _messages(new) if not is_translated(message)])
        print(f"{language}: {len(new)} messages, {missing} to be translated")


if __name__ == "__main__":
    main()
