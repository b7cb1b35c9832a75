"""Invite somebody who never had a password: a link with which they set one and are in."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection

from parley.access.context import Context
from parley.access.link import Purpose
from parley.access.links import make_link
from parley.access.mail_link import mail_link, page_of_link
from parley.access.rows import passwords
from parley.ground.faults import Conflict
from parley.ground.words import N_
from parley.people import Account, Caller, User, find_account, find_user


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """The link with which somebody new sets their first password, and whether it was mailed to them."""

    link: str
    mailed: bool


async def invite(context: Context, user: int, *, by: Caller) -> Invitation:
    """Make the link, and mail it where mail is set up. Nobody learns a link for somebody who has a password."""
    invited, account, secret = await context.store.write(_make_invitation, user, by=by, now=context.clock())
    if context.mailer.can_send:
        context.later(mail_link(context, invited, secret, subject=_SUBJECT, text=_TEXT, account=account.name))
    return Invitation(link=page_of_link(context, secret), mailed=context.mailer.can_send)


def has_password(db: Connection, user: int, *, by: Caller) -> bool:
    """Tell whether somebody of the caller's account ever set a password."""
    return passwords.password_of(db, find_user(db, user, by=by).id) is not None


def _make_invitation(db: Connection, user: int, *, by: Caller, now: datetime) -> tuple[User, Account, str]:
    found = find_user(db, user, by=by)
    by.need_to_administer(found.role)
    if not found.active:
        raise Conflict(N_("This person is suspended."))
    if passwords.password_of(db, found.id) is not None:
        raise Conflict(N_("This person has a password already; they can ask for a new one where they sign in."))
    return found, find_account(db, found.account), make_link(db, Purpose.INVITATION, user=found, now=now)


_SUBJECT = N_("Welcome to Parley")
_TEXT = N_(
    "Hello %(name)s,\n\n"
    "you have been added to %(account)s at %(server)s. With this link you set a password and are in;"
    " it works once, within seven days:\n\n%(link)s\n"
)
