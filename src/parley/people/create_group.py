"""Create a group."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from parley.ground.facts import tell
from parley.ground.faults import FieldError, Invalid
from parley.ground.ids import new_id
from parley.ground.words import N_
from parley.people.caller import Caller
from parley.people.facts import GroupCreated
from parley.people.group import Group
from parley.people.group_parent import need_parent
from parley.people.rows import groups
from parley.people.set_members import need_members


def create_group(
    db: Connection,
    name: str,
    *,
    description: str = "",
    parent: int | None = None,
    members: Sequence[int] = (),
    by: Caller,
    now: datetime,
) -> Group:
    """Create a group in the caller's account, with these people in it."""
    by.need("people:write")
    group = Group(
        id=new_id(),
        account=by.account,
        name=name,
        description=description,
        members=tuple(sorted(need_members(db, members, account=by.account))),
        version=1,
        created_at=now,
        parent=parent,
    ).checked()
    need_parent(db, group)
    try:
        groups.add_group(db, group)
    except IntegrityError as fault:
        raise name_taken() from fault
    groups.join_group(db, group.id, group.members)
    fact = GroupCreated(
        account=group.account,
        subject=group.id,
        actor=by.person,
        at=now,
        name=group.name,
        parent=group.parent,
        joined=group.members,
    )
    tell(db, fact)
    return group


def name_taken() -> Invalid:
    """Return the refusal of a name that another group has."""
    return Invalid(FieldError("name", N_("There is a group of this name already.")))
