"""Adding an artefact to a session, and writing down what becomes of it."""

from datetime import datetime

from msgspec.structs import replace

from parley.artefacts.artefact import Artefact, ArtefactKind, ArtefactState
from parley.artefacts.facts import ArtefactAdded, ArtefactFailed, ArtefactReady
from parley.artefacts.rows import artefacts as rows
from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.ids import new_id
from parley.sessions import session_of_room


def add_artefact(
    db: Connection,
    session: int,
    *,
    kind: ArtefactKind,
    name: str,
    format_: str,
    state: ArtefactState,
    participant: int | None,
    person: int | None,
    now: datetime,
) -> Artefact:
    """Write down that a session has something more; its bytes come with `keep_ready`."""
    added = Artefact(
        id=new_id(),
        account=session_of_room(db, session).account,
        session=session,
        kind=kind,
        name=name,
        format=format_,
        state=state,
        participant=participant,
        created_at=now,
    )
    rows.insert_artefact(db, added)
    fact = ArtefactAdded(
        account=added.account, subject=added.id, actor=person, at=now, session=session, kind=kind, name=name
    )
    tell(db, fact)
    return added


def change_state(db: Connection, artefact: Artefact, state: ArtefactState) -> Artefact:
    """Write down that an artefact has come further."""
    further = replace(artefact, state=state, failure=None)
    rows.update_artefact(db, further)
    return further


def keep_ready(
    db: Connection,
    artefact: Artefact,
    *,
    storage_key: str,
    size: int,
    sha256: str,
    keep_until: datetime | None,
    now: datetime,
) -> Artefact:
    """Write down that all of an artefact stands in the storage, and was verified."""
    ready = replace(
        artefact,
        state=ArtefactState.READY,
        storage_key=storage_key,
        bytes=size,
        sha256=sha256,
        keep_until=keep_until,
        failure=None,
    )
    rows.update_artefact(db, ready)
    fact = ArtefactReady(
        account=ready.account,
        subject=ready.id,
        actor=None,
        at=now,
        session=ready.session,
        kind=ready.kind,
        bytes=size,
        sha256=sha256,
    )
    tell(db, fact)
    return ready


def fail(db: Connection, artefact: Artefact, *, why: str, now: datetime) -> Artefact:
    """Write down that an artefact could not be put together, or was refused, and why: a message id."""
    failed = replace(artefact, state=ArtefactState.FAILED, failure=why)
    rows.update_artefact(db, failed)
    fact = ArtefactFailed(
        account=failed.account,
        subject=failed.id,
        actor=None,
        at=now,
        session=failed.session,
        kind=failed.kind,
        why=why,
    )
    tell(db, fact)
    return failed
