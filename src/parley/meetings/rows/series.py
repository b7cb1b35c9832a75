"""The tables of series, and all SQL on them: by which rules meetings repeat, and what differs about single times."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, bindparam, delete, insert, select

from parley.calendar import Stretch, parsed
from parley.ground.db import Connection, Id, Instant, metadata
from parley.meetings.occurrence import Exceptions, Moved

_AT_ONCE = 500

stretches = Table(
    "meeting_stretches",
    metadata,
    Column(
        "meeting",
        Id,
        ForeignKey("meetings.id"),
        primary_key=True,
        autoincrement=False,
        comment="The meeting that repeats",
    ),
    Column("position", Integer, primary_key=True, autoincrement=False, comment="Counts its stretches, from 0"),
    Column(
        "first_start",
        Text,
        nullable=False,
        comment="The first start as the clock on the wall shows it in time_zone, for example 2026-03-02T14:00:00",
    ),
    Column("seconds", Integer, nullable=False, comment="How long an occurrence is planned to last"),
    Column("time_zone", Text, nullable=False, comment="The IANA time zone in which it was planned"),
    Column("rule", Text, nullable=False, comment="By which rule it repeats: RRULE of RFC 5545; UNTIL is a day there"),
    comment="How a meeting repeats: a row for every stretch of time in which one rule holds",
)

exceptions = Table(
    "meeting_exceptions",
    metadata,
    Column(
        "meeting",
        Id,
        ForeignKey("meetings.id"),
        primary_key=True,
        autoincrement=False,
        comment="The meeting that repeats",
    ),
    Column(
        "original_start",
        Text,
        primary_key=True,
        comment="The start by the rule, as the clock on the wall shows it in the zone of the stretch",
    ),
    Column("starts_at", Instant, comment="The start instead (UTC); empty when the occurrence is cancelled"),
    Column("ends_at", Instant, comment="The end instead (UTC); empty when the occurrence is cancelled"),
    comment="Occurrences of series that are moved or cancelled",
)

_STRETCHES = (
    select(stretches)
    .where(stretches.c.meeting.in_(bindparam("ids", expanding=True)))
    .order_by(stretches.c.meeting, stretches.c.position)
)
_EXCEPTIONS = select(exceptions).where(exceptions.c.meeting.in_(bindparam("ids", expanding=True)))


def stretches_of(db: Connection, meetings: Iterable[int]) -> Mapping[int, tuple[Stretch, ...]]:
    """Return how these meetings repeat."""
    found: dict[int, list[Stretch]] = defaultdict(list)
    for ids in _batches(meetings):
        for meeting, _, first, seconds, zone, rule in db.execute(_STRETCHES, {"ids": ids}):
            stretch = Stretch(
                first=datetime.fromisoformat(first),
                length=timedelta(seconds=seconds),
                time_zone=zone,
                rule=parsed(rule),
            )
            found[meeting].append(stretch)
    return {meeting: tuple(listed) for meeting, listed in found.items()}


def save_stretches(db: Connection, meeting: int, listed: Iterable[Stretch]) -> None:
    """Write down how the meeting repeats from now on."""
    db.execute(delete(stretches).where(stretches.c.meeting == meeting))
    for position, stretch in enumerate(listed):
        row = {
            "meeting": meeting,
            "position": position,
            "first_start": stretch.first.isoformat(),
            "seconds": stretch.length // timedelta(seconds=1),
            "time_zone": stretch.time_zone,
            "rule": str(stretch.rule),
        }
        db.execute(insert(stretches), row)


def exceptions_of(db: Connection, meetings: Iterable[int]) -> Mapping[int, Exceptions]:
    """Return what is different about single occurrences of these meetings."""
    found: dict[int, dict[datetime, Moved | None]] = defaultdict(dict)
    for ids in _batches(meetings):
        for meeting, original, starts_at, ends_at in db.execute(_EXCEPTIONS, {"ids": ids}):
            moved = None if starts_at is None else Moved(starts_at=starts_at, ends_at=ends_at)
            found[meeting][datetime.fromisoformat(original)] = moved
    return found


def save_exceptions(db: Connection, meeting: int, kept: Exceptions) -> None:
    """Write down what is different about single occurrences from now on."""
    db.execute(delete(exceptions).where(exceptions.c.meeting == meeting))
    for original, moved in kept.items():
        row = {
            "meeting": meeting,
            "original_start": original.isoformat(),
            "starts_at": None if moved is None else moved.starts_at,
            "ends_at": None if moved is None else moved.ends_at,
        }
        db.execute(insert(exceptions), row)


def _batches(meetings: Iterable[int]) -> Iterator[list[int]]:
    ids = [*meetings]
    return (ids[begin : begin + _AT_ONCE] for begin in range(0, len(ids), _AT_ONCE))
