"""Choosing people in a form: those who are chosen stay, and typing a part of a name finds more."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace

import msgspec

from parley.ground import ids
from parley.ground.db import Connection
from parley.ground.faults import FieldError, NotFound
from parley.ground.words import N_
from parley.people import Caller, Status, User, find_users, folded, users_named
from parley.web.shell.forms import Form, sought

_MOST_FOUND = 8

May = Callable[[User], bool]


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """Who is chosen, and who else was found for `find`; `found` is None when nobody was looked for."""

    picked: tuple[User, ...]
    find: str
    found: tuple[User, ...] | None


def anybody(user: User) -> bool:  # noqa: ARG001 (whoever it is)
    """Tell that everybody may be chosen."""
    return True


def choice(db: Connection, *, by: Caller, chosen: Iterable[str], find: str, may: May = anybody) -> Choice:
    """Return those who are chosen, and who else has `find` in their name or address and may be chosen."""
    picked = users_named(db, ids_among(chosen), account=by.account)
    if not find:
        return Choice(picked=tuple(picked.values()), find="", found=None)
    page = find_users(db, by=by, query=find, status=Status.ACTIVE, limit=_MOST_FOUND + len(picked) + 1)
    others = tuple(user for user in page.items if user.id not in picked and may(user))
    return Choice(picked=tuple(picked.values()), find=find, found=others[:_MOST_FOUND])


def with_named(db: Connection, form: Form, field: str, *, find: str = "find", by: Caller, may: May = anybody) -> Form:
    """Return the form with whoever was typed and not chosen, if that can only be one person; else that is wrong.

    `find` is the field into which a name is typed.
    """
    typed = sought(form.raw(find))
    if not typed:
        return form
    offered = choice(db, by=by, chosen=form.every(field), find=typed, may=may)
    if any(_is_meant(user, typed) for user in offered.picked):
        return form.with_values(**{find: ""})
    found = offered.found or ()
    exactly = [user for user in found if folded(typed) in {folded(user.name), folded(user.email)}] or found
    if len(exactly) == 1:
        return form.with_values(**{field: (*form.every(field), exactly[0].id), find: ""})
    several = N_("Several people have “%(typed)s” in their name: choose one of them.")
    nobody = N_("Nobody here is called “%(typed)s”: choose somebody else, or leave the field empty.")
    return replace(form, errors=(*form.errors, FieldError(field, several if found else nobody, typed=typed)))


def _is_meant(user: User, typed: str) -> bool:
    return folded(typed) in folded(user.name) or folded(typed) in folded(user.email)


def looked_for(form: Form, field: str, *, find: str = "find") -> str:
    """Return for whom suggestions are shown: whom somebody asked for, or left in the field without choosing."""
    return sought(form.raw(find)) if form.has("finding") or form.errors_at(field) else ""


def ids_among(written: Iterable[str]) -> list[int]:
    """Return the ids among what a form sent; what is none was not chosen on our page."""
    found = []
    for one in written:
        with suppress(NotFound):
            found.append(ids.parse(one))
    return found
