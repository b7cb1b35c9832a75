"""Delete a group."""

from datetime import datetime

from sqlalchemy import Connection

from parley.ground.facts import tell
from parley.people.caller import Caller
from parley.people.facts import GroupDeleted
from parley.people.find_groups import group_to_change
from parley.people.rows import groups


def delete_group(db: Connection, group: int, *, version: int, by: Caller, now: datetime) -> None:
    """Delete the group if it still is of this version; the people in it stay, and its parts move up by one."""
    found = group_to_change(db, group, version=version, by=by)
    parts = groups.lift_parts(db, found)
    groups.delete_group(db, found)
    tell(
        db,
        GroupDeleted(
            account=found.account,
            subject=found.id,
            actor=by.person,
            at=now,
            name=found.name,
            parent=found.parent,
            parts=tuple(parts),
        ),
    )
