"""Every setting of Parley: one frozen table, read once from the environment, documented in docs/reference/settings.md."""

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from parley.ground.db import DatabaseUrl

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class SettingsError(ValueError):
    """A setting is wrong; the message names it, says why, and how to mend it."""


def _text(written: str) -> str:
    return written


def _path(written: str) -> Path:
    return Path(written).expanduser()


def _port(written: str) -> int:
    number = int(written)
    if not 0 < number < 65536:  # noqa: PLR2004 (TCP)
        message = "a port lies between 1 and 65535"
        raise ValueError(message)
    return number


def _database(written: str) -> str:
    DatabaseUrl(written).dialect  # noqa: B018 (it checks)
    return written


def _url(written: str) -> str:
    parts = urlsplit(written)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment or parts.path not in {"", "/"}:
        message = "an address reads https://meet.example.com, without a path"
        raise ValueError(message)
    return f"{parts.scheme}://{parts.netloc}"


def _mail(written: str) -> str:
    parts = urlsplit(written)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        message = "a mail server reads smtp://mail.example.com:25 or smtps://user:password@mail.example.com:465"
        raise ValueError(message)
    return written


def _networks(written: str) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(part.strip(), strict=False) for part in written.split(",") if part.strip())


def _list(written: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in written.split(",") if part.strip())


def _ice(*schemes: str) -> Callable[[str], tuple[str, ...]]:
    def read(written: str) -> tuple[str, ...]:
        urls = _list(written)
        for url in urls:
            if url.split(":", 1)[0] not in schemes or ":" not in url:
                message = f"an address here begins with {' or '.join(scheme + ':' for scheme in schemes)}"
                raise ValueError(message)
        return urls

    return read


def _count(written: str) -> int:
    number = int(written)
    if number < 1:
        message = "a whole number from 1 up is needed"
        raise ValueError(message)
    return number


def _minutes(written: str) -> timedelta:
    return timedelta(minutes=_count(written))


def _choice(*words: str) -> Callable[[str], str]:
    def read(written: str) -> str:
        if written not in words:
            message = f"choose one of {', '.join(words)}"
            raise ValueError(message)
        return written

    return read


