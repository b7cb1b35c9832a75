"""Inviting in a form: people by name, a group, and e-mail addresses as they are pasted."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from email.utils import getaddresses

import msgspec

from parley import meetings
from parley.ground.db import Connection
from parley.ground.faults import FieldError, Invalid
from parley.ground.words import N_
from parley.meetings import Meeting, MeetingChange, NewMeeting, Wanted
from parley.people import Caller, possible_parents
from parley.web.shell import Form
from parley.web.shell.choosing import Choice, May, choice, looked_for, with_named

FIND = "find_invited"
"""The field into which the names of those are typed who are to be invited."""

_FIELD = {"person": "invited", "group": "invited_group", "email": "invited_addresses"}
_NO_ADDRESS = N_("“%(written)s” is not an e-mail address.")


class InviteChoice(msgspec.Struct, frozen=True, kw_only=True):
    """What the fields offer: who is chosen and found, and the groups of the account by name."""

    people: Choice
    groups: tuple[tuple[str, str], ...]


def invite_choice(db: Connection, form: Form, *, by: Caller) -> InviteChoice:
    """Return what the fields offer."""
    found = choice(
        db, by=by, chosen=form.every("invited"), find=looked_for(form, "invited", find=FIND), may=others_than(by)
    )
    groups = tuple((str(number), name) for number, name in possible_parents(db, None, by=by))
    return InviteChoice(people=found, groups=groups)


def with_invited(db: Connection, form: Form, *, by: Caller) -> Form:
    """Return the form with whoever was typed and not chosen, if that can only be one person; else that is wrong."""
    return with_named(db, form, "invited", find=FIND, by=by, may=others_than(by))


def others_than(by: Caller) -> May:
    """Return what tells that somebody may be invited: everybody but oneself."""
    return lambda user: user.id != by.person


def wanted_in(form: Form) -> tuple[Wanted, ...]:
    """Return who is to be invited by the form."""
    return tuple(_wanted(form))


def _wanted(form: Form) -> Iterator[Wanted]:
    required = form.has("invited_required")
    for person in form.every("invited"):
        yield Wanted(person=person, required=required)
    if form.has("invited_group"):
        yield Wanted(group=form.text("invited_group"), required=required)
    for name, address in _addresses(form):
        yield Wanted(email=address, name=name or None, required=required)


def _addresses(form: Form) -> Iterator[tuple[str, str]]:
    """Yield name and address of everybody in the lines that were typed, as mail programs write them."""
    for line in filter(str.strip, form.raw("invited_addresses").replace(";", "\n").splitlines()):
        found = getaddresses([line])
        yield from found if all("@" in address for _, address in found) else [("", line.strip())]


def schedule_and_invite(
    db: Connection,
    planned: NewMeeting,
    wanted: Sequence[Wanted],
    *,
    password_hash: str | None,
    by: Caller,
    now: datetime,
) -> Meeting:
    """Make a meeting and invite to it, both or neither; raises Invalid with all that is wrong with either."""
    wrong: list[FieldError] = []
    made = None
    try:
        made = meetings.schedule(db, planned, password_hash=password_hash, by=by, now=now)
    except Invalid as fault:
        wrong += fault.errors
    try:
        if made is None:
            meetings.whom_to_invite(db, wanted, by=by)
        elif wanted:
            meetings.invite(db, made.id, wanted, by=by, now=now)
    except Invalid as fault:
        wrong += fault.errors
    if made is None or wrong:
        raise Invalid(*wrong)
    return made


def change_and_invite(
    db: Connection,
    meeting: int,
    change: MeetingChange,
    wanted: Sequence[Wanted],
    *,
    version: int,
    password_hash: str | None,
    by: Caller,
    now: datetime,
) -> None:
    """Change a meeting and invite more people to it, both or neither."""
    meetings.change(db, meeting, change, version=version, password_hash=password_hash, by=by, now=now)
    if wanted:
        meetings.invite(db, meeting, wanted, by=by, now=now)


def rephrased(form: Form, fault: Invalid) -> Invalid:
    """Return what is wrong with those to be invited under the names of the form's fields, and in its words."""
    wanted = wanted_in(form)
    return Invalid(*(_rephrased(error, wanted) for error in fault.errors))


def _rephrased(error: FieldError, wanted: tuple[Wanted, ...]) -> FieldError:
    kind, _, place = error.field.partition(".")
    if kind != "invitees" or not place.partition(".")[0].isdigit():
        return error
    one = wanted[int(place.partition(".")[0])]
    if one.email is not None and place.endswith(".email") and not error.parameters:
        return FieldError(_FIELD["email"], _NO_ADDRESS, written=one.email[:80])
    key = "person" if one.person is not None else "group" if one.group is not None else "email"
    return FieldError(_FIELD[key], error.message, **error.parameters)
