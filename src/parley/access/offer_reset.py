"""Let somebody who forgot their password set a new one, by a link that an administrator makes."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection

from parley.access.context import Context
from parley.access.facts import ResetOffered
from parley.access.link import Purpose
from parley.access.links import make_link
from parley.access.mail_link import mail_link, page_of_link
from parley.access.rows import passwords
from parley.ground.facts import tell
from parley.ground.faults import Conflict
from parley.ground.words import N_
from parley.people import Caller, User, find_user


class ResetOffer(msgspec.Struct, frozen=True, kw_only=True):
    """The link with which somebody sets a new password; None where it was mailed to them."""

    link: str | None


async def offer_reset(context: Context, user: int, *, by: Caller) -> ResetOffer:
    """Make the link, and mail it; only where no mail is set up is it shown to `by`, who hands it over.

    Raises Forbidden for whoever lacks a right of that person: the link would give it to them.
    """
    holder, secret = await context.store.write(_make_offer, user, by=by, now=context.clock())
    if not context.mailer.can_send:
        return ResetOffer(link=page_of_link(context, secret))
    context.later(mail_link(context, holder, secret, subject=_SUBJECT, text=_TEXT, administrator=by.name))
    return ResetOffer(link=None)


def _make_offer(db: Connection, user: int, *, by: Caller, now: datetime) -> tuple[User, str]:
    found = find_user(db, user, by=by)
    by.need_to_administer(found.role)
    if found.id == by.person:
        raise Conflict(N_("Your own password you change with the one that you have."))
    if not found.active:
        raise Conflict(N_("This person is suspended."))
    if passwords.password_of(db, found.id) is None:
        raise Conflict(N_("This person never had a password; invite them."))
    tell(db, ResetOffered(account=found.account, subject=found.id, actor=by.person, at=now))
    return found, make_link(db, Purpose.RESET, user=found, now=now)


_SUBJECT = N_("A new password for Parley")
_TEXT = N_(
    "Hello %(name)s,\n\n"
    "%(administrator)s lets you set a new password at %(server)s. With this link you do;"
    " it works once, within an hour:\n\n%(link)s\n\n"
    "Until then your password stays as it is.\n"
)
