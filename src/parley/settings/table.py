"""Every setting of Parley in one frozen table, read once from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, get_type_hints
from urllib.parse import urlsplit

from parley.settings import readers
from parley.settings.about import About
from parley.settings.mail import MailSettings
from parley.settings.readers import Network

_MOST_PUBLISHERS = 1000
_SHOWN = 100
"""How much of a setting is shown when it is wrong, in characters."""


class SettingsError(ValueError):
    """Settings are wrong; a line for each names it, what was found and what is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(MailSettings):
    """What the administrator decided, from environment variables; secrets do not print."""

    data: Annotated[
        Path,
        About(
            "PARLEY_DATA", "The folder for everything but the database: the key, files, the lock.", readers.path, "var"
        ),
    ] = Path("var")
    database: Annotated[
        str,
        About(
            "PARLEY_DATABASE",
            "The database: `sqlite:///file` (three slashes: relative, four: absolute) or "
            "`postgresql://user:password@host/name`.",
            readers.database,
            "`parley.db` in PARLEY_DATA",
            secret=True,
        ),
    ] = field(default="", repr=False)
    host: Annotated[
        str,
        About("PARLEY_HOST", "The address to listen on; `0.0.0.0` or `::` for all.", readers.host, "127.0.0.1"),
    ] = "127.0.0.1"
    port: Annotated[int, About("PARLEY_PORT", "The port to listen on.", readers.port, "8080")] = 8080
    url: Annotated[
        str,
        About(
            "PARLEY_URL",
            "The address under which people reach this server, for example `https://meet.example.com`. It governs "
            "every link, cookie, redirect and socket.",
            readers.address,
            "http(s)://localhost and the port",
        ),
    ] = ""
    tls_cert: Annotated[
        Path | None,
        About(
            "PARLEY_TLS_CERT",
            "The certificate chain (PEM) to serve https with; read again when it is renewed.",
            readers.path,
            "none",
        ),
    ] = None
    tls_key: Annotated[
        Path | None, About("PARLEY_TLS_KEY", "The private key (PEM) of the certificate.", readers.path, "none")
    ] = None
    trusted_proxies: Annotated[
        tuple[Network, ...],
        About(
            "PARLEY_TRUSTED_PROXIES",
            "Networks of reverse proxies whose X-Forwarded-For is believed, separated by commas, for example "
            "`127.0.0.1,10.0.0.0/8`.",
            readers.networks,
            "none",
        ),
    ] = ()
    secret_key: Annotated[
        str | None,
        About(
            "PARLEY_SECRET_KEY",
            "The key that seals secrets in the database: 32 random bytes in base64 (`openssl rand -base64 32`).",
            readers.text,
            "`secret.key` in PARLEY_DATA, made at the first start",
            secret=True,
        ),
    ] = field(default=None, repr=False)
    storage: Annotated[
        str,
        About(
            "PARLEY_STORAGE",
            "Where files of the record are kept: `file:///folder`, `s3://bucket/prefix`, `az://…` or `gs://…`.",
            readers.storage,
            "`files` in PARLEY_DATA",
            secret=True,
        ),
    ] = field(default="", repr=False)
    stun: Annotated[
        tuple[str, ...],
        About(
            "PARLEY_STUN",
            "STUN servers, separated by commas, for example `stun:stun.example.com:3478`.",
            readers.ice("stun", "stuns"),
            "none",
        ),
    ] = ()
    turn: Annotated[
        tuple[str, ...],
        About(
            "PARLEY_TURN",
            "TURN servers for people behind strict firewalls, separated by commas, for example "
            "`turn:turn.example.com:3478?transport=udp`.",
            readers.ice("turn", "turns"),
            "none",
        ),
    ] = ()
    turn_secret: Annotated[
        str | None,
        About(
            "PARLEY_TURN_SECRET",
            "The secret shared with the TURN server (coturn: `use-auth-secret`, `static-auth-secret`).",
            readers.text,
            "none",
            secret=True,
        ),
    ] = field(default=None, repr=False)
    publishers: Annotated[
        int,
        About(
            "PARLEY_PUBLISHERS",
            "How many people fit into a room that browsers carry among themselves.",
            readers.number(1, _MOST_PUBLISHERS),
            "6",
        ),
    ] = 6
    signin_idle: Annotated[
        timedelta,
        About(
            "PARLEY_SIGNIN_IDLE",
            "Minutes without use after which a browser is signed out.",
            readers.minutes,
            "10080 (a week)",
        ),
    ] = timedelta(days=7)
    signin_longest: Annotated[
        timedelta,
        About(
            "PARLEY_SIGNIN_LONGEST",
            "Minutes after which a browser is signed out in any case.",
            readers.minutes,
            "43200 (30 days)",
        ),
    ] = timedelta(days=30)
    facts_keep: Annotated[
        timedelta,
        About(
            "PARLEY_FACTS_KEEP",
            "Days for which the log of [facts](facts.md) is kept; 0 for ever. The record itself is kept in any case.",
            readers.days,
            "400",
        ),
    ] = timedelta(days=400)
    log: Annotated[
        str,
        About(
            "PARLEY_LOG",
            "How logs are written: `console` for people, `json` for programs.",
            readers.choice("console", "json"),
            "console",
        ),
    ] = "console"
    log_level: Annotated[
        str,
        About(
            "PARLEY_LOG_LEVEL",
            "The least important level that is logged: `debug`, `info`, `warning` or `error`.",
            readers.choice("debug", "info", "warning", "error"),
            "info",
        ),
    ] = "info"

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
        follows = {
            "data": folder,
            "database": self.database or f"sqlite:///{folder / 'parley.db'}",
            "storage": self.storage or f"file://{folder / 'files'}",
            "url": self.url or f"{scheme}://localhost:{self.port}",
        }
        for name, value in follows.items():
            object.__setattr__(self, name, value)

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
        """Read the settings from environment variables. Raises `SettingsError` for those that are wrong."""
        values: dict[str, Any] = {}
        errors: list[str] = []
        for name, about in settings().items():
            written = environ.get(about.variable, "").strip()
            if not written:
                continue
            try:
                values[name] = about.read(written)
            except ValueError as fault:
                shown = "(hidden)" if about.secret else " ".join(written.split())[:_SHOWN]
                errors.append(f"{about.variable}={shown} does not work: {fault}.")
        if errors:
            raise SettingsError("\n".join(errors))
        return cls(**values)


def settings() -> dict[str, About]:
    """Return what is known about each setting, by its name in `Settings`."""
    hints = get_type_hints(Settings, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


def unknown(environ: Mapping[str, str]) -> list[str]:
    """Return the PARLEY_ variables that mean nothing here: a slip of the pen, most likely."""
    known = {about.variable for about in settings().values()}
    return sorted(name for name in environ if name.startswith("PARLEY_") and name not in known)


def as_markdown() -> str:
    """Return the table of all settings, as docs/reference/settings.md holds it."""
    rows = [f"| `{about.variable}` | {about.default} | {about.does} |" for about in settings().values()]
    return "\n".join(["| setting | default | what it does |", "|---|---|---|", *rows]) + "\n"
