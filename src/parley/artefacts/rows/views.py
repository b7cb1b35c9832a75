"""The table of views: who opened or downloaded what, and when."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Index, Table, Text, bindparam, insert, select

from parley.artefacts.view import View, ViewKind
from parley.ground.db import Id, Instant, metadata

views = Table(
    "artefact_views",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the view, in time order"),
    Column("artefact", Id, ForeignKey("artefacts.id"), nullable=False, comment="What was opened"),
    Column("person", Id, ForeignKey("users.id"), comment="The user; empty for somebody who came by a link"),
    Column("name", Text, nullable=False, comment="What the user was called then; empty for a link"),
    Column("link", Id, ForeignKey("artefact_links.id"), comment="The link by which they came; empty for users"),
    Column("kind", Text, nullable=False, comment="opened (to watch or read) or downloaded"),
    Column("at", Instant, nullable=False, comment="When (UTC)"),
    Index("ix_artefact_views_artefact_id", "artefact", "id"),
    comment="One row for every time that somebody opened or downloaded a recording or file",
)

_COLUMNS = tuple(views.c)
_OF = (
    select(*_COLUMNS)
    .where(views.c.artefact == bindparam("artefact"), views.c.id < bindparam("before", type_=Id))
    .order_by(views.c.id.desc())
    .limit(bindparam("limit"))
)


def insert_view(db: Connection, view: View) -> None:
    """Write down that somebody looked."""
    db.execute(insert(views).values({column.name: getattr(view, column.name) for column in _COLUMNS}))


def opened_since(
    db: Connection, artefact: int, *, person: int | None = None, link: int | None = None, since: datetime
) -> bool:
    """Tell whether a user, or somebody who came by a link, opened an artefact since then."""
    lately = select(views.c.id).where(
        views.c.artefact == artefact,
        views.c.person == person,
        views.c.link == link,
        views.c.kind == ViewKind.OPENED.value,
        views.c.at >= since,
    )
    return db.execute(lately.limit(1)).one_or_none() is not None


def views_in(db: Connection, artefact: int, *, before: int, limit: int) -> list[View]:
    """Return who looked, newest first, from before a view on."""
    return [_view(row) for row in db.execute(_OF, {"artefact": artefact, "before": before, "limit": limit})]


def _view(row: Any) -> View:  # noqa: ANN401 (a row of _COLUMNS)
    values = dict(zip((column.name for column in _COLUMNS), row, strict=True))
    return View(**(values | {"kind": ViewKind(values["kind"])}))
