"""The tables of groups and of who is in them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    UniqueConstraint,
    delete,
    insert,
    select,
    tuple_,
    update,
)

from parley.ground.db import Id, Instant, metadata
from parley.people.fields import folded
from parley.people.group import Group

groups = Table(
    "groups",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the group"),
    Column("account", Id, ForeignKey("accounts.id"), nullable=False, comment="The account that it belongs to"),
    Column("name", Text, nullable=False, comment="What the group is called"),
    Column("name_folded", Text, nullable=False, comment="Name, as it is compared and sorted"),
    Column("description", Text, nullable=False, comment="What the group is for; may be empty"),
    Column("version", Integer, nullable=False, comment="Counts changes, from 1"),
    Column("created_at", Instant, nullable=False, comment="When it was created (UTC)"),
    Column("parent", Id, ForeignKey("groups.id"), comment="The group that it is a part of"),
    UniqueConstraint("account", "name_folded"),
    Index("ix_groups_parent", "parent"),
    comment="People who belong together: a department, a shift, a class",
)

group_members = Table(
    "group_members",
    metadata,
    Column("member_of", Id, ForeignKey(groups.c.id, ondelete="CASCADE"), primary_key=True, comment="The group"),
    Column("person", Id, ForeignKey("users.id"), primary_key=True, comment="The user who is in it"),
    Index("ix_group_members_person", "person"),
    comment="Who is in which group",
)

group_managers = Table(
    "group_managers",
    metadata,
    Column("manager_of", Id, ForeignKey(groups.c.id, ondelete="CASCADE"), primary_key=True, comment="The group"),
    Column("person", Id, ForeignKey("users.id"), primary_key=True, comment="The user who manages it"),
    Index("ix_group_managers_person", "person"),
    comment="Who manages which group: they see the meetings and sessions of its people, and of its parts",
)

_GROUP_COLUMNS = [column for column in groups.c if column.name != "name_folded"]


def add_group(db: Connection, group: Group) -> None:
    """Store a new group, without members."""
    db.execute(insert(groups).values(_group_values(group)))


def save_group(db: Connection, group: Group) -> None:
    """Store what became of a group, but for its members."""
    values = _group_values(group)
    db.execute(update(groups).where(groups.c.id == group.id, groups.c.account == group.account).values(values))


def _group_values(group: Group) -> dict[str, Any]:
    return {column.name: getattr(group, column.name) for column in _GROUP_COLUMNS} | {"name_folded": folded(group.name)}


def delete_group(db: Connection, group: Group) -> None:
    """Remove a group; its members' rows go with it."""
    db.execute(delete(groups).where(groups.c.id == group.id, groups.c.account == group.account))


def join_group(db: Connection, group: int, people: Sequence[int]) -> None:
    """Put people into a group."""
    if people:
        db.execute(insert(group_members), [{"member_of": group, "person": person} for person in people])


def leave_group(db: Connection, group: int, people: Sequence[int]) -> None:
    """Take people out of a group."""
    db.execute(delete(group_members).where(group_members.c.member_of == group, group_members.c.person.in_(people)))


def groups_above(db: Connection, account: int, group: int) -> list[int]:
    """Return the group and those that it is a part of, the nearest first; nothing where there is no such group."""
    above = select(groups.c.id, groups.c.parent).where(groups.c.id == group, groups.c.account == account)
    tree = above.cte("above", recursive=True)
    tree = tree.union(select(groups.c.id, groups.c.parent).where(groups.c.id == tree.c.parent))
    return [row.id for row in db.execute(select(tree.c.id))]


def depth_below(db: Connection, group: int) -> int:
    """Return how many groups stand one below the other from this one on, itself included."""
    depth, level = 0, [group]
    while level:
        depth += 1
        level = list(db.execute(select(groups.c.id).where(groups.c.parent.in_(level))).scalars())
    return depth


def people_within(db: Connection, account: int, group: int) -> list[int]:
    """Return who is in the group or in one that is a part of it, however deep."""
    tree = select(groups.c.id).where(groups.c.id == group, groups.c.account == account).cte("within", recursive=True)
    tree = tree.union(select(groups.c.id).where(groups.c.parent == tree.c.id))
    inside = select(group_members.c.person).where(group_members.c.member_of.in_(select(tree.c.id))).distinct()
    return list(db.execute(inside).scalars())


def lift_parts(db: Connection, group: Group) -> list[int]:
    """Make the parts of a group parts of what it is a part of itself, and return them."""
    parts = list(db.execute(select(groups.c.id).where(groups.c.parent == group.id).order_by(groups.c.id)).scalars())
    lifted = {"parent": group.parent, "version": groups.c.version + 1}
    db.execute(update(groups).where(groups.c.parent == group.id).values(lifted))
    return parts


def names_of(db: Connection, account: int) -> list[tuple[int, str, int | None]]:
    """Return every group of the account by name: id, name and parent."""
    listed = select(groups.c.id, groups.c.name, groups.c.parent).where(groups.c.account == account)
    return [(row.id, row.name, row.parent) for row in db.execute(listed.order_by(groups.c.name_folded, groups.c.id))]


def leave_groups(db: Connection, person: int) -> None:
    """Take somebody out of every group."""
    db.execute(delete(group_members).where(group_members.c.person == person))


def group_in(db: Connection, account: int, group: int) -> Group | None:
    """Return a group of the account."""
    rows = db.execute(select(*_GROUP_COLUMNS).where(groups.c.id == group, groups.c.account == account)).all()
    return next(iter(_with_members(db, rows)), None)


def find_groups(db: Connection, account: int, *, behind: tuple[str, int] | None, limit: int) -> list[Group]:
    """Return groups of the account by name, those behind a sort key of name and id."""
    statement = select(*_GROUP_COLUMNS).where(groups.c.account == account)
    if behind is not None:
        statement = statement.where(tuple_(groups.c.name_folded, groups.c.id) > behind)
    return _with_members(db, db.execute(statement.order_by(groups.c.name_folded, groups.c.id).limit(limit)).all())


def _managers_of(db: Connection, listed: Sequence[int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    statement = select(group_managers).where(group_managers.c.manager_of.in_(listed))
    for row in db.execute(statement.order_by(group_managers.c.person)):
        found.setdefault(row.manager_of, []).append(row.person)
    return {group: tuple(people) for group, people in found.items()}


def _with_members(db: Connection, rows: Sequence[Row[Any]]) -> list[Group]:
    members: dict[int, list[int]] = {row.id: [] for row in rows}
    statement = select(group_members).where(group_members.c.member_of.in_(tuple(members)))
    for row in db.execute(statement.order_by(group_members.c.person)):
        members[row.member_of].append(row.person)
    managers = _managers_of(db, tuple(members))
    return [_group_of(row, tuple(members[row.id]), managers.get(row.id, ())) for row in rows]


def _group_of(row: Row[Any], members: tuple[int, ...], managers: tuple[int, ...]) -> Group:
    return Group(
        id=row.id,
        account=row.account,
        name=row.name,
        description=row.description,
        members=members,
        version=row.version,
        created_at=row.created_at,
        parent=row.parent,
        managers=managers,
    )
