"""Say who manages a group."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import Connection

from parley.ground.facts import tell
from parley.ground.faults import FieldError, Invalid
from parley.ground.words import N_
from parley.people.caller import Caller
from parley.people.facts import GroupManagersChanged
from parley.people.find_groups import group_to_change
from parley.people.find_users import users_named
from parley.people.group import Group
from parley.people.roles import Role
from parley.people.rows import groups, managers


def set_managers(
    db: Connection, group: int, people: Sequence[int], *, version: int, by: Caller, now: datetime
) -> Group:
    """Make exactly these people manage the group, if it still is of this version.

    Only somebody whose role is manager can; who is one no longer keeps their groups, and sees nothing by them.
    """
    before = group_to_change(db, group, version=version, by=by)
    asked = frozenset(people)
    _need_managers(db, asked - {*before.managers}, account=by.account)
    if asked == frozenset(before.managers):
        return before
    after = replace(before, managers=tuple(sorted(asked)), version=before.version + 1)
    groups.save_group(db, after)
    managers.save_managers(db, group, after.managers)
    tell(
        db,
        GroupManagersChanged(
            account=after.account, subject=group, actor=by.person, at=now, name=after.name, managers=after.managers
        ),
    )
    return after


def _need_managers(db: Connection, people: frozenset[int], *, account: int) -> None:
    known = users_named(db, people, account=account)
    unknown = ", ".join(str(one) for one in sorted(people - known.keys())[:10])
    if unknown:
        raise Invalid(FieldError("managers", N_("There is nobody under these ids: %(ids)s."), ids=unknown))
    others = ", ".join(sorted(user.name for user in known.values() if user.role is not Role.MANAGER))
    if others:
        refusal = N_("Only managers can manage a group; another role have: %(names)s.")
        raise Invalid(FieldError("managers", refusal, names=others))
