"""Sign out: this browser, another one, or all others; and see which there are."""

from datetime import datetime

from sqlalchemy import Connection

from parley.access.browser_session import BrowserSession
from parley.access.facts import UserSignedOut
from parley.access.rows import browser_sessions
from parley.ground.facts import tell
from parley.ground.faults import NotFound
from parley.ground.secrets import token_hash
from parley.ground.words import N_
from parley.people import Caller, find_user


def sessions_of(db: Connection, *, by: Caller) -> list[BrowserSession]:
    """Return the caller's browser sessions, last used first."""
    by.need("me")
    return [] if by.person is None else browser_sessions.sessions_of(db, by.person)


def revoke_session(db: Connection, session: int, *, by: Caller, now: datetime) -> None:
    """End a browser session of one's own, or of somebody whom one administers."""
    found = browser_sessions.session_in(db, by.account, session)
    if found is None or not _may_end(db, found, by=by):
        raise NotFound(N_("There is no such browser session."))
    end_sessions(db, found.person, account=found.account, only=found.id, actor=by.person, now=now)


def sign_out(db: Connection, session: int, *, by: Caller, now: datetime) -> None:
    """End the caller's own browser session; one that is over already is no fault."""
    if by.person is not None:
        end_sessions(db, by.person, account=by.account, only=session, actor=by.person, now=now)


def sign_out_others(db: Connection, *, keep: int | None, by: Caller, now: datetime) -> int:
    """End the caller's browser sessions but for one; return how many ended."""
    by.need("me")
    if by.person is None:
        return 0
    return len(end_sessions(db, by.person, account=by.account, keep=keep, actor=by.person, now=now))


def end_by_secret(db: Connection, secret: str, *, now: datetime) -> None:
    """End the browser session of a cookie, if there is one."""
    found = browser_sessions.session_by_hash(db, token_hash(secret))
    if found is not None:
        end_sessions(db, found.person, account=found.account, only=found.id, actor=found.person, now=now)


def end_sessions(
    db: Connection,
    person: int,
    *,
    account: int,
    actor: int | None,
    now: datetime,
    only: int | None = None,
    keep: int | None = None,
) -> tuple[int, ...]:
    """End browser sessions of somebody (all, only one, or all but one) and say so; return which."""
    ended = browser_sessions.end_sessions(db, person, only=only, keep=keep)
    if ended:
        tell(db, UserSignedOut(account=account, subject=person, actor=actor, at=now, browsers=ended))
    return ended


def _may_end(db: Connection, session: BrowserSession, *, by: Caller) -> bool:
    if session.person == by.person:
        return by.may("me")
    return by.may("people:write") and by.may_administer(find_user(db, session.person, by=by).role)
