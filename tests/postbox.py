"""A mail server in this process: it takes what is sent, unless the address or the test says what to answer."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.postgres import free_port


class Postbox:
    """`code-450@example.com` is refused with 450, everybody with `refusal` where there is one; `slow@` never ends."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.refusal: str | None = None
        self.url = ""
        self.keeps_waiting = False

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.refusal is not None:
            return self.refusal
        if address.startswith("slow@"):
            self.keeps_waiting = True
            await asyncio.sleep(3600)
        if address.startswith("code-"):
            return f"{address[5:8]} no"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.taken.append(envelope.content)
        return "250 OK"

    def mails(self) -> list[EmailMessage]:
        """Return what was taken. No property: the mail server looks at all of these for each connection."""
        return [message_from_bytes(raw, policy=default) for raw in self.taken]

    def taken_now(self) -> list[EmailMessage]:
        """Return what was taken since this was asked last."""
        mails = self.mails()
        self.taken.clear()
        return mails


@contextmanager
def running_postbox() -> Iterator[Postbox]:
    """Run a mail server on a port of its own."""
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    box.url = f"smtp://127.0.0.1:{controller.port}"
    yield box
    controller.stop()
