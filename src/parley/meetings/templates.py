"""Templates: saving a meeting as one, finding, renaming, sharing and deleting them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from parley.ground import ids
from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import FieldError, Forbidden, Invalid, NotFound, OverLimit
from parley.ground.ids import new_id
from parley.ground.words import N_
from parley.meetings.facts import TemplateDeleted, TemplateSaved
from parley.meetings.find_invitations import everybody_invited
from parley.meetings.meeting import Meeting
from parley.meetings.rows import templates as rows
from parley.meetings.rows.meetings import meeting_seen_by
from parley.meetings.template import LONGEST_NAME, Content, Guest, Template
from parley.people import Caller, one_line

_MOST = 200
"""How many templates somebody may have."""


class NewTemplate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A meeting to be saved as a template; `shared` with everybody of the account who plans meetings."""

    meeting: str
    name: str
    shared: bool = False

    @staticmethod
    def check_readable(readable: Mapping[str, Any], *, by: Caller, now: datetime, errors: list[FieldError]) -> None:  # noqa: ARG004
        """Find out what is wrong with those fields that could be read."""
        if "name" in readable:
            one_line(readable["name"], field="name", most=LONGEST_NAME, errors=errors)


class TemplateChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be different about a template; what is not named stays."""

    name: str | UnsetType = UNSET
    shared: bool | UnsetType = UNSET

    @staticmethod
    def check_readable(readable: Mapping[str, Any], *, by: Caller, now: datetime, errors: list[FieldError]) -> None:
        """Find out what is wrong with those fields that could be read."""
        NewTemplate.check_readable(readable, by=by, now=now, errors=errors)


def save_as_template(db: Connection, new: NewTemplate, *, by: Caller, now: datetime) -> Template:
    """Save what there is to a meeting, but for its day, its password and its link; who changes it may."""
    by.need("meetings:write")
    if by.person is None:
        raise Forbidden(N_("Only somebody with a user of their own can have templates."))
    name = _named(new.name)
    found = meeting_seen_by(db, by, ids.parse(new.meeting))
    found.need_co_organizer(by)
    if rows.templates_of(db, by.person) >= _MOST:
        raise OverLimit(N_("You have %(most)s templates. Delete one that nobody needs."), most=_MOST)
    template = Template(
        id=new_id(),
        account=by.account,
        person=by.person,
        name=name,
        shared=new.shared,
        content=Content.of(found, guests_of(db, found)),
        created_at=now,
    )
    rows.add_template(db, template)
    _tell_saved(db, template, by=by, now=now)
    return template


def guests_of(db: Connection, meeting: Meeting) -> tuple[Guest, ...]:
    """Return who is invited to a meeting, to be invited to another one; nobody's rights are asked."""
    return tuple(
        Guest(person=one.person, required=one.required)
        if one.person is not None
        else Guest(email=one.email, name=one.name, required=one.required)
        for one in everybody_invited(db, meeting.id)
    )


def find_templates(db: Connection, *, by: Caller) -> tuple[Template, ...]:
    """Return the templates that `by` may use: their own, and those that are shared, by name."""
    by.need("meetings:read")
    return tuple(rows.templates_seen_by(db, by))


def find_template(db: Connection, template: int, *, by: Caller) -> Template:
    """Return a template that `by` may use; NotFound for any other."""
    by.need("meetings:read")
    found = rows.template_seen_by(db, by, template)
    if found is None:
        raise NotFound(N_("There is no template under this id."))
    return found


def change_template(db: Connection, template: int, change: TemplateChange, *, by: Caller, now: datetime) -> Template:
    """Rename or share a template, and return it."""
    before = find_template(db, template, by=by)
    before.need_owner(by)
    name = before.name if change.name is UNSET else _named(change.name)
    after = replace(before, name=name, shared=before.shared if change.shared is UNSET else change.shared)
    if after != before:
        rows.save_template(db, after)
        _tell_saved(db, after, by=by, now=now)
    return after


def delete_template(db: Connection, template: int, *, by: Caller, now: datetime) -> None:
    """Delete a template; meetings that were made from it stay as they are."""
    found = find_template(db, template, by=by)
    found.need_owner(by)
    rows.remove_template(db, template)
    tell(db, TemplateDeleted(account=found.account, subject=found.id, actor=by.person, at=now, name=found.name))


def _named(written: str) -> str:
    errors: list[FieldError] = []
    name = one_line(written, field="name", most=LONGEST_NAME, errors=errors)
    if errors:
        raise Invalid(*errors)
    return name


def _tell_saved(db: Connection, template: Template, *, by: Caller, now: datetime) -> None:
    fact = TemplateSaved(
        account=template.account,
        subject=template.id,
        actor=by.person,
        at=now,
        name=template.name,
        shared=template.shared,
    )
    tell(db, fact)
