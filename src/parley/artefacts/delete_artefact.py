"""Deleting artefacts: by somebody who keeps them, or because their time is up; and holding them against both."""

from datetime import datetime

from msgspec.structs import replace

from parley.artefacts.artefact import Artefact, ArtefactState
from parley.artefacts.facts import ArtefactDeleted, ArtefactHeld
from parley.artefacts.find_artefacts import artefact_kept_by
from parley.artefacts.rows import artefacts as rows
from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import Conflict
from parley.ground.words import N_
from parley.people import Caller


def delete_artefact(db: Connection, artefact: int, *, by: Caller, now: datetime) -> None:
    """Delete an artefact; its bytes go a moment later. Raises Conflict when it is held, or still being recorded."""
    found = artefact_kept_by(db, artefact, by=by)
    if found.held:
        raise Conflict(N_("This is held: release it first, then it can be deleted."))
    if found.state is ArtefactState.RECORDING:
        raise Conflict(N_("This is still being recorded."))
    _delete(db, found, by=by.person, now=now)


def hold_artefact(db: Connection, artefact: int, *, held: bool, by: Caller, now: datetime) -> Artefact:
    """Hold an artefact, so that nobody and nothing deletes it; or release it. Again changes nothing."""
    found = artefact_kept_by(db, artefact, by=by)
    if found.held == held:
        return found
    changed = replace(found, held=held)
    rows.update_artefact(db, changed)
    fact = ArtefactHeld(
        account=found.account, subject=found.id, actor=by.person, at=now, session=found.session, held=held
    )
    tell(db, fact)
    return changed


def delete_expired(db: Connection, *, now: datetime, limit: int) -> int:
    """Delete artefacts whose time is up, up to a limit, and return how many those were."""
    gone = rows.expired(db, now=now, limit=limit)
    for artefact in gone:
        _delete(db, artefact, by=None, now=now)
    return len(gone)


def forget_bytes(db: Connection, artefact: int) -> None:
    """Write down that the bytes of a deleted artefact are gone from the storage."""
    rows.update_artefact(db, replace(rows.artefact_whoever_asks(db, artefact), storage_key=None))


def _delete(db: Connection, artefact: Artefact, *, by: int | None, now: datetime) -> None:
    deleted = replace(artefact, state=ArtefactState.DELETED, deleted_at=now, deleted_by=by, keep_until=None)
    rows.update_artefact(db, deleted)
    fact = ArtefactDeleted(
        account=deleted.account,
        subject=deleted.id,
        actor=by,
        at=now,
        session=deleted.session,
        kind=deleted.kind,
    )
    tell(db, fact)
