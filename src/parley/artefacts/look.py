"""Looking at an artefact: whoever opens or downloads one is written down."""

from datetime import datetime, timedelta

from parley.artefacts.artefact import Artefact
from parley.artefacts.facts import ArtefactViewed
from parley.artefacts.find_artefacts import artefact_kept_by, artefact_seen_by
from parley.artefacts.link import SharedLink
from parley.artefacts.rows import links, views
from parley.artefacts.share import behind_link
from parley.artefacts.view import View, ViewKind
from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import Conflict, Forbidden
from parley.ground.ids import LARGEST, new_id
from parley.ground.paging import USUAL, IdKey, Page, key_behind, page_of, page_size
from parley.ground.words import N_
from parley.people import Caller

SAME_WITHIN = timedelta(minutes=10)
"""Opening the same thing again within this time is not another view."""


def look(db: Connection, artefact: int, *, kind: ViewKind, by: Caller, now: datetime) -> Artefact:
    """Write down that a user opens or downloads an artefact, and return it. Raises Conflict when it is not ready."""
    seen = artefact_seen_by(db, artefact, by=by)
    if not seen.there:
        raise Conflict(N_("This is not ready yet."))
    again = kind is ViewKind.OPENED and views.opened_since(db, artefact, person=by.person, since=now - SAME_WITHIN)
    if not again:
        _write(db, seen, kind=kind, person=by.person, name=by.name, link=None, now=now)
    return seen


def look_by_link(db: Connection, secret: str, *, kind: ViewKind, now: datetime) -> tuple[Artefact, SharedLink]:
    """Write down that somebody came by a link, and return what it opens.

    Raises NotFound for a link that does not work, and Forbidden for a download by one that is for watching only.
    """
    seen, link = behind_link(db, secret, now=now)
    if kind is ViewKind.DOWNLOADED and not link.downloads:
        raise Forbidden(N_("This link is for watching only."))
    links.count_opened(db, link.id)
    _write(db, seen, kind=kind, person=None, name="", link=link.id, now=now)
    return seen, link


def play_by_link(db: Connection, secret: str, *, now: datetime) -> Artefact:
    """Return what a link opens to a player; who did not open the page of the link just before is written down, too."""
    seen, link = behind_link(db, secret, now=now)
    if not views.opened_since(db, seen.id, link=link.id, since=now - SAME_WITHIN):
        look_by_link(db, secret, kind=ViewKind.OPENED, now=now)
    return seen


def views_of(db: Connection, artefact: int, *, by: Caller, limit: int = USUAL, cursor: str | None = None) -> Page[View]:
    """Return who opened or downloaded an artefact, newest first; Forbidden for who does not keep it."""
    artefact_kept_by(db, artefact, by=by)
    before = LARGEST if cursor is None else key_behind(cursor, IdKey)
    found = views.views_in(db, artefact, before=before, limit=page_size(limit) + 1)
    return page_of(found, limit=limit, key=lambda view: view.id)


def _write(
    db: Connection, seen: Artefact, *, kind: ViewKind, person: int | None, name: str, link: int | None, now: datetime
) -> None:
    view = View(id=new_id(), artefact=seen.id, person=person, name=name, link=link, kind=kind, at=now)
    views.insert_view(db, view)
    fact = ArtefactViewed(
        account=seen.account, subject=seen.id, actor=person, at=now, session=seen.session, link=link, kind=kind
    )
    tell(db, fact)
