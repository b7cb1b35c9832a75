"""Choosing people in a form: those who are chosen stay, and typing a part of a name finds more."""

from collections.abc import Callable, Iterable
from contextlib import suppress

import msgspec

from parley.ground import ids
from parley.ground.db import Connection
from parley.ground.faults import NotFound
from parley.people import Caller, Status, User, find_users, users_named

_MOST_FOUND = 8


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """Who is chosen, and who else was found; `found` is None when nobody was looked for."""

    picked: tuple[User, ...]
    found: tuple[User, ...] | None


def choice(
    db: Connection, *, by: Caller, chosen: Iterable[str], find: str, may: Callable[[User], bool] = lambda _: True
) -> Choice:
    """Return those who are chosen, and who else has `find` in their name or address and may be chosen."""
    picked = users_named(db, ids_among(chosen), account=by.account)
    if not find:
        return Choice(picked=tuple(picked.values()), found=None)
    page = find_users(db, by=by, query=find, status=Status.ACTIVE, limit=_MOST_FOUND + len(picked) + 1)
    others = tuple(user for user in page.items if user.id not in picked and may(user))
    return Choice(picked=tuple(picked.values()), found=others[:_MOST_FOUND])


def ids_among(written: Iterable[str]) -> list[int]:
    """Return the ids among what a form sent; what is none was not chosen on our page."""
    found = []
    for one in written:
        with suppress(NotFound):
            found.append(ids.parse(one))
    return found
