"""How a setting's text becomes its value; each reader raises ValueError with the reason when it cannot."""

import ipaddress
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from parley.ground.db import DatabaseUrl

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def text(written: str) -> str:
    """Any text."""
    return written


def path(written: str) -> Path:
    """A file or folder; `~` is the home of the user who serves."""
    return Path(written).expanduser()


def port(written: str) -> int:
    """A TCP port."""
    number = int(written)
    if not 0 < number < 65536:  # noqa: PLR2004 (TCP)
        message = "a port lies between 1 and 65535"
        raise ValueError(message)
    return number


def database(written: str) -> str:
    """A database's URL."""
    DatabaseUrl(written).dialect  # noqa: B018 (it checks)
    return written


def address(written: str) -> str:
    """A server's public address: scheme and host, perhaps a port."""
    parts = urlsplit(written)
    more = parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username
    if parts.scheme not in {"http", "https"} or not parts.hostname or more:
        message = "an address reads https://meet.example.com, without a path"
        raise ValueError(message)
    return f"{parts.scheme}://{parts.netloc}"


def mail_server(written: str) -> str:
    """A mail server's URL."""
    parts = urlsplit(written)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        message = "a mail server reads smtp://mail.example.com:25 or smtps://user:password@mail.example.com:465"
        raise ValueError(message)
    return written


def networks(written: str) -> tuple[Network, ...]:
    """Networks in CIDR notation, separated by commas."""
    return tuple(ipaddress.ip_network(part, strict=False) for part in _parts(written))


def ice(*schemes: str) -> Callable[[str], tuple[str, ...]]:
    """Return a reader of ICE server addresses (RFC 7064, RFC 7065), separated by commas."""

    def read(written: str) -> tuple[str, ...]:
        urls = _parts(written)
        if any(url.partition(":")[0] not in schemes or not url.partition(":")[2] for url in urls):
            message = f"an address here begins with {' or '.join(scheme + ':' for scheme in schemes)}"
            raise ValueError(message)
        return urls

    return read


def count(written: str) -> int:
    """A whole number from 1 up."""
    number = int(written)
    if number < 1:
        message = "a whole number from 1 up is needed"
        raise ValueError(message)
    return number


def minutes(written: str) -> timedelta:
    """A time in minutes."""
    return timedelta(minutes=count(written))


def choice(*words: str) -> Callable[[str], str]:
    """Return a reader of one of some words."""

    def read(written: str) -> str:
        if written not in words:
            message = f"choose one of {', '.join(words)}"
            raise ValueError(message)
        return written

    return read


def _parts(written: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in written.split(",") if part.strip())
