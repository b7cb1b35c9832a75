"""Mail with a link in it."""

from parley.access.desk import Desk
from parley.ground.words import say
from parley.people import User


async def mail_link(desk: Desk, user: User, secret: str, *, subject: str, text: str, **named: str) -> None:
    """Send a link in the reader's language, to the address that is stored, never to one that was typed."""
    words = {"name": user.name, "link": page_of_link(desk, secret), "server": desk.settings.url, **named}
    await desk.mailer.send(user.email, subject=say(user.locale, subject, words), text=say(user.locale, text, words))


def page_of_link(desk: Desk, secret: str) -> str:
    """Return the address of the page on which a link's holder sets a password."""
    return f"{desk.settings.url}/reset/{secret}"
