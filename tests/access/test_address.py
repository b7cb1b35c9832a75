"""From where a request comes."""

import ipaddress
from typing import Any, cast

import pytest
from litestar.types import Scope

from parley.access import client_address, client_info
from parley.settings import Settings

PROXIES = (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("fd00::/8"))


def scope_of(peer: str | None, *forwarded: str, agent: str = "") -> Scope:
    headers = [(b"x-forwarded-for", written.encode("latin-1")) for written in forwarded]
    made: dict[str, Any] = {
        "type": "http",
        "client": None if peer is None else (peer, 50000),
        "headers": [*headers, (b"user-agent", agent.encode("latin-1"))],
    }
    return cast("Scope", made)


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("198.51.100.7", (), "198.51.100.7"),
        ("198.51.100.7", ("203.0.113.9",), "198.51.100.7"),  # a stranger may write what they like
        ("10.0.0.1", (), "10.0.0.1"),
        ("10.0.0.1", ("203.0.113.9",), "203.0.113.9"),
        ("10.0.0.1", ("192.0.2.66, 203.0.113.9",), "203.0.113.9"),  # before the stranger is the stranger's word
        ("10.0.0.1", ("192.0.2.66", "203.0.113.9, 10.0.0.2"), "203.0.113.9"),
        ("10.0.0.1", ("10.0.0.3, 10.0.0.2",), "10.0.0.3"),
        ("10.0.0.1", ("203.0.113.9, nonsense",), "10.0.0.1"),
        ("10.0.0.1", ("",), "10.0.0.1"),
        ("fd00::1", ("2001:db8::5",), "2001:db8::5"),
        ("::ffff:10.0.0.1", ("203.0.113.9",), "203.0.113.9"),
        ("::ffff:198.51.100.7", ("203.0.113.9",), "198.51.100.7"),
        ("a socket", ("203.0.113.9",), "a socket"),
        (None, ("203.0.113.9",), "unknown"),
    ],
)
def test_only_trusted_proxies_are_believed(peer: str | None, forwarded: tuple[str, ...], address: str) -> None:
    assert client_address(scope_of(peer, *forwarded), PROXIES) == address


def test_a_browser_is_remembered_by_what_it_calls_itself_in_plain_characters() -> None:
    client = client_info(scope_of("198.51.100.7", agent="Fire\x85fox " + "x" * 1000), Settings())
    assert client.address == "198.51.100.7"
    assert client.agent == "Firefox " + "x" * 291
