"""Say who is in a group."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from parley.ground.facts import tell
from parley.ground.faults import FieldError, Invalid
from parley.ground.words import N_
from parley.people.caller import Caller
from parley.people.facts import GroupChanged
from parley.people.find_groups import group_to_change
from parley.people.find_users import users_named
from parley.people.group import MOST_MEMBERS, Group
from parley.people.rows import groups


def set_members(
    db: Connection, group: int, members: Sequence[int], *, version: int, by: Caller, now: datetime
) -> Group:
    """Make exactly these people the members of the group, if it still is of this version."""
    before = group_to_change(db, group, version=version, by=by)
    after = before.with_members(need_members(db, members, account=by.account))
    if after is before:
        return before
    joined = tuple(sorted({*after.members} - {*before.members}))
    left = tuple(sorted({*before.members} - {*after.members}))
    groups.save_group(db, after)
    groups.join_group(db, group, joined)
    groups.leave_group(db, group, left)
    fact = GroupChanged(
        account=after.account,
        subject=group,
        actor=by.person,
        at=now,
        name=after.name,
        parent=after.parent,
        joined=joined,
        left=left,
    )
    tell(db, fact)
    return after


def need_members(db: Connection, members: Sequence[int], *, account: int) -> frozenset[int]:
    """Return these people; raises Invalid when there are too many, or somebody is not of the account."""
    wanted = frozenset(members)
    if len(wanted) > MOST_MEMBERS:
        raise Invalid(FieldError("members", N_("A group has at most %(most)s members."), most=MOST_MEMBERS))
    unknown = wanted - users_named(db, wanted, account=account).keys()
    if unknown:
        written = ", ".join(str(person) for person in sorted(unknown)[:10])
        raise Invalid(FieldError("members", N_("There is nobody under these ids: %(ids)s."), ids=written))
    return wanted
