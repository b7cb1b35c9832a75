"""Groups are parts of others: which may be, and what becomes of the parts of a group that goes."""

from sqlalchemy import Connection

from parley.ground.faults import FieldError, Invalid
from parley.ground.words import N_
from parley.people.group import Group
from parley.people.rows import groups

DEEPEST = 20
"""How many groups may stand one above the other."""


def need_parent(db: Connection, group: Group) -> None:
    """Raise Invalid unless the group may be a part of its parent: one of the account that is not inside the group."""
    if group.parent is None:
        return
    above = groups.groups_above(db, group.account, group.parent)
    if not above:
        raise _wrong(N_("There is no such group."))
    if group.id in above:
        raise _wrong(N_("This group is a part of the one that you change: it would be a part of itself."))
    if len(above) + groups.depth_below(db, group.id) > DEEPEST:
        raise Invalid(FieldError("parent", N_("Groups go at most %(most)s deep."), most=DEEPEST))


def _wrong(message: str) -> Invalid:
    return Invalid(FieldError("parent", message))
