"""Suspend a user, and let them in again."""

from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import Connection

from parley.ground.facts import Fact, tell
from parley.people.assign_licence import assign_licence
from parley.people.caller import Caller
from parley.people.change_user import need_an_administrator
from parley.people.facts import UserReactivated, UserSuspended
from parley.people.find_users import found_user
from parley.people.rows import users
from parley.people.user import Status, User


def suspend_user(db: Connection, user: int, *, frees_licences: bool = False, by: Caller, now: datetime) -> User:
    """Shut somebody out at once, in every browser, token and socket; suspending twice is suspending once.

    Their licences stay theirs, unless it frees them for others.
    """
    after = _set_status(db, user, Status.SUSPENDED, fact=UserSuspended, by=by, now=now)
    if not (frees_licences and after.products):
        return after
    without = replace(after, products=(), version=after.version + 1)
    users.save_user(db, without)
    assign_licence(db, after, without, actor=by.person, now=now)
    return without


def reactivate_user(db: Connection, user: int, *, by: Caller, now: datetime) -> User:
    """Let a suspended user in again, with their password and tokens as they were."""
    return _set_status(db, user, Status.ACTIVE, fact=UserReactivated, by=by, now=now)


def _set_status(db: Connection, user: int, status: Status, *, fact: type[Fact], by: Caller, now: datetime) -> User:
    before = found_user(db, user, account=by.account)
    by.need_to_administer(before.role)
    after = before.with_status(status)
    if after is before:
        return before
    users.save_user(db, after)
    need_an_administrator(db, before)
    tell(db, fact(account=after.account, subject=after.id, actor=by.person, at=now))
    return after
