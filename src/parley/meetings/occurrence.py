"""An occurrence: one of the times at which a meeting is planned to take place."""

import heapq
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from parley.calendar import Stretch, instant, slots
from parley.meetings.meeting import Meeting, Stage

_AN_INSTANT = timedelta(microseconds=1)


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """When an occurrence takes place instead of when its rule says."""

    starts_at: datetime
    ends_at: datetime


Exceptions = Mapping[datetime, Moved | None]
"""What is different about single occurrences, by the start that their rule names (on the wall): None is cancelled."""


class Occurrence(msgspec.Struct, frozen=True, kw_only=True):
    """One planned time of a meeting; a meeting that does not repeat has one."""

    meeting: Meeting
    local: datetime
    """The start by the rule as the clock on the wall shows it, without a zone."""

    original_start: datetime
    """The start by the rule: by this an occurrence is known, wherever it is moved."""

    starts_at: datetime
    ends_at: datetime
    time_zone: str
    moved: bool = False
    cancelled: bool = False
    live: bool = False
    """Whether the session that runs is of this one."""

    def stage(self, now: datetime) -> Stage:
        """Tell where this one stands; the others of its meeting may stand elsewhere."""
        if self.cancelled or self.meeting.cancelled_at is not None:
            return Stage.CANCELLED
        if self.live:
            return Stage.LIVE
        last = self.meeting.last_end
        return Stage.ENDED if self.ends_at <= now or (last is not None and last >= self.starts_at) else Stage.PLANNED

    def as_meeting(self) -> Meeting:
        """Return the meeting as if this were its only one: its stage is that of this one."""
        running = self.meeting.running if self.live else None
        return replace(
            self.meeting,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            time_zone=self.time_zone,
            repeats_until=None,
            running=running,
        )


def occurrences(
    meeting: Meeting,
    exceptions: Exceptions,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    cancelled: bool = False,
) -> Iterator[Occurrence]:
    """Yield in order, and lazily, what is not over at `since` and begins before `until`; what is cancelled if asked."""
    moved = sorted((one.starts_at, at) for at, one in exceptions.items() if one is not None)
    elsewhere = (occurrence_at(meeting, exceptions, at) for _, at in moved)
    found = heapq.merge(
        _by_rule(meeting, exceptions, since=since, until=until),
        (one for one in elsewhere if one is not None and (since is None or one.ends_at > since)),
        key=lambda one: one.starts_at,
    )
    for one in found:
        if until is not None and one.starts_at >= until:
            return
        if cancelled or not one.cancelled:
            yield one


def _by_rule(
    meeting: Meeting, exceptions: Exceptions, *, since: datetime | None, until: datetime | None
) -> Iterator[Occurrence]:
    """Yield what takes place when the rule says, and what is cancelled."""
    if not meeting.stretches and (since is None or meeting.ends_at > since):
        yield single(meeting)
    for stretch in meeting.stretches:
        for slot in slots(stretch, since=since, until=until):
            if exceptions.get(slot.original) is None:
                yield Occurrence(
                    meeting=meeting,
                    local=slot.original,
                    original_start=slot.starts_at,
                    starts_at=slot.starts_at,
                    ends_at=slot.ends_at,
                    time_zone=stretch.time_zone,
                    cancelled=slot.original in exceptions,
                )


def single(meeting: Meeting) -> Occurrence:
    """Return the one occurrence of a meeting that does not repeat."""
    return Occurrence(
        meeting=meeting,
        local=meeting.starts_at.replace(tzinfo=None),
        original_start=meeting.starts_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        time_zone=meeting.time_zone,
        live=meeting.running is not None,
    )


def occurrence_at(meeting: Meeting, exceptions: Exceptions, local: datetime) -> Occurrence | None:
    """Return the occurrence whose rule names this start on the wall; None when there is none."""
    stretch = stretch_of(meeting, local)
    if stretch is None:
        return None
    slot = stretch.slot(local)
    exception = exceptions.get(local)
    return Occurrence(
        meeting=meeting,
        local=local,
        original_start=slot.starts_at,
        starts_at=slot.starts_at if exception is None else exception.starts_at,
        ends_at=slot.ends_at if exception is None else exception.ends_at,
        time_zone=stretch.time_zone,
        moved=exception is not None,
        cancelled=local in exceptions and exception is None,
    )


def occurrence_starting(meeting: Meeting, exceptions: Exceptions, at: datetime) -> Occurrence | None:
    """Return the occurrence whose rule names this moment; None when there is none."""
    for stretch in meeting.stretches:
        for slot in slots(stretch, since=at, until=at + _AN_INSTANT):
            if slot.starts_at == at:
                return occurrence_at(meeting, exceptions, slot.original)
    return None


def stretch_of(meeting: Meeting, local: datetime) -> Stretch | None:
    """Return the stretch in which the rule names this start on the wall; None when none does."""
    for stretch in meeting.stretches:
        at = instant(local, stretch.time_zone)
        if any(slot.original == local for slot in slots(stretch, since=at, until=at + _AN_INSTANT)):
            return stretch
    return None
