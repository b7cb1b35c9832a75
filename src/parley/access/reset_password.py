"""Set a new password by a link that was asked for, or came with an invitation."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from parley.access.browser_session import ClientInfo
from parley.access.context import Context
from parley.access.link import Link, Purpose, dead_link
from parley.access.links import find_link, make_link, use_link
from parley.access.mail_link import mail_link
from parley.access.set_password import store_password, words_about
from parley.access.sign_in import SignedIn, open_session
from parley.access.strength import password_errors
from parley.access.throttle import AttemptLimit, address_limit, count_guess
from parley.ground.words import N_
from parley.people import User, blank_errors, caller_of, find_user, folded, refuse, user_by_email

PURPOSES = frozenset({Purpose.RESET, Purpose.INVITATION})
"""What a link that sets a password may have been made for."""

MOST_MAILS = 5
MOST_REQUESTS = 20


async def request_reset(context: Context, email: str, *, client: ClientInfo) -> None:
    """Mail a link to whoever has this address. Nothing, not even the time it takes, says whether somebody does."""
    refuse(blank_errors(email=email.strip()))
    asking = address_limit(client.address, kind="reset", most=MOST_REQUESTS)
    await context.store.write(count_guess, asking, now=context.clock())
    if context.mailer.can_send:
        context.later(_mail_reset(context, email))


async def redeem_reset(
    context: Context, secret: str, *, password: str, client: ClientInfo, replaces: str | None = None
) -> SignedIn:
    """Set the password and sign in; the link is used up, and every other browser of theirs is signed out."""
    about = await context.store.read(_words_about_holder, secret, now=context.clock())
    refuse(password_errors(password, about=about))
    hashed = await context.hasher.hash(password)
    return await context.store.write(
        _redeem,
        secret,
        hashed=hashed,
        client=client,
        replaces=replaces,
        lifetime=context.settings.signin_longest,
        now=context.clock(),
    )


def find_holder(db: Connection, secret: str, *, now: datetime) -> User:
    """Return who may set a password by this link; raises NotFound for a link that does not work (any more)."""
    return _holder(db, find_link(db, secret, purposes=PURPOSES, now=now))


def _words_about_holder(db: Connection, secret: str, *, now: datetime) -> tuple[str, ...]:
    return words_about(db, find_holder(db, secret, now=now))


def _holder(db: Connection, link: Link) -> User:
    """Return whose link it is, if it still is theirs: it was sent to an address that they have."""
    person = link.person or 0
    user = find_user(db, person, by=caller_of(db, person))
    if folded(user.email) != link.email_folded:
        raise dead_link()
    return user


def _redeem(
    db: Connection,
    secret: str,
    *,
    hashed: str,
    client: ClientInfo,
    replaces: str | None,
    lifetime: timedelta,
    now: datetime,
) -> SignedIn:
    user = _holder(db, use_link(db, secret, purposes=PURPOSES, now=now))
    store_password(db, user, hashed, actor=user.id, now=now)
    return open_session(db, user.id, client=client, lifetime=lifetime, replaces=replaces, now=now)


async def _mail_reset(context: Context, email: str) -> None:
    made = await context.store.write(_make_reset, email, now=context.clock())
    if made is not None:
        user, secret = made
        await mail_link(context, user, secret, subject=_SUBJECT, text=_TEXT)


def _make_reset(db: Connection, email: str, *, now: datetime) -> tuple[User, str] | None:
    user = user_by_email(db, email)
    if user is None or not user.active:
        return None
    mails = AttemptLimit(kind="reset-mail", key=str(user.id), most=MOST_MAILS, within=timedelta(hours=1))
    count_guess(db, mails, now=now)
    return user, make_link(db, Purpose.RESET, user=user, now=now)


_SUBJECT = N_("A new password for Parley")
_TEXT = N_(
    "Hello %(name)s,\n\n"
    "somebody, most likely you, asked for a new password at %(server)s. With this link you set one;"
    " it works once, within an hour:\n\n%(link)s\n\n"
    "If it was not you, there is nothing to do: your password stays as it is.\n"
)
