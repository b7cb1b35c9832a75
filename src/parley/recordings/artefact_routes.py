"""The API of what a recording has beside its artefact: chapters, who agreed, and another try."""

from datetime import datetime

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.status_codes import HTTP_200_OK

from parley import artefacts, recordings
from parley.artefacts import ArtefactState
from parley.ground import ids
from parley.ground.db import Connection, Store
from parley.ground.paging import Page
from parley.people import Caller, needs
from parley.recordings.mark import Mark, MarkKind
from parley.recordings.rows.consents import Consent

_TAGS = ["artefacts"]


class ChapterView(msgspec.Struct, frozen=True, kw_only=True):
    """A place in a recording: somebody came, went, shared a screen or began to speak."""

    milliseconds: int
    kind: MarkKind
    participant: str

    @classmethod
    def of(cls, mark: Mark) -> "ChapterView":
        """Show a mark."""
        return cls(milliseconds=mark.milliseconds, kind=mark.kind, participant=ids.text(mark.participant))


class ConsentView(msgspec.Struct, frozen=True, kw_only=True):
    """When somebody was told of a recording, and when they agreed to it; null for those who did not."""

    participant: str
    told_at: datetime
    agreed_at: datetime | None

    @classmethod
    def of(cls, consent: Consent) -> "ConsentView":
        """Show a consent."""
        return cls(participant=ids.text(consent.participant), told_at=consent.told_at, agreed_at=consent.agreed_at)


class RetriedView(msgspec.Struct, frozen=True, kw_only=True):
    """How far a recording has come that is tried again."""

    state: ArtefactState


@get("/api/v1/artefacts/{artefact:str}/chapters", opt=needs("sessions:read"), tags=_TAGS)
async def list_chapters(
    store: NamedDependency[Store], caller: NamedDependency[Caller], artefact: FromPath[str]
) -> Page[ChapterView]:
    """List the places in a recording where somebody came, went, shared a screen or began to speak, in order."""
    marks = await store.read(_chapters, ids.parse(artefact), by=caller)
    return Page(items=tuple(map(ChapterView.of, marks)), next=None)


@get("/api/v1/artefacts/{artefact:str}/consents", opt=needs("meetings:write"), tags=_TAGS)
async def list_consents(
    store: NamedDependency[Store], caller: NamedDependency[Caller], artefact: FromPath[str]
) -> Page[ConsentView]:
    """List who was told of a recording, and who agreed; for hosts of the session, and who oversees the account."""
    found = await store.read(recordings.consents_of, ids.parse(artefact), by=caller)
    return Page(items=tuple(map(ConsentView.of, found)), next=None)


@post("/api/v1/artefacts/{artefact:str}/retry", opt=needs("meetings:write"), tags=_TAGS, status_code=HTTP_200_OK)
async def retry_artefact(
    store: NamedDependency[Store], caller: NamedDependency[Caller], artefact: FromPath[str]
) -> RetriedView:
    """Put a recording together again that failed."""
    retried = await store.write(recordings.retry_recording, ids.parse(artefact), by=caller)
    return RetriedView(state=retried.state)


def _chapters(db: Connection, artefact: int, *, by: Caller) -> tuple[Mark, ...]:
    artefacts.artefact_seen_by(db, artefact, by=by)
    return recordings.marks_of(db, artefact)


routes = [list_chapters, list_consents, retry_artefact]
