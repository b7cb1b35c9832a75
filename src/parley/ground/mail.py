"""Mail: messages through one SMTP server, or honestly none."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import msgspec

from parley.ground.faults import Border, CredentialsRefused, Rejected, Unreachable
from parley.ground.words import N_

if TYPE_CHECKING:
    import aiosmtplib

_SECONDS = 20
_LONGEST_ANSWER = 200


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A message to one address."""

    to: str
    subject: str
    text: str
    number: str | None = None
    """Its Message-ID without the domain, so that it is known when it comes back; made up when none is given."""

    writer: str | None = None
    """In whose name it is written; they stand beside the sender."""

    reply_to: str | None = None
    calendar: str | None = None
    """A part for calendars (RFC 5545), shown by mail programs that know it, and attached for all others."""

    method: str = "REQUEST"
    """What a calendar is to do with it (RFC 5546)."""


class Line:
    """An open line to the mail server, over which one message goes after the other."""

    def __init__(self, client: "aiosmtplib.SMTP", *, sender: str) -> None:
        self._client = client
        self._sender = sender

    @property
    def is_open(self) -> bool:
        """Whether the server is still there."""
        return self._client.is_connected

    async def send(self, message: Message) -> None:
        """Send one message. Raises `Unreachable`, `CredentialsRefused` or `Rejected`, as the server answers."""
        import aiosmtplib  # noqa: PLC0415 (mail is rare, start-up is not)

        try:
            await self._client.send_message(written(message, sender=self._sender))
        except (aiosmtplib.SMTPException, OSError) as fault:
            raise _border(fault) from fault


class Mailer:
    """Sends mail by a URL: `smtp://host:25` (STARTTLS when offered), `smtps://user:password@host:465`, or none."""

    def __init__(self, url: str | None, *, sender: str) -> None:
        self._url = url
        self._sender = sender

    @property
    def can_send(self) -> bool:
        """Whether a mail server is set."""
        return self._url is not None

    @property
    def address(self) -> str:
        """The address that mail is sent from."""
        return parseaddr(self._sender)[1]

    def __repr__(self) -> str:
        return f"Mailer({'set' if self.can_send else 'none'})"

    async def send(self, to: str, *, subject: str, text: str) -> None:
        """Send one message. Raises `Unreachable`, `CredentialsRefused` or `Rejected`, as the server answers."""
        async with self.line() as line:
            await line.send(Message(to=to, subject=subject, text=text))

    @asynccontextmanager
    async def line(self) -> AsyncIterator[Line]:
        """Open a line to the server. Raises `Unreachable`, `CredentialsRefused` or `Rejected`, as it answers."""
        if self._url is None:
            raise CredentialsRefused(N_("No mail server is set (PARLEY_SMTP)."))
        import aiosmtplib  # noqa: PLC0415 (mail is rare, start-up is not)

        client = _client(self._url)
        try:
            await client.connect()
        except (aiosmtplib.SMTPException, OSError) as fault:
            client.close()
            raise _border(fault) from fault
        try:
            yield Line(client, sender=self._sender)
            await _leave(client)
        finally:
            client.close()


def written(message: Message, *, sender: str) -> EmailMessage:
    """Return the message as it goes over the line. Raises ValueError for an address or subject that is none."""
    name, address = parseaddr(sender)
    mail = EmailMessage()
    shown = name if message.writer is None else f"{message.writer} ({name or 'Parley'})"
    mail["From"] = Address(display_name=shown, addr_spec=address)
    mail["To"] = message.to
    mail["Subject"] = message.subject
    mail["Date"] = formatdate()
    domain = address.rpartition("@")[2] or "localhost"
    mail["Message-ID"] = make_msgid(domain=domain) if message.number is None else f"<{message.number}@{domain}>"
    if message.reply_to is not None:
        mail["Reply-To"] = message.reply_to
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no program need answer that somebody is on leave
    mail.set_content(message.text)
    if message.calendar is not None:
        raw, method = message.calendar.encode(), message.method  # as bytes it keeps its line ends, which are CRLF
        mail.add_alternative(raw, maintype="text", subtype="calendar", params={"charset": "utf-8", "method": method})
        mail.add_attachment(
            raw, maintype="application", subtype="ics", filename="invite.ics", params={"method": method}
        )
    return mail


def _client(url: str) -> "aiosmtplib.SMTP":
    import aiosmtplib  # noqa: PLC0415

    server = urlsplit(url)
    implicit_tls = server.scheme == "smtps"
    return aiosmtplib.SMTP(
        hostname=server.hostname,
        port=server.port or (465 if implicit_tls else 25),
        use_tls=implicit_tls,
        username=unquote(server.username) if server.username else None,
        password=unquote(server.password) if server.password else None,
        timeout=_SECONDS,
    )


async def _leave(client: "aiosmtplib.SMTP") -> None:
    """Say goodbye; what was taken is taken, whatever the server answers to that."""
    import aiosmtplib  # noqa: PLC0415

    if client.is_connected:
        try:
            await client.quit()
        except (aiosmtplib.SMTPException, OSError):
            return


def _border(fault: Exception) -> Border:
    """Return what an answer of the server means for what must be done next."""
    import aiosmtplib  # noqa: PLC0415

    if isinstance(fault, aiosmtplib.SMTPAuthenticationError):
        return CredentialsRefused(N_("The mail server refused our user name or password."))
    if isinstance(fault, aiosmtplib.SMTPNotSupported):
        return Rejected(N_("The mail server cannot send to this address."))
    if isinstance(fault, aiosmtplib.SMTPRecipientsRefused):
        fault = fault.recipients[0]
    if isinstance(fault, aiosmtplib.SMTPResponseException):
        return _refusal(fault.code, fault.message)
    return Unreachable(N_("The mail server does not answer."))


def _refusal(code: int, answer: str) -> Unreachable | Rejected:
    """Return what an SMTP answer means: 4xx is for now, 5xx for good (RFC 5321, 4.2.1)."""
    kind = Unreachable if 400 <= code < 500 else Rejected  # noqa: PLR2004
    said = " ".join(answer.split())[:_LONGEST_ANSWER]
    return kind(N_("The mail server refused the message: %(code)s %(answer)s"), code=code, answer=said)
