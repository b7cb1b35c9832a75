"""Who reads the page: their language, zone and theme, and what they may do."""

from datetime import datetime
from typing import Any

import msgspec
from litestar.connection import ASGIConnection

from parley.access import visitor_of
from parley.ground.words import LANGUAGES, preferred_language
from parley.people import Caller

LANGUAGE_COOKIE = "parley_language"
THEME_COOKIE = "parley_theme"
THEMES = ("light", "dark")

AnyConnection = ASGIConnection[Any, Any, Any, Any]


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """For whom a page is written."""

    language: str
    zone: str
    theme: str | None
    caller: Caller | None
    now: datetime

    def may(self, scope: str) -> bool:
        """Tell whether they are signed in and hold the right."""
        return self.caller is not None and self.caller.may(scope)


def language_of(connection: AnyConnection) -> str:
    """Return the language to answer in: the reader's own, else the one chosen here, else what the browser asks for."""
    caller = visitor_of(connection.scope)
    chosen = caller.locale if caller is not None else connection.cookies.get(LANGUAGE_COOKIE, "")
    return chosen if chosen in LANGUAGES else preferred_language(connection.headers.get("accept-language", ""))


def reader_of(connection: AnyConnection) -> Reader:
    """Return who reads the answer to this request."""
    caller = visitor_of(connection.scope)
    theme = connection.cookies.get(THEME_COOKIE)
    return Reader(
        language=language_of(connection),
        zone=caller.time_zone if caller is not None else "UTC",
        theme=theme if theme in THEMES else None,
        caller=caller,
        now=connection.app.state["clock"](),
    )
