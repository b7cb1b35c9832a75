"""Who manages which group, whom that lets them see, and who is in a group or its parts."""

from collections.abc import Sequence

from sqlalchemy import CTE, ColumnElement, Connection, Select, delete, insert, select

from parley.people.rows.groups import group_managers, group_members, groups


def save_managers(db: Connection, group: int, managers: Sequence[int]) -> None:
    """Make exactly these people manage the group."""
    db.execute(delete(group_managers).where(group_managers.c.manager_of == group))
    if managers:
        db.execute(insert(group_managers), [{"manager_of": group, "person": person} for person in managers])


def manage_no_group(db: Connection, person: int) -> None:
    """Take every group from who manages it."""
    db.execute(delete(group_managers).where(group_managers.c.person == person))


def _with_parts(roots: Select[tuple[int]], *, name: str) -> CTE:
    """Return these groups, and those that are parts of them, however deep."""
    tree = roots.cte(name, recursive=True)
    return tree.union(select(groups.c.id).where(groups.c.parent == tree.c.id))


def _managed(person: ColumnElement[int] | int) -> CTE:
    roots = select(group_managers.c.manager_of.label("id")).where(group_managers.c.person == person)
    return _with_parts(roots, name="managed")


def people_managed_by(person: ColumnElement[int]) -> Select[tuple[int]]:
    """Return the ids of the people in the groups that somebody manages, and in their parts, to be selected from."""
    tree = _managed(person)
    return select(group_members.c.person).where(group_members.c.member_of.in_(select(tree.c.id)))


def people_in_groups(account: ColumnElement[int], asked: ColumnElement[int]) -> Select[tuple[int]]:
    """Return the ids of the people in these groups (a bound list) of the account, and in their parts."""
    roots = select(groups.c.id).where(groups.c.id.in_(asked), groups.c.account == account)
    tree = _with_parts(roots, name="asked")
    return select(group_members.c.person).where(group_members.c.member_of.in_(select(tree.c.id)))


def groups_managed(db: Connection, person: int) -> list[tuple[int, str]]:
    """Return the groups that somebody manages and the parts of these, by name."""
    tree = _managed(person)
    listed = select(groups.c.id, groups.c.name).where(groups.c.id.in_(select(tree.c.id)))
    return [(row.id, row.name) for row in db.execute(listed.order_by(groups.c.name_folded, groups.c.id))]


def managed_among(db: Connection, person: int, people: Sequence[int]) -> set[int]:
    """Return those of these people whom somebody manages."""
    tree = _managed(person)
    listed = select(group_members.c.person).where(
        group_members.c.member_of.in_(select(tree.c.id)), group_members.c.person.in_(people)
    )
    return set(db.execute(listed).scalars())
