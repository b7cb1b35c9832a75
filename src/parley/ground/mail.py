"""Mail: plain messages through one SMTP server, or honestly none."""

from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

from parley.ground.faults import CredentialsRefused, Rejected, Unreachable
from parley.ground.words import N_

_SECONDS = 20


class Mailer:
    """Sends mail by a URL: `smtp://host:25` (STARTTLS when offered), `smtps://user:password@host:465`, or none."""

    def __init__(self, url: str | None, *, sender: str) -> None:
        self._url = url
        self._sender = sender

    @property
    def can_send(self) -> bool:
        """Whether a mail server is set."""
        return self._url is not None

    def __repr__(self) -> str:
        return f"Mailer({'set' if self.can_send else 'none'})"

    async def send(self, to: str, *, subject: str, text: str) -> None:
        """Send one message. Raises `Unreachable`, `CredentialsRefused` or `Rejected`, as the server answers."""
        if self._url is None:
            raise CredentialsRefused(N_("No mail server is set (PARLEY_SMTP)."))
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = to
        message["Subject"] = subject
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain=self._sender.rpartition("@")[2].strip(" >") or "localhost")
        message.set_content(text)
        await _deliver(self._url, message)


async def _deliver(url: str, message: EmailMessage) -> None:
    import aiosmtplib  # noqa: PLC0415 (mail is rare, start-up is not)

    server = urlsplit(url)
    implicit_tls = server.scheme == "smtps"
    try:
        await aiosmtplib.send(
            message,
            hostname=server.hostname,
            port=server.port or (465 if implicit_tls else 25),
            use_tls=implicit_tls,
            username=unquote(server.username) if server.username else None,
            password=unquote(server.password) if server.password else None,
            timeout=_SECONDS,
        )
    except aiosmtplib.SMTPAuthenticationError as fault:
        raise CredentialsRefused(N_("The mail server refused our user name or password.")) from fault
    except aiosmtplib.SMTPRecipientsRefused as fault:
        raise _refusal(fault.recipients[0].code) from fault
    except aiosmtplib.SMTPResponseException as fault:
        raise _refusal(fault.code) from fault
    except (aiosmtplib.SMTPException, OSError) as fault:
        raise Unreachable(N_("The mail server does not answer.")) from fault


def _refusal(code: int) -> Unreachable | Rejected:
    """Return what an SMTP answer means: 4xx is for now, 5xx for good (RFC 5321, 4.2.1)."""
    kind = Unreachable if 400 <= code < 500 else Rejected  # noqa: PLR2004
    return kind(N_("The mail server refused the message (%(code)s)."), code=code)
