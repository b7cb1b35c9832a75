"""An artefact: something that a session left behind beside its record, a recording for instance or a file."""

from datetime import datetime
from enum import StrEnum

import msgspec


class ArtefactKind(StrEnum):
    """What an artefact is."""

    RECORDING = "recording"
    FILE = "file"
    WHITEBOARD = "whiteboard"
    NOTES = "notes"
    POLL_RESULTS = "poll-results"


class ArtefactState(StrEnum):
    """How far an artefact has come. What is not ready cannot be read yet; what is deleted, no more."""

    RECORDING = "recording"
    """It is being recorded."""

    UPLOADING = "uploading"
    """It is complete where it is made; parts of it are on their way."""

    VERIFYING = "verifying"
    """All of it is here and is put together and looked at."""

    READY = "ready"
    FAILED = "failed"
    """It could not be put together, or was refused; `failure` says why."""

    DELETED = "deleted"
    """Its bytes are gone; that it was there, and who deleted it, is still known."""


class Artefact(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an artefact; its bytes are in the storage under `storage_key`."""

    id: int
    account: int
    session: int
    kind: ArtefactKind
    name: str
    format: str
    """Its media type, `video/webm` for instance."""

    state: ArtefactState
    participant: int | None
    """Who made it; None for what nobody in the session made."""

    created_at: datetime
    bytes: int | None = None
    sha256: str | None = None
    storage_key: str | None = None
    failure: str | None = None
    """Why it failed: a message id."""

    keep_until: datetime | None = None
    """When it is deleted by itself; None: never."""

    held: bool = False
    """Whether it must not be deleted, neither by itself nor by anybody."""

    deleted_at: datetime | None = None
    deleted_by: int | None = None

    @property
    def there(self) -> bool:
        """Whether its bytes can be read."""
        return self.state is ArtefactState.READY and self.storage_key is not None

    @property
    def etag(self) -> str:
        """A strong validator: the same bytes have the same one."""
        return f'"{self.sha256}"'
