"""Finding meetings: one, and lists that stay fast however many there are."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from parley import people
from parley.ground.db import Connection
from parley.ground.filters import moment_named
from parley.ground.paging import USUAL, IdKey, Page, key_behind, page_of, page_size
from parley.meetings.meeting import Meeting, Stage
from parley.meetings.plan import LONGEST_TITLE
from parley.meetings.rows import lists, meetings
from parley.meetings.when import LONGEST
from parley.people import Caller


def meeting_seen_by(db: Connection, meeting: int, *, by: Caller) -> Meeting:
    """Return the meeting; NotFound unless `by` oversees its account, organizes it, is invited or was in it."""
    by.need("meetings:read")
    return meetings.meeting_seen_by(db, by, meeting)


def find_meetings(
    db: Connection,
    *,
    by: Caller,
    now: datetime,
    mine: bool = False,
    organizer: int | None = None,
    stage: Stage | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    query: str | None = None,
    earliest_first: bool = False,
    limit: int = USUAL,
    cursor: str | None = None,
) -> Page[Meeting]:
    """Return meetings by planned start: those that `by` organizes, or all of the account for those who oversee it.

    `mine` narrows it to their own also for these. `since` is the first planned start, `until` the first one behind
    the last; of a series its first occurrence counts. `query` is a part of the title. A list with a query reads titles
    one after the other: use `read_long`.
    """
    by.need("meetings:read")
    filters = {"organizer": organizer, "since": since, "until": until, "pattern": pattern_of(query)}
    wanted: dict[str, object] = {name: value for name, value in filters.items() if value is not None}
    if cursor is not None:
        at, wanted["id"] = key_behind(cursor, tuple[datetime, IdKey])
        wanted["at"] = moment_named(at, filter_="cursor")
    most = page_size(limit) + 1
    read = partial(lists.meetings_seen_by, db, by, mine=mine, earliest_first=earliest_first, stage=stage, limit=most)
    found = _in_stage(read, wanted, stage, now=now, earliest_first=earliest_first)
    return page_of(found, limit=limit, key=lambda meeting: (meeting.starts_at, meeting.id))


def _in_stage(
    read: Callable[..., list[Meeting]],
    wanted: dict[str, object],
    stage: Stage | None,
    *,
    now: datetime,
    earliest_first: bool,
) -> list[Meeting]:
    """Return what is read in this stage, from the part of the index in which it can be."""
    if stage is Stage.PLANNED:
        return _planned(read, wanted | {"now": now}, now=now, earliest_first=earliest_first)
    if stage is Stage.ENDED:  # nothing has ended that did not begin
        until, latest = wanted.get("until"), now + timedelta(microseconds=1)
        wanted |= {"now": now, "until": min(until, latest) if isinstance(until, datetime) else latest}
    return read(wanted=wanted)


def _planned(
    read: Callable[..., list[Meeting]], wanted: dict[str, object], *, now: datetime, earliest_first: bool
) -> list[Meeting]:
    """Return what is planned by planned start: what does not repeat, and the series that go on, each along its index.

    No meeting is longer than `LONGEST`, so that the index of single ones need not be read from its beginning.
    """
    since, earliest = wanted.get("since"), now - LONGEST
    once = read(
        wanted=wanted | {"since": max(since, earliest) if isinstance(since, datetime) else earliest}, repeating=False
    )
    series = read(wanted=wanted | {"going_on": now}, repeating=True)
    return sorted([*once, *series], key=lambda meeting: (meeting.starts_at, meeting.id), reverse=not earliest_first)


def pattern_of(query: str | None) -> str | None:
    """Return what a folded title that contains the query is LIKE."""
    return people.pattern_of(query, most=LONGEST_TITLE)
