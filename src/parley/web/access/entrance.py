"""Letting a browser in: its cookie, the reader's language beside it, and on to where they wanted to go."""

from litestar.response import Redirect

from parley.access import SignedIn, session_cookie
from parley.settings import Settings
from parley.web.shell import go
from parley.web.shell.preferences import language_cookie


def entered(signed_in: SignedIn, settings: Settings, *, goal: str) -> Redirect:
    """Return the way on for somebody who just signed in."""
    way = go(goal)
    way.set_cookie(session_cookie(signed_in.secret, settings))
    way.set_cookie(language_cookie(signed_in.caller.locale, settings))
    return way
