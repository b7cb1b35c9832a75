"""Find groups: one, and some."""

from collections.abc import Iterable

from sqlalchemy import Connection

from parley.ground.faults import NotFound, Stale
from parley.ground.paging import USUAL, IdKey, Page, key_behind, page_of, page_size
from parley.ground.words import N_
from parley.people import fields
from parley.people.caller import Caller
from parley.people.group import Group
from parley.people.rows import groups


def find_group(db: Connection, group: int, *, by: Caller) -> Group:
    """Return a group of the caller's account."""
    by.need("people:read")
    return _found(db, group, account=by.account)


def find_groups(db: Connection, *, by: Caller, limit: int = USUAL, cursor: str | None = None) -> Page[Group]:
    """Return groups of the caller's account by name."""
    by.need("people:read")
    behind = None if cursor is None else key_behind(cursor, tuple[str, IdKey])
    limit = page_size(limit)
    found = groups.find_groups(db, by.account, behind=behind, limit=limit + 1)
    return page_of(found, limit=limit, key=lambda group: (fields.folded(group.name), group.id))


def possible_parents(db: Connection, group: int | None, *, by: Caller) -> list[tuple[int, str]]:
    """Return the groups of the caller's account that a group may be a part of, by name; None is one to be made."""
    by.need("people:read")
    named = groups.names_of(db, by.account)
    inside = {group}
    while grown := {each for each, _, parent in named if parent in inside and parent is not None} - inside:
        inside |= grown
    return [(each, name) for each, name, _ in named if each not in inside]


def group_to_change(db: Connection, group: int, *, version: int, by: Caller) -> Group:
    """Return the group if the caller may change it and it still is of this version; raises Stale otherwise."""
    by.need("people:write")
    found = _found(db, group, account=by.account)
    if found.version != version:
        raise Stale(N_("Somebody changed this group in the meantime."), current=found)
    return found


def _found(db: Connection, group: int, *, account: int) -> Group:
    found = groups.group_in(db, account, group)
    if found is None:
        raise NotFound(N_("There is no such group."))
    return found


def groups_named(db: Connection, ids: Iterable[int], *, account: int) -> dict[int, str]:
    """Return the groups of the account among these ids, each with its name."""
    wanted = {*ids}
    return {group: name for group, name, _ in groups.names_of(db, account) if group in wanted} if wanted else {}
