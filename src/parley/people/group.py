"""A group of people of one account, and what may be changed about it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from parley.ground.faults import FieldError
from parley.people import fields
from parley.people.caller import Caller

LONGEST_DESCRIPTION = 500
MOST_MEMBERS = 5_000


class Described(msgspec.Struct, frozen=True, kw_only=True):
    """Some fields of a group, as somebody writes them."""

    @staticmethod
    def check_readable(readable: Mapping[str, Any], *, by: Caller, now: datetime, errors: list[FieldError]) -> None:  # noqa: ARG004
        """Find out what is wrong with those fields that could be read."""
        if "name" in readable:
            fields.one_line(readable["name"], field="name", errors=errors)
        _description(readable.get("description", ""), errors=errors)


class GroupChange(Described, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be different about a group; what is not named stays."""

    name: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    parent: int | UnsetType | None = UNSET


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """People who belong together: a department, a shift, a class."""

    id: int
    account: int
    name: str
    description: str
    members: tuple[int, ...]
    version: int
    created_at: datetime
    parent: int | None = None
    """The group that it is a part of."""

    managers: tuple[int, ...] = ()
    """Who sees what its people, and those of its parts, organize."""

    def changed(self, change: GroupChange) -> "Group":
        """Return the group after the change, of the next version; the same group when it changes nothing."""
        after = msgspec.structs.replace(
            self,
            name=self.name if change.name is UNSET else change.name,
            description=self.description if change.description is UNSET else change.description,
            parent=self.parent if change.parent is UNSET else change.parent,
        ).checked()
        return self if after == self else msgspec.structs.replace(after, version=self.version + 1)

    def with_members(self, members: frozenset[int]) -> "Group":
        """Return the group with exactly these members, of the next version; the same group when it has them already."""
        if members == frozenset(self.members):
            return self
        return msgspec.structs.replace(self, members=tuple(sorted(members)), version=self.version + 1)

    def checked(self) -> "Group":
        """Return the group with its fields tidied; raises Invalid with every field that is wrong."""
        errors: list[FieldError] = []
        name = fields.one_line(self.name, field="name", errors=errors)
        description = _description(self.description, errors=errors)
        fields.refuse(errors)
        return msgspec.structs.replace(self, name=name, description=description)


def _description(written: str, *, errors: list[FieldError]) -> str:
    """Return the description as it is stored; there need not be one."""
    line = written.strip()
    return fields.one_line(line, field="description", errors=errors, most=LONGEST_DESCRIPTION) if line else ""
