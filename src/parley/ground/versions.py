"""Versions in HTTP: an answer carries its version as ETag, a change names in If-Match the version it was made from."""

import re
from typing import Annotated

from litestar.params import HeaderParameter

from parley.ground.faults import FieldError, Invalid, VersionRequired
from parley.ground.words import N_

IfMatch = Annotated[
    str | None,
    HeaderParameter(name="If-Match", description='The version that the change is made from, for example "3"'),
]
"""The header as a parameter of a route: `if_match: IfMatch = None`."""

_VERSION = re.compile(r'(?:W/)?"?([1-9][0-9]{0,8})"?')


def etag(version: int) -> dict[str, str]:
    """Return the header with which an answer says its version."""
    return {"ETag": f'"{version}"'}


def version_named(if_match: str | None) -> int:
    """Return the version that a change was made from; raises VersionRequired when the request does not say."""
    if if_match is None or if_match.strip() == "*":
        raise VersionRequired(N_("Say in If-Match which version the change is made from; GET answers it as ETag."))
    named = _VERSION.fullmatch(if_match.strip())
    if named is None:
        raise Invalid(FieldError("If-Match", N_('This is not a version; write one like "3".')))
    return int(named[1])
