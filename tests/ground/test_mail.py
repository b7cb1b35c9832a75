"""Mail through a real SMTP server, and what its refusals become."""

from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from parley.ground.faults import CredentialsRefused, Rejected, Unreachable
from parley.ground.mail import Mailer
from tests.postgres import free_port

SENDER = "Parley <parley@example.com>"


class Box:
    """Takes what is sent, unless the address says what to answer."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("code-"):
            return f"{address[5:8]} no"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.taken.append(envelope.content)
        return "250 OK"


@pytest.fixture
def server() -> Iterator[Controller]:
    controller = Controller(Box(), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


async def test_a_message_arrives_with_what_it_needs(server: Controller) -> None:
    mailer = Mailer(f"smtp://127.0.0.1:{server.port}", sender=SENDER)
    await mailer.send("ada@example.com", subject="Grüße", text="Ein Satz mit Umlaut: schön.\n")
    (raw,) = server.handler.taken
    message = message_from_bytes(raw, policy=default)
    assert message["Subject"] == "Grüße"
    assert message["From"] == SENDER
    assert message["To"] == "ada@example.com"
    assert message["Date"]
    assert message["Message-ID"].endswith("@example.com>")
    assert message.get_content().splitlines() == ["Ein Satz mit Umlaut: schön."]


@pytest.mark.parametrize(
    ("address", "fault"), [("code-550@example.com", Rejected), ("code-450@example.com", Unreachable)]
)
async def test_a_refusal_says_whether_to_try_again(server: Controller, address: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        await Mailer(f"smtp://127.0.0.1:{server.port}", sender=SENDER).send(address, subject="x", text="y")


async def test_no_answer_is_unreachable() -> None:
    with pytest.raises(Unreachable):
        await Mailer(f"smtp://127.0.0.1:{free_port()}", sender=SENDER).send("a@example.com", subject="x", text="y")


async def test_without_a_server_it_says_so() -> None:
    mailer = Mailer(None, sender=SENDER)
    assert not mailer.can_send
    with pytest.raises(CredentialsRefused, match="PARLEY_SMTP"):
        await mailer.send("a@example.com", subject="x", text="y")


async def test_an_address_cannot_smuggle_in_a_header(server: Controller) -> None:
    mailer = Mailer(f"smtp://127.0.0.1:{server.port}", sender=SENDER)
    with pytest.raises(ValueError, match=r"linefeed|newline|carriage"):
        await mailer.send("a@example.com\nBcc: all@example.com", subject="x", text="y")
