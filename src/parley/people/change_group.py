"""Rename a group, describe it anew, or make it a part of another."""

from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from parley.ground.facts import tell
from parley.people.caller import Caller
from parley.people.create_group import name_taken
from parley.people.facts import GroupChanged
from parley.people.find_groups import group_to_change
from parley.people.group import Group, GroupChange
from parley.people.group_parent import need_parent
from parley.people.rows import groups


def change_group(db: Connection, group: int, change: GroupChange, *, version: int, by: Caller, now: datetime) -> Group:
    """Change the group if it still is of this version; raises Stale with the group as it is now otherwise."""
    before = group_to_change(db, group, version=version, by=by)
    after = before.changed(change)
    if after is before:
        return before
    if after.parent != before.parent:
        need_parent(db, after)
    try:
        groups.save_group(db, after)
    except IntegrityError as fault:
        raise name_taken() from fault
    tell(
        db,
        GroupChanged(
            account=after.account, subject=after.id, actor=by.person, at=now, name=after.name, parent=after.parent
        ),
    )
    return after
