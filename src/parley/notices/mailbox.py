"""A mailbox, read over IMAP: what is new since a place in it. Nothing is changed there."""

import imaplib
import ssl
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from parley.ground.faults import CredentialsRefused, Unreachable
from parley.ground.words import N_
from parley.notices.read_message import LARGEST
from parley.notices.rows.mailboxes import Place

TOGETHER = 50
"""How many messages are read at once."""

_SECONDS = 30
_FURTHEST = timedelta(days=30)
"""How far back a mailbox is read that was never read before."""


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """The next messages, those left out that are too large, and the place behind them."""

    messages: Sequence[bytes]
    place: Place
    more: bool


class Mailbox:
    """Reads by a URL: `imaps://user:password@host:993/INBOX`, or `imap://` with STARTTLS when it is offered."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._tls = parts.scheme == "imaps"
        self._host = parts.hostname or ""
        self._port = parts.port or (993 if self._tls else 143)
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._folder = unquote(parts.path.strip("/")) or "INBOX"
        self.name = f"{self._user}@{self._host}:{self._port}/{self._folder}"

    def __repr__(self) -> str:
        return f"Mailbox({self.name})"

    def check(self) -> None:
        """Come in and leave again; raises what `read` does."""
        try:
            with self._connected() as server:
                _select(server, self._folder)
        except (OSError, EOFError, ValueError, imaplib.IMAP4.error) as fault:
            raise Unreachable(N_("The mailbox cannot be read just now.")) from fault

    def read(self, place: Place, *, now: datetime) -> Incoming:
        """Return what is new behind the place; waits on the network, in a thread of its own.

        Raises `Unreachable`, and `CredentialsRefused` when it does not let us in.
        """
        try:
            with self._connected() as server:
                return _read(server, self._folder, place, now=now)
        except (OSError, EOFError, ValueError, imaplib.IMAP4.error) as fault:
            raise Unreachable(N_("The mailbox cannot be read just now.")) from fault

    def _connected(self) -> imaplib.IMAP4:
        context = ssl.create_default_context()
        if self._tls:
            server: imaplib.IMAP4 = imaplib.IMAP4_SSL(self._host, self._port, ssl_context=context, timeout=_SECONDS)
        else:
            server = imaplib.IMAP4(self._host, self._port, timeout=_SECONDS)
            if "STARTTLS" in server.capabilities:
                server.starttls(context)
        try:
            server.login(self._user, self._password)
        except (imaplib.IMAP4.error, UnicodeError) as fault:
            server.shutdown()
            raise CredentialsRefused(N_("The mailbox refused our user name or password.")) from fault
        return server


def _read(server: imaplib.IMAP4, folder: str, place: Place, *, now: datetime) -> Incoming:
    _select(server, folder)
    validity = int(server.response("UIDVALIDITY")[1][0] or 0)
    behind = place.uid if validity == place.validity else 0
    wanted = f"UID {behind + 1}:*" if behind else f"SINCE {now - _FURTHEST:%d-%b-%Y}"
    listed = _need(server.uid("SEARCH", wanted))
    found = sorted(uid for uid in map(int, (listed[0] or b"").split()) if uid > behind)
    batch = found[:TOGETHER]
    raws = [_message(server, uid) for uid in batch]
    return Incoming(
        messages=[raw for raw in raws if raw is not None],
        place=Place(validity, batch[-1] if batch else behind),
        more=len(found) > len(batch),
    )


def _select(server: imaplib.IMAP4, folder: str) -> None:
    """Open a folder to read only."""
    quoted = '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
    _need(server.select(quoted, readonly=True))


def _message(server: imaplib.IMAP4, uid: int) -> bytes | None:
    """Return a message; None where it is too large, or gone meanwhile."""
    size = _need(server.uid("FETCH", str(uid), "(RFC822.SIZE)"))
    if not size or not isinstance(size[0], bytes):
        return None
    if int(size[0].rpartition(b"RFC822.SIZE ")[2].split(b" ")[0].rstrip(b")")) > LARGEST:
        return None
    found = _need(server.uid("FETCH", str(uid), "(BODY.PEEK[])"))
    return found[0][1] if found and isinstance(found[0], tuple) else None


def _need(answer: tuple[str, Any]) -> Any:  # noqa: ANN401 (as imaplib has it)
    kind, data = answer
    if kind != "OK":
        message = f"the mailbox answered {kind}"
        raise imaplib.IMAP4.error(message)
    return data
