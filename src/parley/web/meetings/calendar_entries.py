"""What a calendar draws: of each day the first ones, and how many more there are."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from parley.ground import ids
from parley.meetings import Happening, Stage
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


def drawn(found: Sequence[Happening], *, time_zone: str, most: int, overlaps: bool) -> Entries:
    """Return of each day the first `most`, in order; with `overlaps`, those that take place at once say so."""
    here, entries, days = zone(time_zone), list[Entry](), Counter[date]()
    overlapping = _overlapping(found) if overlaps else frozenset[int]()
    for number, one in enumerate(found):
        start = one.starts_at.astimezone(here).replace(tzinfo=None)
        day = start.date()
        days[day] += 1
        if days[day] <= most:
            entries.append(_entry(one, start, time_zone=time_zone, overlaps=number in overlapping))
    return Entries(entries=entries, more={day: count - most for day, count in days.items() if count > most})


def _entry(one: Happening, start: datetime, *, time_zone: str, overlaps: bool) -> Entry:
    return Entry(
        title=one.title,
        start=start,
        end=one.ends_at.astimezone(zone(time_zone)).replace(tzinfo=None),
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
