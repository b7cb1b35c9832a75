"""Sign in with e-mail address and password."""

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection

from parley.access.browser_session import LONGEST_AGENT, BrowserSession, ClientInfo
from parley.access.context import Context
from parley.access.facts import UserSignedIn
from parley.access.rows import browser_sessions, passwords
from parley.access.sign_out import end_by_secret
from parley.access.throttle import address_limit, count_guess, email_limit, forgive, take_back
from parley.ground.facts import tell
from parley.ground.faults import FieldError, Invalid
from parley.ground.ids import new_id
from parley.ground.secrets import fresh_token, token_hash
from parley.ground.words import N_
from parley.people import Caller, blank_errors, caller_of, refuse, user_by_email


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who just signed in; `secret` goes into their cookie and is nowhere else."""

    caller: Caller
    session: BrowserSession
    secret: str


_WRONG = FieldError("password", N_("This e-mail address and this password do not belong together."))


class _Claim(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an e-mail address names, and what their password is verified against; both None for nobody."""

    person: int | None
    hash: str | None


async def sign_in(
    context: Context, *, email: str, password: str, client: ClientInfo, replaces: str | None = None
) -> SignedIn:
    """Sign somebody in; the browser's cookie so far (`replaces`) is good no more.

    An unknown address, somebody without a password and a wrong password are refused alike, after the same time. What is
    left empty is no guess.
    """
    refuse(blank_errors(email=email.strip(), password=password))
    claim = await context.store.write(_claim_of, email, client=client, now=context.clock())
    right = await context.hasher.verify(claim.hash, password)
    if not right or claim.person is None or claim.hash is None:
        raise Invalid(_WRONG)
    fresher = await context.hasher.hash(password) if context.hasher.is_outdated(claim.hash) else None
    return await context.store.write(
        _admit,
        claim.person,
        proven=claim.hash,
        email=email,
        client=client,
        replaces=replaces,
        fresher=fresher,
        lifetime=context.settings.signin_longest,
        now=context.clock(),
    )


def open_session(
    db: Connection, person: int, *, client: ClientInfo, lifetime: timedelta, now: datetime, replaces: str | None = None
) -> SignedIn:
    """Sign a browser in, with a cookie that never was before; raises Forbidden for somebody suspended."""
    caller = caller_of(db, person)
    if replaces is not None:
        end_by_secret(db, replaces, now=now)
    secret = fresh_token()
    session = BrowserSession(
        id=new_id(),
        account=caller.account,
        person=person,
        address=client.address,
        agent=client.agent[:LONGEST_AGENT],
        created_at=now,
        seen_at=now,
        expires_at=now + lifetime,
    )
    browser_sessions.add_session(db, session, token_hash(secret))
    tell(db, UserSignedIn(account=caller.account, subject=person, actor=person, at=now, browser=session.id))
    return SignedIn(caller=caller, session=session, secret=secret)


def _claim_of(db: Connection, email: str, *, client: ClientInfo, now: datetime) -> _Claim:
    count_guess(db, address_limit(client.address), email_limit(email), now=now)
    user = user_by_email(db, email)
    stored = passwords.password_of(db, 0 if user is None else user.id)
    return _Claim(person=None if user is None else user.id, hash=stored)


def _admit(
    db: Connection,
    person: int,
    *,
    proven: str,
    email: str,
    client: ClientInfo,
    replaces: str | None,
    fresher: str | None,
    lifetime: timedelta,
    now: datetime,
) -> SignedIn:
    if passwords.password_of(db, person) != proven:  # it was changed while the old one was verified
        raise Invalid(_WRONG)
    forgive(db, email_limit(email))
    take_back(db, address_limit(client.address))
    if fresher is not None:
        passwords.save_password(db, person, fresher, now=now)
    return open_session(db, person, client=client, lifetime=lifetime, now=now, replaces=replaces)
