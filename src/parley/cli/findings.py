"""What `parley doctor` looks at: one function per thing, each saying what is wrong and how to mend it."""

import ipaddress
import os
import shutil
import socket
import ssl
import stat
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from sqlalchemy import exc, func, select

from parley.ground.db import DatabaseUrl, closing_engine, newest_revision, revision
from parley.ground.faults import Border
from parley.ground.secrets import WrongKey, check_key, keyring
from parley.notices import Mailbox
from parley.settings import Settings, unknown

LEAST_FREE = 1024**3
"""Bytes free on a disk below which the doctor warns."""

_EXPIRY_NOTICE = timedelta(days=21)
_CLOCKS_APART = timedelta(seconds=5)
_MAIL_SECONDS = 5
_GOOD, _NOTICE, _BAD = "good", "notice", "bad"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at: `state` is good, notice (works, with a drawback) or bad (does not work)."""

    about: str
    state: str
    says: str
    mend: str = ""


Check = Callable[[Settings, Mapping[str, str]], Iterator[Finding]]


def findings(settings: Settings, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Look at everything; nothing is changed."""
    for check in CHECKS:
        yield from check(settings, environ)


def _good(about: str, says: str) -> Finding:
    return Finding(about=about, state=_GOOD, says=says)


def _notice(about: str, says: str, mend: str) -> Finding:
    return Finding(about=about, state=_NOTICE, says=says, mend=mend)


def _bad(about: str, says: str, mend: str) -> Finding:
    return Finding(about=about, state=_BAD, says=says, mend=mend)


