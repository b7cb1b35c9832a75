"""The words of a template that a reader sees and no translator does."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from jinja2 import Environment

SEEN_ATTRIBUTES = {"alt", "aria-label", "aria-description", "placeholder", "title"}
SAME_EVERYWHERE = {"Parley"}

_ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
_CODE = ("script", "style")
_WORD = re.compile(r"[^\W\d_]{2,}")


def untranslated(template: str) -> list[str]:
    """Return what stands in the template as plain text, outside of `_()` and `{% trans %}`."""
    reader = _Reader()
    reader.feed("".join(_plain(template)))
    reader.close()
    return [text for text in reader.seen if set(_WORD.findall(text)) - SAME_EVERYWHERE]


def _plain(template: str) -> Iterator[str]:
    """Yield the template's own text, without expressions, statements and what is marked for translation."""
    statement: list[str] = []
    translated = False
    for _, kind, value in _ENVIRONMENT.lex(template):
        if kind == "block_begin":
            statement = []
        elif kind == "name":
            statement.append(value)
        elif kind == "block_end" and statement[:1] in (["trans"], ["endtrans"]):
            translated = statement[0] == "trans"
        elif kind == "data" and not translated:
            yield value


class _Reader(HTMLParser):
    """Collects text and the attributes that are shown or read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code = tag in _CODE
        self.seen += [value for name, value in attrs if name in SEEN_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        self._code = self._code and tag not in _CODE

    def handle_data(self, data: str) -> None:
        is_attributes = '="' in data  # of a macro that writes only these
        if data.strip() and not self._code and not is_attributes:
            self.seen.append(data.strip())
