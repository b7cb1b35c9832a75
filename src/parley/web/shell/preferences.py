"""What a browser keeps of the reader's choices: the language before they sign in, and the colors."""

from litestar.datastructures import Cookie

from parley.settings import Settings
from parley.web.shell.reader import LANGUAGE_COOKIE, THEME_COOKIE, THEMES

_A_YEAR = 365 * 24 * 60 * 60


def language_cookie(language: str, settings: Settings) -> Cookie:
    """Return the cookie that remembers the language."""
    return _cookie(LANGUAGE_COOKIE, language, settings=settings)


def theme_cookie(theme: str, settings: Settings) -> Cookie:
    """Return the cookie that remembers light or dark; anything else is forgotten: as the system has it."""
    return _cookie(THEME_COOKIE, theme if theme in THEMES else "", settings=settings)


def _cookie(name: str, value: str, *, settings: Settings) -> Cookie:
    age = _A_YEAR if value else 0
    return Cookie(name, value=value, max_age=age, httponly=True, samesite="lax", secure=settings.secure)
