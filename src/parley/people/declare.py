"""What a route declares about who may come in: a right, or that it is public."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from parley.people.roles import SCOPES

DECLARED = "access"
"""The key in a route's `opt` under which its declaration stands."""

OPEN = "public"

PUBLIC: Mapping[str, Any] = MappingProxyType({DECLARED: OPEN})
"""Everybody may call this route: `@get("/signin", opt=PUBLIC)`."""


def needs(scope: str) -> dict[str, Any]:
    """Let only those call the route who hold this right: `@get("/users", opt=needs("people:read"))`."""
    if scope not in SCOPES:
        raise ValueError(f"There is no scope {scope!r}; scopes stand in parley.people.roles.")
    return {DECLARED: scope}
