"""Change a user: an administrator everything, everybody their own name, language and time zone."""

from datetime import datetime

from msgspec import UNSET
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from parley.ground.facts import tell
from parley.ground.faults import Conflict, Stale
from parley.ground.words import N_
from parley.people.add_user import email_taken
from parley.people.assign_licence import assign_licence
from parley.people.caller import Caller
from parley.people.facts import UserChanged
from parley.people.find_users import found_user
from parley.people.roles import Role
from parley.people.rows import users
from parley.people.user import User, UserChange


def change_user(db: Connection, user: int, change: UserChange, *, version: int, by: Caller, now: datetime) -> User:
    """Change the user if they still are of this version; raises Stale with the user as they are now otherwise."""
    before = found_user(db, user, account=by.account)
    _need_the_right(before, change, by=by)
    if before.version != version:
        raise Stale(N_("Somebody changed this person in the meantime."), current=before)
    after = before.changed(change)
    if after is before:
        return before
    try:
        users.save_user(db, after)
    except IntegrityError as fault:
        raise email_taken() from fault
    need_an_administrator(db, before)
    changed = _changed(before, after, by=by, now=now)
    if changed.fields:
        tell(db, changed)
    assign_licence(db, before, after, actor=by.person, now=now)
    return after


def need_an_administrator(db: Connection, before: User) -> None:
    """Raise Conflict when a change took the account's last active administrator away."""
    if before.active and before.role is Role.ADMINISTRATOR and not users.active_administrators(db, before.account):
        raise Conflict(N_("This is the last administrator; make somebody else an administrator first."))


def _need_the_right(user: User, change: UserChange, *, by: Caller) -> None:
    theirs = (change.role, change.email, change.products, change.most_attendees)
    if user.id == by.person and all(value is UNSET for value in theirs):
        by.need("me")
    else:
        by.need_to_administer(user.role, user.role if change.role is UNSET else change.role)


def _changed(before: User, after: User, *, by: Caller, now: datetime) -> UserChanged:
    named = ("email", "name", "role", "locale", "time_zone")
    return UserChanged(
        account=after.account,
        subject=after.id,
        actor=by.person,
        at=now,
        email=after.email,
        name=after.name,
        role=after.role,
        fields=tuple(field for field in named if getattr(before, field) != getattr(after, field)),
    )
