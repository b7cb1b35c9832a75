"""Reading occurrences: of one meeting, of everybody's agenda, and the one that a run is of."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from msgspec.structs import replace

from parley import sessions
from parley.ground.db import Connection
from parley.ground.faults import NotFound
from parley.ground.filters import moment_named
from parley.ground.paging import USUAL, IdKey, Page, key_behind, page_of, page_size
from parley.ground.words import N_
from parley.meetings import occurrence
from parley.meetings.find import pattern_of
from parley.meetings.meeting import Meeting, Stage
from parley.meetings.occurrence import Occurrence, occurrence_starting
from parley.meetings.rows.lists import meetings_seen_by
from parley.meetings.rows.meetings import meeting_seen_by
from parley.meetings.rows.series import exceptions_of
from parley.meetings.when import FURTHEST, LONGEST
from parley.people import Caller

_BACK = tuple(timedelta(days=days) for days in (2, 40, 800, 8000))
_Key = tuple[datetime, int]


def occurrences_of(
    db: Connection,
    meeting: int,
    *,
    by: Caller,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = USUAL,
    cursor: str | None = None,
) -> Page[Occurrence]:
    """Return the occurrences of a meeting in order, cancelled ones too, without those over at `since`."""
    by.need("meetings:read")
    found = meeting_seen_by(db, by, meeting)
    behind = _behind(cursor)
    since = since if behind is None else max(behind[0], since or behind[0])
    listed = _after(behind, expanded(db, [found], since=since, until=until, cancelled=True))
    return page_of([*islice(listed, page_size(limit) + 1)], limit=limit, key=_key)


def agenda(
    db: Connection,
    *,
    by: Caller,
    now: datetime,
    mine: bool = False,
    since: datetime | None = None,
    until: datetime | None = None,
    query: str | None = None,
    limit: int = USUAL,
    cursor: str | None = None,
) -> Page[Occurrence]:
    """Return what is planned, soonest first: meetings that do not repeat, and each occurrence of those that do.

    Of the meetings that `by` organizes, or of all of the account for those who oversee it and do not want only `mine`.
    What is live, over or cancelled is not among it. Series are expanded no further than the page reaches.
    """
    by.need("meetings:read")
    since, until, behind = max(since or now, now), until or now + FURTHEST, _behind(cursor)
    read = _reader(db, by, mine=mine, query=query, now=now, limit=page_size(limit) + 1)
    if behind is None:
        wanted: dict[str, object] = {"since": since - LONGEST}
    else:
        since = max(since, behind[0])
        wanted = {"since": since, "at": behind[0], "id": behind[1]}
    once = read(wanted=wanted | {"until": until}, stage=Stage.PLANNED, repeating=False)
    series = (one for one in read(wanted={"going_on": since}, repeating=True) if one.cancelled_at is None)
    found = heapq.merge(
        map(occurrence.single, once), _after(behind, expanded(db, series, since=since, until=until)), key=_key
    )
    planned = (one for one in found if one.stage(now) is Stage.PLANNED)
    return page_of([*islice(planned, limit + 1)], limit=limit, key=_key)


def occurrence_named(db: Connection, meeting: Meeting, original_start: datetime) -> Occurrence:
    """Return the occurrence that its rule names for this moment; NotFound when it names none."""
    found = occurrence_starting(meeting, exceptions_of(db, [meeting.id]).get(meeting.id, {}), original_start)
    if found is None:
        raise NotFound(N_("This meeting has no occurrence that starts then."))
    return replace(found, live=_live_start(db, meeting) == found.starts_at)


def nearest(db: Connection, meeting: Meeting, *, now: datetime) -> Occurrence:
    """Return the occurrence of which a run would be now: one that is under way, or the nearest in time."""
    if not meeting.stretches:
        return occurrence.single(meeting)
    exceptions = exceptions_of(db, [meeting.id]).get(meeting.id, {})
    coming = next(occurrence.occurrences(meeting, exceptions, since=now), None)
    if coming is not None and coming.starts_at <= now:
        return coming
    for back in _BACK:
        before = max(occurrence.occurrences(meeting, exceptions, since=now - back, until=now), key=_key, default=None)
        if before is not None and (coming is None or now - before.ends_at < coming.starts_at - now):
            return before
        if coming is not None and coming.starts_at - now < back:
            return coming
    return coming or occurrence.single(meeting)


def _reader(
    db: Connection, by: Caller, *, mine: bool, query: str | None, now: datetime, limit: int
) -> Callable[..., list[Meeting]]:
    """Return what reads meetings, earliest first, of those that `by` may see and the query finds."""
    pattern = pattern_of(query)
    common: dict[str, object] = {"now": now} if pattern is None else {"now": now, "pattern": pattern}

    def read(*, wanted: dict[str, object], stage: Stage | None = None, repeating: bool) -> list[Meeting]:
        return meetings_seen_by(
            db,
            by,
            mine=mine,
            earliest_first=True,
            stage=stage,
            wanted=common | wanted,
            repeating=repeating,
            limit=limit,
        )

    return read


def expanded(
    db: Connection,
    meetings: Iterable[Meeting],
    *,
    since: datetime | None,
    until: datetime | None,
    cancelled: bool = False,
) -> Iterator[Occurrence]:
    """Yield the occurrences of all these meetings in order."""
    meetings = tuple(meetings)
    exceptions = exceptions_of(db, [meeting.id for meeting in meetings if meeting.stretches])

    def each(meeting: Meeting) -> Iterator[Occurrence]:
        live, known = _live_start(db, meeting), exceptions.get(meeting.id, {})
        for one in occurrence.occurrences(meeting, known, since=since, until=until, cancelled=cancelled):
            yield replace(one, live=True) if live == one.starts_at else one

    return heapq.merge(*map(each, meetings), key=_key)


def _live_start(db: Connection, meeting: Meeting) -> datetime | None:
    """Return the planned start of the session that runs."""
    return None if meeting.running is None else sessions.session_of_room(db, meeting.running).planned_start


def _key(one: Occurrence) -> _Key:
    return one.starts_at, one.meeting.id


def _behind(cursor: str | None) -> _Key | None:
    if cursor is None:
        return None
    at, number = key_behind(cursor, tuple[datetime, IdKey])
    named = moment_named(at, filter_="cursor")
    return None if named is None else (named, number)


def _after(behind: _Key | None, found: Iterator[Occurrence]) -> Iterator[Occurrence]:
    return found if behind is None else (one for one in found if _key(one) > behind)
