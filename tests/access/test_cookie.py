"""The cookie of a signed-in browser."""

import pytest

from parley.access import COOKIE, no_cookie, session_cookie
from parley.settings import Settings


@pytest.mark.parametrize(("url", "secure"), [("http://localhost:8080", False), ("https://meet.harbor.example", True)])
def test_scripts_and_other_sites_do_not_get_it_nor_plain_http_where_there_is_better(url: str, *, secure: bool) -> None:
    cookie = session_cookie("secret", Settings(url=url))
    assert (cookie.key, cookie.value, cookie.path, cookie.domain) == (COOKIE, "secret", "/", None)
    assert (cookie.httponly, cookie.samesite, cookie.secure) == (True, "lax", secure)
    assert cookie.max_age == 30 * 24 * 3600


def test_signing_out_takes_it_away() -> None:
    cookie = no_cookie(Settings())
    assert (cookie.key, cookie.value, cookie.max_age, cookie.path) == (COOKIE, "", 0, "/")
