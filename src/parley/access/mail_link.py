"""Mail with a link in it."""

from parley.access.context import Context
from parley.ground.words import translate
from parley.people import User


async def mail_link(context: Context, user: User, secret: str, *, subject: str, text: str, **named: str) -> None:
    """Send a link in the reader's language, to the address that is stored, never to one that was typed."""
    words = {"name": user.name, "link": page_of_link(context, secret), "server": context.settings.url, **named}
    await context.mailer.send(
        user.email, subject=translate(user.locale, subject, words), text=translate(user.locale, text, words)
    )


def page_of_link(context: Context, secret: str) -> str:
    """Return the address of the page on which a link's holder sets a password."""
    return f"{context.settings.url}/reset/{secret}"
