"""The settings of mail: how it goes out, from whom, and where answers come to."""

from dataclasses import dataclass, field
from typing import Annotated

from parley.settings import readers
from parley.settings.about import About
from parley.settings.files import FileSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings(FileSettings):
    """How mail goes out, from whom, and where answers come to; what has slots can build on one other only."""

    smtp: Annotated[
        str | None,
        About(
            "PARLEY_SMTP",
            "The mail server: `smtp://host:25` (STARTTLS when offered) or `smtps://user:password@host:465`. Without "
            "one, links and files for calendars are there to copy.",
            readers.mail_server,
            "none",
            secret=True,
        ),
    ] = field(default=None, repr=False)
    mail_from: Annotated[
        str, About("PARLEY_MAIL_FROM", "The sender of mail.", readers.sender, "Parley &lt;parley@localhost&gt;")
    ] = "Parley <parley@localhost>"
    imap: Annotated[
        str | None,
        About(
            "PARLEY_IMAP",
            "The mailbox of PARLEY_MAIL_FROM: `imaps://user:password@host:993/INBOX` or `imap://…:143` (STARTTLS when "
            "offered). Answers to invitations and letters that come back are read from it, and nothing is changed in "
            "it. Without one, answers come by link, and those by mail go to who organizes.",
            readers.mailbox,
            "none",
            secret=True,
        ),
    ] = field(default=None, repr=False)
