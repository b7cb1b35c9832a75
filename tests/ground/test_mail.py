"""Mail through a real SMTP server, and what its refusals become."""

from collections.abc import Iterator

import pytest

from parley.ground.faults import CredentialsRefused, Rejected, Unreachable
from parley.ground.mail import Mailer, Message, written
from tests.postbox import Postbox, running_postbox
from tests.postgres import free_port

SENDER = "Parley <parley@example.com>"


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with running_postbox() as box:
        yield box


async def test_a_message_arrives_with_what_it_needs(postbox: Postbox) -> None:
    mailer = Mailer(postbox.url, sender=SENDER)
    await mailer.send("ada@example.com", subject="Grüße", text="Ein Satz mit Umlaut: schön.\n")
    (message,) = postbox.mails()
    assert message["Subject"] == "Grüße"
    assert message["From"] == SENDER
    assert message["To"] == "ada@example.com"
    assert message["Date"]
    assert message["Message-ID"].endswith("@example.com>")
    assert message.get_content().splitlines() == ["Ein Satz mit Umlaut: schön."]


@pytest.mark.parametrize(
    ("address", "fault"), [("code-550@example.com", Rejected), ("code-450@example.com", Unreachable)]
)
async def test_a_refusal_says_whether_to_try_again(postbox: Postbox, address: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        await Mailer(postbox.url, sender=SENDER).send(address, subject="x", text="y")


async def test_no_answer_is_unreachable() -> None:
    with pytest.raises(Unreachable):
        await Mailer(f"smtp://127.0.0.1:{free_port()}", sender=SENDER).send("a@example.com", subject="x", text="y")


async def test_without_a_server_it_says_so() -> None:
    mailer = Mailer(None, sender=SENDER)
    assert not mailer.can_send
    with pytest.raises(CredentialsRefused, match="PARLEY_SMTP"):
        await mailer.send("a@example.com", subject="x", text="y")


async def test_an_address_cannot_smuggle_in_a_header(postbox: Postbox) -> None:
    mailer = Mailer(postbox.url, sender=SENDER)
    with pytest.raises(ValueError, match=r"linefeed|newline|carriage"):
        await mailer.send("a@example.com\nBcc: all@example.com", subject="x", text="y")


async def test_several_messages_go_over_one_line_and_a_refused_one_takes_nothing_with_it(postbox: Postbox) -> None:
    async with Mailer(postbox.url, sender=SENDER).line() as line:
        await line.send(Message(to="ada@example.com", subject="1", text="y"))
        with pytest.raises(Rejected, match="550 no"):
            await line.send(Message(to="code-550@example.com", subject="2", text="y"))
        await line.send(Message(to="eve@example.com", subject="3", text="y"))
    assert [mail["Subject"] for mail in postbox.mails()] == ["1", "3"]


def test_a_calendar_goes_along_as_mail_programs_want_it() -> None:
    message = Message(
        to="ada@example.com",
        subject="Grüße",
        text="Text",
        number="17",
        writer='Zoë "Z" Ångström, Dr.',
        reply_to="zoe@example.com",
        calendar="BEGIN:VCALENDAR\r\nSUMMARY:Übung\r\nEND:VCALENDAR\r\n",
        method="CANCEL",
    )
    mail = written(message, sender=SENDER)
    assert (mail["Message-ID"], mail["Reply-To"]) == ("<17@example.com>", "zoe@example.com")
    (sender,) = mail["From"].addresses
    assert (sender.addr_spec, sender.display_name) == ("parley@example.com", 'Zoë "Z" Ångström, Dr. (Parley)')
    kinds = [(part.get_content_type(), part.get_filename()) for part in mail.walk() if not part.is_multipart()]
    assert kinds == [("text/plain", None), ("text/calendar", None), ("application/ics", "invite.ics")]
    body = mail.get_body(("calendar",))
    assert body is not None
    assert (body.get_param("method"), "Übung" in body.get_content()) == ("CANCEL", True)
    assert body.get_payload(decode=True) == (message.calendar or "").encode(), "with CRLF, as RFC 5545 has it"
