"""Finding artefacts, for those who may: who may read a session's record may see what it left behind."""

from parley.artefacts.artefact import Artefact, ArtefactState
from parley.artefacts.rows import artefacts as rows
from parley.ground.db import Connection
from parley.ground.faults import Forbidden, NotFound
from parley.ground.words import N_
from parley.people import Caller
from parley.sessions import RoomRole, Session, participants_of, session_seen_by

_NOTHING = N_("There is no recording or file under this id.")
_HOSTS_ONLY = N_("Only the hosts of the session, and those who oversee the account, may do this.")


def artefacts_of(db: Connection, session: int, *, by: Caller) -> tuple[Artefact, ...]:
    """Return what a session left behind, oldest first; NotFound for who may not read its record."""
    session_seen_by(db, session, by=by)
    return tuple(rows.artefacts_in(db, session))


def artefact_seen_by(db: Connection, artefact: int, *, by: Caller) -> Artefact:
    """Return an artefact; NotFound for who may not read the record of its session, and when it was deleted."""
    try:
        found = rows.artefact_whoever_asks(db, artefact)
        session_seen_by(db, found.session, by=by)
    except NotFound as fault:
        raise NotFound(_NOTHING) from fault
    if found.state is ArtefactState.DELETED:
        raise NotFound(_NOTHING)
    return found


def keeps(db: Connection, session: Session, *, by: Caller) -> bool:
    """Tell whether somebody may delete, hold and share what the session left behind: its hosts, and who oversees."""
    if not by.may("meetings:write"):
        return False
    if by.oversees or session.host == by.person:
        return True
    roles = {one.person: one.role for one in participants_of(db, session.id, by=by)}
    return by.person is not None and roles.get(by.person) in {RoomRole.HOST, RoomRole.COHOST}


def artefact_kept_by(db: Connection, artefact: int, *, by: Caller) -> Artefact:
    """Return an artefact to who may delete, hold and share it; Forbidden for others who may see it."""
    by.need("meetings:write")
    found = artefact_seen_by(db, artefact, by=by)
    if not keeps(db, session_seen_by(db, found.session, by=by), by=by):
        raise Forbidden(_HOSTS_ONLY)
    return found
