"""Whom to invite: users, addresses and groups as somebody wrote them, each found out to be a person or wrong."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from parley.ground import ids
from parley.ground.db import Connection
from parley.ground.faults import FieldError, Invalid, NotFound
from parley.ground.words import N_
from parley.people import (
    Caller,
    User,
    email_address,
    find_group,
    folded,
    one_line,
    people_of_group,
    users_named,
    users_with_emails,
)

MOST_INVITED = 5000
"""How many people may be invited to a meeting."""

_NOBODY = N_("There is nobody under this id.")
_SUSPENDED = N_("%(name)s is suspended.")


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody to be invited: a user by id, anybody by e-mail address, or everybody in a group and in its parts."""

    person: str | None = None
    email: str | None = None
    name: str | None = None
    """What somebody is called who is known by address only; without it, what stands before the @."""

    group: str | None = None
    required: bool = False


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """One person to be invited."""

    person: int | None
    email: str
    name: str
    required: bool
    group_name: str | None = None

    @property
    def key(self) -> int | str:
        """What two of the same person have in common: the user's id, or the folded address."""
        return folded(self.email) if self.person is None else self.person

    @classmethod
    def user(cls, user: User, wanted: Wanted, *, group_name: str | None = None) -> "Chosen":
        """Return a user to be invited."""
        return cls(person=user.id, email=user.email, name=user.name, required=wanted.required, group_name=group_name)


def whom_to_invite(db: Connection, wanted: Sequence[Wanted], *, by: Caller) -> tuple[Chosen, ...]:
    """Return everybody who is meant, each once, in the order in which they were named.

    An address of a user of the account means the user. Who is named twice is required when one of the two says so.
    Raises Invalid with every line that is wrong.
    """
    errors: list[FieldError] = []
    found: dict[int | str, Chosen] = {}
    for each in _each(db, wanted, by=by, errors=errors):
        before = found.get(each.key)
        if before is None:
            found[each.key] = each
        elif each.required and not before.required:
            found[each.key] = msgspec.structs.replace(before, required=True)
    if errors:
        raise Invalid(*errors)
    return tuple(found.values())


def _each(db: Connection, wanted: Sequence[Wanted], *, by: Caller, errors: list[FieldError]) -> Iterator[Chosen]:
    people = users_named(db, _ids(each.person for each in wanted), account=by.account)
    emails = [each.email.strip() for each in wanted if each.email is not None]
    by_email = users_with_emails(db, emails, account=by.account)
    for place, one in enumerate(wanted):
        field = f"invitees.{place}"
        if [one.person, one.email, one.group].count(None) != 2:  # noqa: PLR2004 (of the three, all but one)
            errors.append(FieldError(field, N_("Name one of person, email and group.")))
        elif one.person is not None:
            yield from _user(people.get(_id(one.person)), one, field=f"{field}.person", errors=errors)
        elif one.email is not None:
            yield from _addressee(one, by_email, field=field, errors=errors)
        else:
            yield from _members(db, one, by=by, field=f"{field}.group", errors=errors)


def _user(user: User | None, wanted: Wanted, *, field: str, errors: list[FieldError]) -> Iterator[Chosen]:
    if user is None:
        errors.append(FieldError(field, _NOBODY))
    elif not user.active:
        errors.append(FieldError(field, _SUSPENDED, name=user.name))
    else:
        yield Chosen.user(user, wanted)


def _addressee(wanted: Wanted, users: Mapping[str, User], *, field: str, errors: list[FieldError]) -> Iterator[Chosen]:
    before = len(errors)
    address = email_address(wanted.email or "", field=f"{field}.email", errors=errors)
    name = address.partition("@")[0] if wanted.name is None else wanted.name
    name = one_line(name, field=f"{field}.name", errors=errors)
    if len(errors) > before:
        return
    user = users.get(folded(address))
    if user is not None:
        yield from _user(user, wanted, field=f"{field}.email", errors=errors)
    else:
        yield Chosen(person=None, email=address, name=name, required=wanted.required)


def _members(db: Connection, wanted: Wanted, *, by: Caller, field: str, errors: list[FieldError]) -> Iterator[Chosen]:
    try:
        group = find_group(db, ids.parse(wanted.group or ""), by=by)
    except NotFound:
        errors.append(FieldError(field, N_("There is no such group.")))
        return
    for user in people_of_group(db, group.id, account=by.account):
        yield Chosen.user(user, wanted, group_name=group.name)


def _ids(written: Iterable[str | None]) -> list[int]:
    return [number for each in written if each is not None and (number := _id(each))]


def _id(written: str) -> int:
    """Return the id that was written; 0, under which nobody is, for what is none."""
    try:
        return ids.parse(written)
    except NotFound:
        return 0
