"""A mailer whose letters can be read here."""

import re
from typing import NamedTuple

from parley.ground.mail import Mailer


class Letter(NamedTuple):
    """One message that was sent."""

    to: str
    subject: str
    text: str

    @property
    def secret(self) -> str:
        """The secret in the link that the letter carries."""
        found = re.search(r"/reset/(\S+)", self.text)
        assert found is not None
        return found[1]


class Letters(Mailer):
    """Keeps what it is given to send."""

    def __init__(self) -> None:
        super().__init__("smtp://mail.example:25", sender="Parley <parley@harbor.example>")
        self.sent: list[Letter] = []

    async def send(self, to: str, *, subject: str, text: str) -> None:
        """Keep the message."""
        self.sent.append(Letter(to, subject, text))