def _setting(variable: str, help_: str, read: Callable[[str], Any], default: Any, *, shown: str | None = None, secret: bool = False) -> Any:  # noqa: ANN401, PLR0913 (one line per setting)
    about = {"variable": variable, "help": help_, "read": read, "shown": shown if shown is not None else str(default), "secret": secret}
    return field(default=default, metadata=about, repr=not secret)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the administrator decided, from environment variables; secrets do not print."""

    data: Path = _setting("PARLEY_DATA", "The folder for everything but the database: the key, files, the lock.", _path, Path("var"))
    database: str = _setting(
        "PARLEY_DATABASE",
        "The database: `sqlite:///file` (three slashes: relative, four: absolute) or `postgresql://user:password@host/name`.",
        _database,
        "",
        shown="`parley.db` in PARLEY_DATA",
        secret=True,
    )
    host: str = _setting("PARLEY_HOST", "The address to listen on; `0.0.0.0` or `::` for all.", _text, "127.0.0.1")
    port: int = _setting("PARLEY_PORT", "The port to listen on.", _port, 8080)
    url: str = _setting(
        "PARLEY_URL",
        "The address under which people reach this server, for example `https://meet.example.com`. It governs every link, cookie, redirect and socket.",
        _url,
        "",
        shown="http(s)://localhost and the port",
    )
    tls_cert: Path | None = _setting("PARLEY_TLS_CERT", "The certificate chain (PEM) to serve https with; read again when it is renewed.", _path, None, shown="none")
    tls_key: Path | None = _setting("PARLEY_TLS_KEY", "The private key (PEM) of the certificate.", _path, None, shown="none")
    trusted_proxies: tuple[Network, ...] = _setting(
        "PARLEY_TRUSTED_PROXIES",
        "Networks of reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, separated by commas, for example `127.0.0.1,10.0.0.0/8`.",
        _networks,
        (),
        shown="none",
    )
    secret_key: str | None = _setting(
        "PARLEY_SECRET_KEY",
        "The key that seals secrets in the database: 32 random bytes in base64 (`openssl rand -base64 32`).",
        _text,
        None,
        shown="`secret.key` in PARLEY_DATA, made at the first start",
        secret=True,
    )
    storage: str = _setting(
        "PARLEY_STORAGE",
        "Where files of the record are kept: `file:///folder`, `s3://bucket/prefix`, `az://…` or `gs://…`.",
        _text,
        "",
        shown="`files` in PARLEY_DATA",
        secret=True,
    )
    smtp: str | None = _setting(
        "PARLEY_SMTP",
        "The mail server: `smtp://host:25` (STARTTLS when offered) or `smtps://user:password@host:465`. Without one, links are there to copy.",
        _mail,
        None,
        shown="none",
        secret=True,
    )
    mail_from: str = _setting("PARLEY_MAIL_FROM", "The sender of mail.", _text, "Parley <parley@localhost>")
    stun: tuple[str, ...] = _setting("PARLEY_STUN", "STUN servers, separated by commas, for example `stun:stun.example.com:3478`.", _ice("stun", "stuns"), (), shown="none")
    turn: tuple[str, ...] = _setting(
        "PARLEY_TURN",
        "TURN servers for people behind strict firewalls, separated by commas, for example `turn:turn.example.com:3478?transport=udp`.",
        _ice("turn", "turns"),
        (),
        shown="none",
    )
    turn_secret: str | None = _setting(
        "PARLEY_TURN_SECRET", "The secret shared with the TURN server (coturn: `use-auth-secret`, `static-auth-secret`).", _text, None, shown="none", secret=True
    )
    publishers: int = _setting("PARLEY_PUBLISHERS", "How many people fit into a room that browsers carry among themselves.", _count, 6)
    signin_idle: timedelta = _setting(
        "PARLEY_SIGNIN_IDLE", "Minutes without use after which a browser is signed out.", _minutes, timedelta(days=7), shown="10080 (a week)"
    )
    signin_longest: timedelta = _setting(
        "PARLEY_SIGNIN_LONGEST", "Minutes after which a browser is signed out in any case.", _minutes, timedelta(days=30), shown="43200 (30 days)"
    )
    log: str = _setting("PARLEY_LOG", "How logs are written: `console` for people, `json` for programs.", _choice("console", "json"), "console")
    log_level: str = _setting("PARLEY_LOG_LEVEL", "The least important level that is logged: `debug`, `info`, `warning` or `error`.", _choice("debug", "info", "warning", "error"), "info")

    def __post_init__(self) -> None:
        """Fill in what follows from other settings, and refuse what cannot go together."""
        if (self.tls_cert is None) != (self.tls_key is None):
            message = "PARLEY_TLS_CERT and PARLEY_TLS_KEY go together: set both, or neither."
            raise SettingsError(message)
        if self.turn and self.turn_secret is None:
            message = "PARLEY_TURN needs PARLEY_TURN_SECRET, the secret that is shared with the TURN server."
            raise SettingsError(message)
        folder = self.data.absolute()
        scheme = "https" if self.tls_cert is not None else "http"
        for name, follows in (
            ("data", folder),
            ("database", self.database or f"sqlite:///{folder / 'parley.db'}"),
            ("storage", self.storage or f"file://{folder / 'files'}"),
            ("url", self.url or f"{scheme}://localhost:{self.port}"),
        ):
            object.__setattr__(self, name, follows)

    @property
    def secure(self) -> bool:
        """Whether people come by https: cookies are then for https only."""
        return self.url.startswith("https://")

    @property
    def gives_cameras(self) -> bool:
        """Whether browsers give pages at this address a camera: https, or this very machine (Secure Contexts, W3C)."""
        name = urlsplit(self.url).hostname or ""
        return self.secure or name in {"localhost", "127.0.0.1", "::1"} or name.endswith(".localhost")

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings from environment variables. Raises `SettingsError` for one that is wrong."""
        values: dict[str, Any] = {}
        for about in fields(cls):
            variable = about.metadata["variable"]
            written = environ.get(variable, "").strip()
            if not written:
                continue
            try:
                values[about.name] = about.metadata["read"](written)
            except ValueError as fault:
                shown = "(hidden)" if about.metadata["secret"] else written
                message = f"{variable}={shown} does not work: {fault}."
                raise SettingsError(message) from fault
        return cls(**values)


def unknown(environ: Mapping[str, str]) -> list[str]:
    """Return the PARLEY_ variables that mean nothing here: a slip of the pen, most likely."""
    known = {about.metadata["variable"] for about in fields(Settings)}
    return sorted(name for name in environ if name.startswith("PARLEY_") and name not in known)


def table() -> str:
    """Return the table of all settings in Markdown, as docs/reference/settings.md holds it."""
    lines = ["| setting | default | what it does |", "|---|---|---|"]
    lines += [f"| `{about.metadata['variable']}` | {about.metadata['shown']} | {about.metadata['help']} |" for about in fields(Settings)]
    return "\n".join(lines) + "\n"
