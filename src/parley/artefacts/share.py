"""Sharing an artefact by a link that expires and can be withdrawn."""

from datetime import datetime, timedelta

import msgspec

from parley.artefacts.artefact import Artefact
from parley.artefacts.facts import ArtefactLinkWithdrawn, ArtefactShared
from parley.artefacts.find_artefacts import artefact_kept_by
from parley.artefacts.link import SharedLink
from parley.artefacts.rows import links as rows
from parley.artefacts.rows.artefacts import artefact_whoever_asks
from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import Conflict, FieldError, Invalid, NotFound
from parley.ground.ids import new_id
from parley.ground.secrets import fresh_token, token_hash
from parley.ground.words import N_
from parley.people import Caller, one_line

LONGEST = timedelta(days=366)
"""How long a link works at most."""

_GONE = N_("This link does not open anything, or no more. Ask who gave it to you for a new one.")


class IssuedLink(msgspec.Struct, frozen=True, kw_only=True):
    """A fresh link and its secret, which is shown this once."""

    link: SharedLink
    secret: str


def share(
    db: Connection, artefact: int, *, label: str, downloads: bool, expires_at: datetime, by: Caller, now: datetime
) -> IssuedLink:
    """Return a fresh link to an artefact; its secret is not kept. Raises Conflict for what cannot be read yet."""
    shared = artefact_kept_by(db, artefact, by=by)
    line = _checked_label(label, expires_at, now=now)
    if not shared.there:
        raise Conflict(N_("This is not ready yet."))
    secret = fresh_token()
    link = SharedLink(
        id=new_id(),
        artefact=artefact,
        label=line,
        downloads=downloads,
        created_by=by.person,
        created_at=now,
        expires_at=expires_at,
    )
    rows.insert_link(db, link, key_hash=token_hash(secret))
    fact = ArtefactShared(
        account=shared.account,
        subject=artefact,
        actor=by.person,
        at=now,
        session=shared.session,
        link=link.id,
        expires_at=expires_at,
    )
    tell(db, fact)
    return IssuedLink(link=link, secret=secret)


def withdraw_link(db: Connection, artefact: int, *, link: int, by: Caller, now: datetime) -> None:
    """Let a link open nothing any more. Again changes nothing."""
    shared = artefact_kept_by(db, artefact, by=by)
    found = rows.link_of(db, artefact, link=link)
    if found is None:
        raise NotFound(N_("There is no such link."))
    if found.withdrawn_at is not None:
        return
    rows.save_withdrawn(db, link, at=now)
    fact = ArtefactLinkWithdrawn(
        account=shared.account, subject=artefact, actor=by.person, at=now, session=shared.session, link=link
    )
    tell(db, fact)


def links_of(db: Connection, artefact: int, *, by: Caller) -> tuple[SharedLink, ...]:
    """Return every link of an artefact, newest first."""
    artefact_kept_by(db, artefact, by=by)
    return tuple(rows.links_of(db, artefact))


def behind_link(db: Connection, secret: str, *, now: datetime) -> tuple[Artefact, SharedLink]:
    """Return what a link opens; NotFound, in the same words, for one that never did or does no more."""
    link = rows.link_with(db, token_hash(secret))
    if link is None or not link.works(now):
        raise NotFound(_GONE)
    artefact = artefact_whoever_asks(db, link.artefact)
    if not artefact.there:
        raise NotFound(_GONE)
    return artefact, link


def _checked_label(label: str, expires_at: datetime, *, now: datetime) -> str:
    errors: list[FieldError] = []
    line = one_line(label, field="label", errors=errors) if label.strip() else ""
    if not now < expires_at <= now + LONGEST:
        errors.append(FieldError("expires_at", N_("A link works for at most a year, and ends in the future.")))
    if errors:
        raise Invalid(*errors)
    return line
