"""Set a password: one's own, or at the command line somebody's."""

from datetime import datetime

from sqlalchemy import Connection

from parley.access.context import Context
from parley.access.facts import PasswordSet
from parley.access.rows import links, passwords
from parley.access.sign_out import end_sessions
from parley.access.strength import password_errors
from parley.access.throttle import count_guess, email_limit, forgive
from parley.ground.facts import tell
from parley.ground.faults import FieldError, Invalid
from parley.ground.words import N_
from parley.people import Caller, User, blank_errors, find_account, find_user, refuse

_WRONG = FieldError("current", N_("This is not your current password."))


async def change_password(
    context: Context, *, by: Caller, current: str, password: str, keep: int | None = None
) -> None:
    """Change the caller's own password, who shows the current one; other browsers than `keep` are signed out."""
    if not current:
        refuse(blank_errors(current=current) + password_errors(password))
    user, stored, about = await context.store.write(_claim_of, by=by, now=context.clock())
    wrong = [] if await context.hasher.verify(stored, current) else [_WRONG]
    refuse(wrong + password_errors(password, about=about))
    hashed = await context.hasher.hash(password)
    await context.store.write(_replace_password, user, hashed, proven=stored, keep=keep, now=context.clock())


def _replace_password(
    db: Connection, user: User, hashed: str, *, proven: str | None, keep: int | None, now: datetime
) -> None:
    if passwords.password_of(db, user.id) != proven:  # it was changed while the old one was verified
        raise Invalid(_WRONG)
    store_password(db, user, hashed, actor=user.id, keep=keep, now=now)


async def set_password(context: Context, user: User, password: str, *, by: Caller) -> None:
    """Set somebody's password without the current one, as the operator does; they are signed out everywhere."""
    by.need_to_administer(user.role)
    refuse(password_errors(password, about=await context.store.read(words_about, user)))
    hashed = await context.hasher.hash(password)
    await context.store.write(store_password, user, hashed, actor=by.person, now=context.clock())


def store_password(
    db: Connection, user: User, hashed: str, *, actor: int | None, now: datetime, keep: int | None = None
) -> None:
    """Store a password's hash; links on their way end, and so do browser sessions other than `keep`."""
    passwords.save_password(db, user.id, hashed, now=now)
    links.drop_links_of(db, user.id)
    forgive(db, email_limit(user.email))
    end_sessions(db, user.id, account=user.account, keep=keep, actor=actor, now=now)
    tell(db, PasswordSet(account=user.account, subject=user.id, actor=actor, at=now))


def words_about(db: Connection, user: User) -> tuple[str, ...]:
    """Return what somebody's password must not be made of."""
    return (user.email, user.name, find_account(db, user.account).name)


def _claim_of(db: Connection, *, by: Caller, now: datetime) -> tuple[User, str | None, tuple[str, ...]]:
    user = find_user(db, 0 if by.person is None else by.person, by=by)
    count_guess(db, email_limit(user.email), now=now)
    return user, passwords.password_of(db, user.id), words_about(db, user)
