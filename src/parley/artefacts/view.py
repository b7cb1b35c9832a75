"""A view: somebody opened or downloaded an artefact."""

from datetime import datetime
from enum import StrEnum

import msgspec


class ViewKind(StrEnum):
    """What somebody did with an artefact."""

    OPENED = "opened"
    DOWNLOADED = "downloaded"


class View(msgspec.Struct, frozen=True, kw_only=True):
    """One time that somebody looked."""

    id: int
    artefact: int
    person: int | None
    name: str
    link: int | None
    """The link by which they came; None for users."""

    kind: ViewKind
    at: datetime
