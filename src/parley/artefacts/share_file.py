"""Sharing a file with everybody in a session: which ones are taken, and writing it down."""

import mimetypes
import unicodedata
from datetime import datetime, timedelta
from pathlib import PurePosixPath

import msgspec

from parley.artefacts.add_artefact import add_artefact, fail, keep_ready
from parley.artefacts.artefact import Artefact, ArtefactKind, ArtefactState
from parley.artefacts.facts import FileShared
from parley.artefacts.rows import artefacts as rows
from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import Conflict, FieldError, Invalid, NotFound, OverLimit
from parley.ground.words import N_
from parley.people import one_line
from parley.sessions import State, participant_of_room, session_of_room

MOST_FILES = 200
"""How many files one session has at most."""

REFUSED = N_("This file was refused: the scanner of this server did not let it pass.")
_PLAIN = "application/octet-stream"


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A file that stands in the storage."""

    key: str
    bytes: int
    sha256: str


def file_named(written: str, *, types: tuple[str, ...]) -> tuple[str, str]:
    """Return the name under which a file is kept and its media type; raises Invalid for one that is not taken."""
    name = unicodedata.normalize("NFC", PurePosixPath(written.replace("\\", "/")).name)
    errors: list[FieldError] = []
    name = one_line(name, field="name", errors=errors)
    ending = PurePosixPath(name).suffix.removeprefix(".").lower()
    if not errors and "*" not in types and ending not in types:
        errors.append(
            FieldError(
                "name", N_("Files of this type are not taken here. These are: %(types)s."), types=", ".join(types)
            )
        )
    if errors:
        raise Invalid(*errors)
    return name, mimetypes.guess_type(name)[0] or _PLAIN


def need_room_for_file(db: Connection, participant: int) -> None:
    """Raise Conflict when the session is over, and OverLimit when it has as many files as it may."""
    session = participant_of_room(db, participant).session
    if session_of_room(db, session).state is State.ENDED:
        raise Conflict(N_("This session has ended already."))
    files = [one for one in rows.artefacts_in(db, session) if one.kind is ArtefactKind.FILE]
    if len(files) >= MOST_FILES:
        raise OverLimit(N_("A session has at most %(most)s files."), most=MOST_FILES)


def share_file(
    db: Connection, participant: int, *, name: str, format_: str, stored: Stored, keep: timedelta, now: datetime
) -> Artefact:
    """Write down a file that somebody shares; everybody in the session may have it."""
    need_room_for_file(db, participant)
    added = _added(db, participant, name=name, format_=format_, now=now)
    ready = keep_ready(
        db,
        added,
        storage_key=stored.key,
        size=stored.bytes,
        sha256=stored.sha256,
        keep_until=now + keep if keep else None,
        now=now,
    )
    fact = FileShared(
        account=ready.account,
        subject=ready.id,
        actor=participant_of_room(db, participant).person,
        at=now,
        session=ready.session,
        participant=participant,
        name=name,
        bytes=stored.bytes,
    )
    tell(db, fact)
    return ready


def refuse_file(db: Connection, participant: int, *, name: str, format_: str, now: datetime) -> Artefact:
    """Write down that a file was refused that somebody wanted to share; nobody gets it."""
    return fail(db, _added(db, participant, name=name, format_=format_, now=now), why=REFUSED, now=now)


def files_of_room(db: Connection, session: int) -> tuple[Artefact, ...]:
    """Return the files of a session to its room, oldest first."""
    return tuple(one for one in rows.artefacts_in(db, session) if one.kind is ArtefactKind.FILE and one.there)


def file_of_room(db: Connection, artefact: int, *, session: int) -> Artefact:
    """Return a file to somebody who is in its session."""
    found = rows.artefact_whoever_asks(db, artefact)
    if found.session != session or found.kind is not ArtefactKind.FILE or not found.there:
        raise NotFound(N_("There is no recording or file under this id."))
    return found


def _added(db: Connection, participant: int, *, name: str, format_: str, now: datetime) -> Artefact:
    who = participant_of_room(db, participant)
    return add_artefact(
        db,
        who.session,
        kind=ArtefactKind.FILE,
        name=name,
        format_=format_,
        state=ArtefactState.VERIFYING,
        participant=participant,
        person=who.person,
        now=now,
    )
