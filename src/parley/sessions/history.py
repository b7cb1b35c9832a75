"""History: which sessions took place."""

from collections.abc import Sequence
from datetime import datetime

from parley.ground.db import Connection
from parley.ground.filters import moment_named
from parley.ground.paging import USUAL, IdKey, Page, key_behind, page_of, page_size
from parley.people import Caller, pattern_of
from parley.sessions.rows.lists import sessions_seen_by
from parley.sessions.session import Kind, Session

_LONGEST_QUERY = 200


def history(
    db: Connection,
    *,
    by: Caller,
    meeting: int | None = None,
    organizer: int | None = None,
    groups: Sequence[int] = (),
    participant: int | None = None,
    kind: Kind | None = None,
    query: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = USUAL,
    cursor: str | None = None,
) -> Page[Session]:
    """Return the sessions that `by` may see, newest first; those that started from `since` on and before `until`.

    Of `groups` and their parts count those that their people host; a `participant` was let in; `query` is a part of
    the title. A list with a query reads titles one after the other: use `read_long`.
    """
    by.need("sessions:read")
    filters = {
        "meeting": meeting,
        "host": organizer,
        "groups": list(groups) or None,
        "participant": participant,
        "kind": kind,
        "pattern": pattern_of(query, most=_LONGEST_QUERY),
        "since": since,
        "until": until,
    }
    wanted: dict[str, object] = {name: value for name, value in filters.items() if value is not None}
    if cursor is not None:
        at, wanted["id"] = key_behind(cursor, tuple[datetime, IdKey])
        wanted["at"] = moment_named(at, filter_="cursor")
    found = sessions_seen_by(db, by, wanted=wanted, limit=page_size(limit) + 1)
    return page_of(found, limit=limit, key=lambda session: (session.started_at, session.id))
