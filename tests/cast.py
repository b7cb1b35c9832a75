"""The people of the tests: one of each role in an account, and a stranger in another."""

from datetime import datetime

import msgspec

from parley.ground.db import Connection, Store
from parley.people import Caller, Group, NewUser, Role, add_user, create_account, create_group, set_managers


class Cast(msgspec.Struct, frozen=True, kw_only=True):
    """Who plays; each of them asks with every right of their role."""

    ada: Caller
    """Administrator."""

    max: Caller
    """Manager."""

    olga: Caller
    """Organizer."""

    otto: Caller
    """Another organizer."""

    mia: Caller
    """Member."""

    zoe: Caller
    """Administrator of another account."""


async def cast_of(store: Store, *, now: datetime) -> Cast:
    """Put the cast into a database with nobody in it."""
    return await store.write(_enter, now=now)


def _enter(db: Connection, *, now: datetime) -> Cast:
    def someone(name: str, role: Role) -> Caller:
        new = NewUser(email=f"{name.lower()}@example.com", name=name, role=role, time_zone="Europe/Berlin")
        return add_user(db, new, by=ada, now=now).as_caller()

    _, first = create_account(db, "Northwind", administrator=NewUser(email="ada@example.com", name="Ada"), now=now)
    _, other = create_account(db, "Contoso", administrator=NewUser(email="zoe@example.net", name="Zoe"), now=now)
    ada = first.as_caller()
    return Cast(
        ada=ada,
        max=someone("Max", Role.MANAGER),
        olga=someone("Olga", Role.ORGANIZER),
        otto=someone("Otto", Role.ORGANIZER),
        mia=someone("Mia", Role.MEMBER),
        zoe=other.as_caller(),
    )


def let_max_manage(db: Connection, cast: Cast, *people: Caller, now: datetime) -> Group:
    """Put these people into a group that Max manages."""
    group = create_group(db, "Team", members=[one.person or 0 for one in people], by=cast.ada, now=now)
    return set_managers(db, group.id, [cast.max.person or 0], version=group.version, by=cast.ada, now=now)
