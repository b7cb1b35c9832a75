"""Roles and their rights: one table, which docs/reference/roles.md shows and a test compares."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from parley.ground.words import N_


class Role(StrEnum):
    """What somebody is in an account, from most rights to fewest."""

    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    ORGANIZER = "organizer"
    AGENT = "agent"
    MEMBER = "member"


SCOPES: Mapping[str, str] = MappingProxyType(
    {
        "me": N_("See and change your own profile, tokens and browser sessions"),
        "meetings:read": N_("See meetings"),
        "meetings:write": N_("Schedule, change, start, end and cancel meetings"),
        "sessions:read": N_("See the record: who was there, from when to when, and what was written"),
        "people:read": N_("See the people and groups of the account"),
        "people:write": N_("Add, change and suspend people; change groups"),
        "metrics:read": N_("Read the measurements of the server"),
    }
)
"""Every right by its name, with what it allows."""

_ORGANIZER = frozenset({"me", "meetings:read", "meetings:write", "sessions:read", "people:read"})

RIGHTS: Mapping[Role, frozenset[str]] = MappingProxyType(
    {
        Role.ADMINISTRATOR: frozenset(SCOPES),
        Role.MANAGER: _ORGANIZER,
        Role.ORGANIZER: _ORGANIZER,
        Role.AGENT: _ORGANIZER,
        Role.MEMBER: frozenset({"me", "meetings:read", "sessions:read"}),
    }
)
"""What each role may do."""

OVERSEERS = frozenset({Role.ADMINISTRATOR})
"""Roles that see every meeting and session of their account; the others see those that they organize or attend.

A manager also sees those that are organized by the people of the groups that they manage.
"""

ROLE_NAMES: Mapping[Role, str] = MappingProxyType(
    {
        Role.ADMINISTRATOR: N_("Administrator"),
        Role.MANAGER: N_("Manager"),
        Role.ORGANIZER: N_("Organizer"),
        Role.AGENT: N_("Agent"),
        Role.MEMBER: N_("Member"),
    }
)
"""What people call each role."""
