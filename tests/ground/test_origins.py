"""Telling our own pages from others'."""

import pytest

from parley.ground.origins import is_foreign, is_our_own

URL = "https://meet.example.com"
HOST = (b"host", b"meet.example.com")


@pytest.mark.parametrize("origin", [None, b"https://meet.example.com", b"http://meet.example.com"])
def test_pages_of_ours_and_programs_are_our_own(origin: bytes | None) -> None:
    headers = dict([HOST] if origin is None else [HOST, (b"origin", origin)])
    assert is_our_own(headers, url=URL)
    assert not is_foreign(headers, url=URL)


def test_the_public_address_counts_whatever_the_proxy_writes_as_host() -> None:
    assert is_our_own({b"host": b"10.0.0.5:8080", b"origin": b"https://meet.example.com"}, url=URL)


@pytest.mark.parametrize(
    "origin",
    [
        b"https://elsewhere.example",
        b"https://meet.example.com.elsewhere.example",
        b"https://meet.example.com@elsewhere.example",
        b"https://meet.example.com:8443",
        b"https://[",
        b"\xff",
        b"",
        b"meet.example.com",
    ],
)
def test_other_pages_are_foreign(origin: bytes) -> None:
    headers = dict([HOST, (b"origin", origin)])
    assert not is_our_own(headers, url=URL)
    assert is_foreign(headers, url=URL)


def test_a_page_without_referrer_names_no_origin_but_its_browser_knows() -> None:
    nameless = dict([HOST, (b"origin", b"null")])
    assert not is_our_own(nameless, url=URL)
    assert not is_foreign(nameless, url=URL)
    assert is_foreign({**nameless, b"sec-fetch-site": b"cross-site"}, url=URL)
    assert not is_foreign({**nameless, b"sec-fetch-site": b"same-origin"}, url=URL)


@pytest.mark.parametrize(
    ("site", "foreign"), [(b"none", False), (b"same-site", True), (b"cross-site", True), (b"x", True)]
)
def test_what_the_browser_says_counts_before_the_origin(site: bytes, *, foreign: bool) -> None:
    headers = dict([HOST, (b"origin", b"https://meet.example.com"), (b"sec-fetch-site", site)])
    assert is_foreign(headers, url=URL) is foreign
