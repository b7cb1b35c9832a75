"""How a setting's text becomes its value; each reader raises ValueError with what is expected when it cannot."""

import ipaddress
import re
from collections.abc import Callable
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from sqlalchemy import exc, make_url

from parley.ground.db import DatabaseUrl

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_HOST_NAME = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*\.?")
_ALL_DIGITS = re.compile(r"[0-9.]+")
_STORES = ("file:///", "s3://", "az://", "gs://")
_CENTURY = 36_525
_TEN_YEARS = 10 * 366 * 24 * 60


def text(written: str) -> str:
    """Any text."""
    return written


def path(written: str) -> Path:
    """A file or folder; `~` is the home of the user who serves."""
    try:
        return Path(written).expanduser()
    except RuntimeError as fault:
        message = "a path is expected; this machine knows no user of that name"
        raise ValueError(message) from fault


def number(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of whole numbers."""

    def read(written: str) -> int:
        try:
            given = int(written)
        except ValueError:
            given = least - 1
        if not least <= given <= most:
            message = f"a whole number from {least} to {most} is expected"
            raise ValueError(message)
        return given

    return read


port = number(1, 65535)


def minutes(written: str) -> timedelta:
    """A time in minutes."""
    return timedelta(minutes=number(1, _TEN_YEARS)(written))


def days(written: str) -> timedelta:
    """A time in days; 0 for ever."""
    return timedelta(days=number(0, _CENTURY)(written))


def host(written: str) -> str:
    """An address or name to listen on."""
    try:
        ipaddress.ip_address(written)
    except ValueError as fault:
        if not _HOST_NAME.fullmatch(written) or _ALL_DIGITS.fullmatch(written):
            message = "an address without a port is expected, such as 127.0.0.1, 0.0.0.0 or ::"
            raise ValueError(message) from fault
    return written


def database(written: str) -> str:
    """A database's URL."""
    try:
        if DatabaseUrl(written).dialect == "postgresql":
            make_url(written)
    except (ValueError, exc.ArgumentError) as fault:
        message = "sqlite:///file or postgresql://user:password@host:5432/name is expected"
        raise ValueError(message) from fault
    return written


def storage(written: str) -> str:
    """Where files are kept."""
    if not written.startswith(_STORES):
        message = f"an address is expected that begins with {', '.join(_STORES)}"
        raise ValueError(message)
    return written


def address(written: str) -> str:
    """A server's public address: scheme and host, perhaps a port."""
    message = "an address is expected such as https://meet.example.com, without a path"
    parts = _split(written, message)
    more = parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username
    if parts.scheme not in {"http", "https"} or not parts.hostname or more:
        raise ValueError(message)
    return f"{parts.scheme}://{parts.netloc}"


def mail_server(written: str) -> str:
    """A mail server's URL."""
    message = "smtp://mail.example.com:25 or smtps://user:password@mail.example.com:465 is expected"
    parts = _split(written, message)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError(message)
    return written


def mailbox(written: str) -> str:
    """A mailbox's URL."""
    message = "imaps://user:password@mail.example.com:993/INBOX or imap://user:password@mail.example.com is expected"
    parts = _split(written, message)
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname or not parts.username or parts.password is None:
        raise ValueError(message)
    return written


def _split(written: str, message: str) -> SplitResult:
    """Return the parts of a URL; ValueError with the message where brackets or the port are wrong."""
    try:
        parts = urlsplit(written)
        parts.port  # noqa: B018 (it checks)
    except ValueError as fault:
        raise ValueError(message) from fault
    return parts


def sender(written: str) -> str:
    """A sender of mail."""
    _, given = parseaddr(written)
    before, _, behind = given.rpartition("@")
    if not before or not behind or not written.isprintable():
        message = "an address is expected such as Parley <parley@example.com>"
        raise ValueError(message)
    return written


def networks(written: str) -> tuple[Network, ...]:
    """Networks in CIDR notation, separated by commas."""
    try:
        return tuple(ipaddress.ip_network(part, strict=False) for part in _parts(written))
    except ValueError as fault:
        message = "networks are expected such as 127.0.0.1,10.0.0.0/8, separated by commas"
        raise ValueError(message) from fault


def ice(*schemes: str) -> Callable[[str], tuple[str, ...]]:
    """Return a reader of ICE server addresses (RFC 7064, RFC 7065), separated by commas."""

    def read(written: str) -> tuple[str, ...]:
        urls = _parts(written)
        if any(url.partition(":")[0] not in schemes or not url.partition(":")[2] for url in urls):
            begin = " or ".join(f"{scheme}:" for scheme in schemes)
            message = f"addresses are expected that begin with {begin}, separated by commas"
            raise ValueError(message)
        return urls

    return read


def choice(*words: str) -> Callable[[str], str]:
    """Return a reader of one of some words."""

    def read(written: str) -> str:
        if written not in words:
            message = f"one of {', '.join(words)} is expected"
            raise ValueError(message)
        return written

    return read


def _parts(written: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in written.split(",") if part.strip())


def endings(written: str) -> tuple[str, ...]:
    """Endings of file names, separated by commas."""
    found = tuple(part.removeprefix(".").lower() for part in _parts(written))
    if not found or not all(part == "*" or part.isalnum() for part in found):
        message = "endings are expected such as pdf,png,docx, separated by commas, or *"
        raise ValueError(message)
    return found
