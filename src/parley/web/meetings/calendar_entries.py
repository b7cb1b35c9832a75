"""What a calendar draws: of each day the first ones, and how many more there are."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter

import msgspec

from parley.ground import ids
from parley.meetings import Happening, Stage
from parley.web.meetings.calendar_period import end_of
from parley.web.shell.times import zone


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One happening; its times are those that the clock on the reader's wall shows."""

    title: str
    start: datetime
    end: datetime
    meeting: str | None = None
    session: str | None = None
    stage: Stage = Stage.PLANNED
    may_change: bool = False
    version: int = 0
    original_start: datetime | None = None
    overlaps: bool = False


class Entries(msgspec.Struct, frozen=True):
    """What is drawn of a period, and of which days how many are left out."""

    entries: list[Entry]
    more: dict[date, int]


def drawn(found: Sequence[Happening], days: tuple[date, date], *, time_zone: str, most: int, overlaps: bool) -> Entries:
    """Return of each day the first `most`, in order; with `overlaps`, those that take place at once say so."""
    overlapping = _overlapping(found) if overlaps else frozenset[int]()
    entries, more = list[Entry](), dict[date, int]()
    for day, places in _by_day(found, days, time_zone):
        entries += (_entry(found[at], time_zone=time_zone, overlaps=at in overlapping) for at in places[:most])
        if len(places) > most:
            more[day] = len(places) - most
    return Entries(entries=entries, more=more)


def _by_day(found: Sequence[Happening], days: tuple[date, date], time_zone: str) -> Iterator[tuple[date, range]]:
    """Yield each day, and the places of those that begin on it; what began before belongs to the first.

    They are in order, so that it takes a search for each midnight, and no look at each of them.
    """
    first, last = days
    begin = 0
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        end = bisect_left(found, end_of(day, time_zone), lo=begin, key=attrgetter("starts_at"))
        yield day, range(begin, end)
        begin = end


def _entry(one: Happening, *, time_zone: str, overlaps: bool) -> Entry:
    here = zone(time_zone)
    return Entry(
        title=one.title,
        start=one.starts_at.astimezone(here).replace(tzinfo=None),
        end=one.ends_at.astimezone(here).replace(tzinfo=None),
        meeting=None if one.meeting is None else ids.text(one.meeting),
        session=None if one.session is None else ids.text(one.session),
        stage=one.stage,
        may_change=one.may_change and one.stage is Stage.PLANNED,
        version=one.version,
        original_start=one.original_start,
        overlaps=overlaps,
    )


def _overlapping(found: Sequence[Happening]) -> frozenset[int]:
    """Return the places of those, among what is still to come, that take place at once with others."""
    overlapping = set[int]()
    latest, holder = None, 0
    for number, one in enumerate(found):
        if one.stage is not Stage.PLANNED:
            continue
        if latest is not None and one.starts_at < latest:
            overlapping |= {number, holder}
        if latest is None or one.ends_at > latest:
            latest, holder = one.ends_at, number
    return frozenset(overlapping)