def names(_settings: Settings, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Variables that begin with PARLEY_ and mean nothing."""
    for name in unknown(environ):
        yield _notice(
            "settings", f"{name} is not a setting of Parley.", "See docs/reference/settings.md for the known ones."
        )


def folder(settings: Settings, _environ: Mapping[str, str]) -> Iterator[Finding]:
    """Whether the folder can be written, and has room."""
    existing = next(path for path in (settings.data, *settings.data.parents) if path.exists())
    if not os.access(existing, os.W_OK | os.X_OK):
        yield _bad(
            "folder",
            f"{settings.data} cannot be written.",
            f"chown it to this user, or set PARLEY_DATA; {existing} stands.",
        )
        return
    free = shutil.disk_usage(existing).free
    if free < LEAST_FREE:
        yield _notice(
            "folder", f"{settings.data} has only {free // 1024**2} MiB free.", "Make room: a full disk refuses writes."
        )
    else:
        yield _good("folder", f"{settings.data} can be written and has {free // 1024**3} GiB free.")


def key(settings: Settings, _environ: Mapping[str, str]) -> Iterator[Finding]:
    """Whether the key that seals secrets is one, and private."""
    file = settings.data / "secret.key"
    if settings.secret_key is None and not file.exists():
        yield _good(
            "key", f"{file} will be made at the first start. Keep a copy: sealed secrets do not open without it."
        )
        return
    try:
        keyring(settings.data, written=settings.secret_key)
    except (WrongKey, OSError) as fault:
        yield _bad("key", str(fault), "Give back the right key, or set PARLEY_SECRET_KEY.")
        return
    if settings.secret_key is None and stat.S_IMODE(file.stat().st_mode) & 0o077:
        yield _bad("key", f"Others on this machine can read {file}.", f"chmod 600 {file}")
    else:
        yield _good("key", "The key that seals secrets is there, and private.")


def database(settings: Settings, _environ: Mapping[str, str]) -> Iterator[Finding]:
    """Whether the database answers, stands at the right schema, and was sealed with this key."""
    url = DatabaseUrl(settings.database)
    if url.dialect == "sqlite" and not url.file.exists():
        yield _good("database", f"{url.file} will be made at the first start.")
        return
    try:
        with closing_engine(settings.database) as engine, engine.connect() as db:
            stands = revision(db)
            if stands is not None and _has_keys(settings):
                check_key(db, keyring(settings.data, written=settings.secret_key))
            db.rollback()
    except exc.OperationalError as fault:
        reason = str(fault.orig).strip().splitlines()[0]
        yield _bad(
            "database", f"{url.without_password} does not answer: {reason}", "Start it, or mend PARLEY_DATABASE."
        )
        return
    except WrongKey as fault:
        yield _bad("database", str(fault), "Give back the key that this database was sealed with.")
        return
    if stands == newest_revision():
        yield _good("database", f"{url.without_password} answers and stands at this version's schema.")
    else:
        yield _notice(
            "database",
            f"{url.without_password} stands at {stands or 'nothing yet'}.",
            "parley migrate (serve does it, too)",
        )


def _has_keys(settings: Settings) -> bool:
    return settings.secret_key is not None or (settings.data / "secret.key").exists()


def public_address(settings: Settings, _environ: Mapping[str, str]) -> Iterator[Finding]:
    """Whether links lead other people here, and browsers give them their cameras at that address."""
    if _is_this_machine(urlsplit(settings.url).hostname or ""):
        yield _notice(
            "address",
            f"Links lead to {settings.url}, which is every reader's own machine: to other people they are useless.",
            f"PARLEY_URL=https://meet.example.com{_reachable(settings)}, and TLS: PARLEY_TLS_CERT and PARLEY_TLS_KEY, "
            "or a reverse proxy in front",
        )
        return
    if not settings.gives_cameras:
        yield _bad(
            "address",
            f"{settings.url} is plain http: browsers give pages there neither camera nor microphone, nor the screen.",
            "Serve https: set PARLEY_TLS_CERT and PARLEY_TLS_KEY, or put a reverse proxy in front; then PARLEY_URL=https://…",
        )
    else:
        yield _good("address", f"Links lead to {settings.url}.")
    if _is_this_machine(settings.host) and not settings.trusted_proxies:
        yield _notice(
            "address",
            f"Parley listens on {settings.host} only, and no reverse proxy is named: other people do not reach it.",
            "PARLEY_HOST=0.0.0.0 (or serve --host 0.0.0.0), or PARLEY_TRUSTED_PROXIES=127.0.0.1 behind a proxy here",
        )


def _reachable(settings: Settings) -> str:
    """Return what lets other machines in, where nothing does yet."""
    if settings.trusted_proxies or not _is_this_machine(settings.host):
        return ""
    return ", PARLEY_HOST=0.0.0.0 (or serve --host 0.0.0.0)"


def _is_this_machine(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def certificate(settings: Settings, _environ: Mapping[str, str]) -> Iterator[Finding]:
    """Whether certificate and key can be read, belong together, and last."""
    if settings.tls_cert is None or settings.tls_key is None:
        return
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(settings.tls_cert, settings.tls_key)
        expires, names = _certificate(settings.tls_cert)
    except (OSError, ValueError) as fault:
        yield _bad("certificate", f"{settings.tls_cert} and {settings.tls_key} do not work: {fault}", "Mend the files.")
        return
    left = expires - datetime.now(UTC)
    host = urlsplit(settings.url).hostname or ""
    if left < timedelta():
        yield _bad(
            "certificate", f"It expired on {expires:%Y-%m-%d}.", "Renew it; a running server reads it again by itself."
        )
    elif left < _EXPIRY_NOTICE:
        yield _notice(
            "certificate", f"It expires on {expires:%Y-%m-%d}.", "Renew it; a running server reads it again by itself."
        )
    else:
        yield _good("certificate", f"It is valid until {expires:%Y-%m-%d}.")
    if not any(name == host or (name.startswith("*.") and host.partition(".")[2] == name[2:]) for name in names):
        yield _bad(
            "certificate",
            f"It is for {', '.join(names) or 'nobody'}, not for {host}.",
            "Mend PARLEY_URL, or the certificate.",
        )


def _certificate(file: Path) -> tuple[datetime, list[str]]:
    from cryptography import x509  # noqa: PLC0415 (only with TLS)

    found = x509.load_pem_x509_certificate(file.read_bytes())
    try:
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return found.not_valid_after_utc, []
    return found.not_valid_after_utc, [
        *names.get_values_for_type(x509.DNSName),
        *map(str, names.get_values_for_type(x509.IPAddress)),
    ]


def clock(settings: Settings, _environ: Mapping[str, str]) -> Iterator[Finding]:
    """Whether this machine and the database's agree on the time: sessions, tokens and TURN passwords go by it."""
    if DatabaseUrl(settings.database).dialect != "postgresql":
        return
    try:
        with closing_engine(settings.database) as engine, engine.connect() as db:
            there: datetime = db.execute(select(func.clock_timestamp())).scalar_one()
    except exc.OperationalError:
        return  # `database` says so
    apart = abs(datetime.now(UTC) - there)
    if apart > _CLOCKS_APART:
        says = f"This machine's clock and the database's are {apart.total_seconds():.0f} seconds apart."
        yield _bad("clock", says, "Let both follow a time server (timedatectl set-ntp true).")
    else:
        yield _good("clock", "This machine and the database agree on the time.")


def mail(settings: Settings, _environ: Mapping[str, str]) -> Iterator[Finding]:
    """Whether forgotten passwords can be mailed."""
    if settings.smtp is None:
        yield _notice(
            "mail",
            "No mail server is set: whoever forgot their password gets a link from an administrator, at their user.",
            "PARLEY_SMTP=smtp://…",
        )
        return
    where = urlsplit(settings.smtp)
    port = where.port or (465 if where.scheme == "smtps" else 25)
    try:
        socket.create_connection((where.hostname or "", port), timeout=_MAIL_SECONDS).close()
    except OSError as fault:
        yield _bad("mail", f"{where.hostname}:{port} does not answer: {fault}", "Start it, or mend PARLEY_SMTP.")
    else:
        yield _good("mail", f"Mail goes out from {settings.mail_from} by {where.hostname}.")


def mailbox(settings: Settings, _environ: Mapping[str, str]) -> Iterator[Finding]:
    """Whether what calendars answer can be read."""
    if settings.imap is None:
        if settings.smtp is not None:
            yield _notice(
                "mailbox", "No mailbox is set: what calendars answer goes to who organizes.", "PARLEY_IMAP=imaps://…"
            )
        return
    read = Mailbox(settings.imap)
    try:
        read.check()
    except Border as fault:
        yield _bad("mailbox", f"{read.name}: {fault}", "Mend PARLEY_IMAP.")
    else:
        yield _good("mailbox", f"Answers are read from {read.name}.")


def media(settings: Settings, _environ: Mapping[str, str]) -> Iterator[Finding]:
    """Whether people behind other networks' firewalls will see each other."""
    if settings.turn:
        yield _good("media", f"{len(settings.turn)} TURN address(es) help people behind strict firewalls.")
    elif not _is_this_machine(urlsplit(settings.url).hostname or ""):
        without = "No TURN server is set" if settings.stun else "Neither STUN nor TURN is set"
        yield _notice(
            "media",
            f"{without}: some people on other networks will not see each other.",
            "PARLEY_TURN, PARLEY_TURN_SECRET",
        )


CHECKS: tuple[Check, ...] = (names, folder, key, database, public_address, certificate, clock, mail, mailbox, media)
