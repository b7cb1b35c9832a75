"""Delete a user; the record keeps their name."""

from datetime import datetime

from sqlalchemy import Connection

from parley.ground.facts import tell
from parley.ground.faults import Conflict
from parley.ground.words import N_
from parley.people.assign_licence import assign_licence
from parley.people.caller import Caller
from parley.people.change_user import need_an_administrator
from parley.people.facts import UserDeleted
from parley.people.find_users import found_user
from parley.people.rows import groups, managers, users
from parley.people.user import User


def delete_user(db: Connection, user: int, *, by: Caller, now: datetime) -> User:
    """Delete somebody for good: out at once, in no group, their licences and address free; their name stays.

    What becomes of their meetings is said by `meetings.part_with`.
    """
    before = found_user(db, user, account=by.account)
    by.need_to_administer(before.role)
    if user == by.person:
        raise Conflict(N_("Nobody deletes themselves; ask another administrator."))
    after = before.deleted()
    users.save_user(db, after)
    need_an_administrator(db, before)
    assign_licence(db, before, after, actor=by.person, now=now)
    groups.leave_groups(db, user)
    managers.manage_no_group(db, user)
    tell(db, UserDeleted(account=after.account, subject=after.id, actor=by.person, at=now, name=after.name))
    return after
