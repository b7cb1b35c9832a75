"""Artefacts as the API shows them. Ids are strings."""

from datetime import datetime
from typing import Annotated

import msgspec

from parley.artefacts.artefact import Artefact, ArtefactKind, ArtefactState
from parley.artefacts.link import SharedLink
from parley.artefacts.view import View, ViewKind
from parley.ground import ids


class ArtefactView(msgspec.Struct, frozen=True, kw_only=True):
    """An artefact as the API shows one. `bytes` and `sha256` are null until it is ready; `failure` is in English."""

    id: str
    session: str
    kind: ArtefactKind
    name: str
    format: str
    state: ArtefactState
    participant: str | None
    created_at: datetime
    bytes: int | None
    sha256: str | None
    failure: str | None
    keep_until: datetime | None
    held: bool

    @classmethod
    def of(cls, artefact: Artefact) -> "ArtefactView":
        """Show an artefact."""
        return cls(
            id=ids.text(artefact.id),
            session=ids.text(artefact.session),
            kind=artefact.kind,
            name=artefact.name,
            format=artefact.format,
            state=artefact.state,
            participant=None if artefact.participant is None else ids.text(artefact.participant),
            created_at=artefact.created_at,
            bytes=artefact.bytes,
            sha256=artefact.sha256,
            failure=artefact.failure,
            keep_until=artefact.keep_until,
            held=artefact.held,
        )


class ArtefactChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may be changed of an artefact."""

    held: bool


class NewLink(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A link that is to be made: for whom, until when, and whether they may download."""

    expires_at: Annotated[datetime, msgspec.Meta(tz=True)]
    label: str = ""
    downloads: bool = False


class LinkView(msgspec.Struct, frozen=True, kw_only=True):
    """A link as the API shows one; `opened` counts how often it was used."""

    id: str
    label: str
    downloads: bool
    created_by: str | None
    created_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None
    opened: int

    @classmethod
    def of(cls, link: SharedLink) -> "LinkView":
        """Show a link."""
        return cls(
            id=ids.text(link.id),
            label=link.label,
            downloads=link.downloads,
            created_by=None if link.created_by is None else ids.text(link.created_by),
            created_at=link.created_at,
            expires_at=link.expires_at,
            withdrawn_at=link.withdrawn_at,
            opened=link.opened,
        )


class FreshLink(msgspec.Struct, frozen=True, kw_only=True):
    """A link that was made; `url` is shown this once."""

    link: LinkView
    url: str


class ViewView(msgspec.Struct, frozen=True, kw_only=True):
    """A time that somebody opened or downloaded an artefact; `link` is the one by which they came."""

    id: str
    person: str | None
    name: str
    link: str | None
    kind: ViewKind
    at: datetime

    @classmethod
    def of(cls, view: View) -> "ViewView":
        """Show a view."""
        return cls(
            id=ids.text(view.id),
            person=None if view.person is None else ids.text(view.person),
            name=view.name,
            link=None if view.link is None else ids.text(view.link),
            kind=view.kind,
            at=view.at,
        )
