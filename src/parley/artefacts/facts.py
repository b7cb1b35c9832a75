"""What becomes true about artefacts."""

from datetime import datetime

from parley.artefacts.artefact import ArtefactKind
from parley.artefacts.view import ViewKind
from parley.ground.facts import Fact


class ArtefactAdded(Fact, frozen=True, tag="artefact.added"):
    """A session has something beside its record: a recording that begins, a file. Its bytes may still be coming."""

    session: int
    kind: ArtefactKind
    name: str


class ArtefactReady(Fact, frozen=True, tag="artefact.ready"):
    """An artefact is whole, verified and can be read. It becomes so again when a part of it came late."""

    session: int
    kind: ArtefactKind
    bytes: int
    sha256: str


class ArtefactFailed(Fact, frozen=True, tag="artefact.failed"):
    """An artefact could not be put together, or was refused. `why` is in English."""

    session: int
    kind: ArtefactKind
    why: str


class FileShared(Fact, frozen=True, tag="file.shared"):
    """Somebody shared a file with everybody in a session. The subject is the artefact."""

    session: int
    participant: int
    name: str
    bytes: int


class ArtefactDeleted(Fact, frozen=True, tag="artefact.deleted"):
    """An artefact was deleted: by a user, or because its time was up."""

    session: int
    kind: ArtefactKind


class ArtefactHeld(Fact, frozen=True, tag="artefact.held"):
    """An artefact must not be deleted, or may be again."""

    session: int
    held: bool


class ArtefactShared(Fact, frozen=True, tag="artefact.shared"):
    """A link was made that opens an artefact without an account, until it expires."""

    session: int
    link: int
    expires_at: datetime


class ArtefactLinkWithdrawn(Fact, frozen=True, tag="artefact.link_withdrawn"):
    """A link that opened an artefact does so no more."""

    session: int
    link: int


class ArtefactViewed(Fact, frozen=True, tag="artefact.viewed"):
    """Somebody opened or downloaded an artefact; `link` is the one by which they came, null for users."""

    session: int
    link: int | None
    kind: ViewKind
