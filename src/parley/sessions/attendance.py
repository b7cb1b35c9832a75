"""Attendance: from when to when somebody was there, by which witness, and how much of that is certain."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from parley.sessions.participant import Participant


class Source(StrEnum):
    """The witness of a stay."""

    HEARTBEAT = "heartbeat"
    """The room itself: the participant's browser was connected to it and answered."""


class Confidence(StrEnum):
    """How much of a stay is certain."""

    EXACT = "exact"
    """Both ends were seen as they happened."""

    ESTIMATED = "estimated"
    """The end is the last sign of life: they were there at least this long, and at most the heartbeat window longer."""


class Departure(StrEnum):
    """What ended a stay."""

    LEFT = "left"
    """They left."""

    LOST = "lost"
    """Their connection was lost and did not come back in time, or not before the session ended."""

    REMOVED = "removed"
    """A host removed them."""

    ENDED = "ended"
    """The session ended for all."""

    RECONCILED = "reconciled"
    """The server stopped while they were there; closed afterwards at the last sign of life."""

    @property
    def confidence(self) -> Confidence:
        """How certain the end of a stay is that ended like this."""
        unseen = self in (Departure.LOST, Departure.RECONCILED)
        return Confidence.ESTIMATED if unseen else Confidence.EXACT


class Stay(msgspec.Struct, frozen=True, kw_only=True):
    """One stay of a participant; `left_at` is None while they are there."""

    id: int
    session: int
    participant: int
    joined_at: datetime
    left_at: datetime | None
    last_seen_at: datetime
    away_since: datetime | None
    source: Source
    confidence: Confidence
    node: str
    ended_by: Departure | None

    @property
    def last_sure(self) -> datetime:
        """When they were last certainly there, while nothing is heard of them."""
        return self.last_seen_at if self.away_since is None else self.away_since

    def ended(self, *, at: datetime, how: Departure) -> "Stay":
        """Return the stay as it ended, not before it began."""
        return replace(self, left_at=max(at, self.joined_at), away_since=None, ended_by=how, confidence=how.confidence)


class Participation(msgspec.Struct, frozen=True, kw_only=True):
    """A participant with all their stays, in order."""

    participant: Participant
    stays: tuple[Stay, ...]

    @property
    def came(self) -> bool:
        """Whether they were there at all."""
        return bool(self.stays)

    @property
    def present(self) -> bool:
        """Whether they are there now."""
        return any(stay.left_at is None for stay in self.stays)

    @property
    def joined_at(self) -> datetime | None:
        """When they first came."""
        return min((stay.joined_at for stay in self.stays), default=None)

    @property
    def left_at(self) -> datetime | None:
        """When they last left; None while they are there, and for those who did not come."""
        return None if self.present else max((stay.left_at for stay in self.stays if stay.left_at), default=None)

    def duration(self, now: datetime) -> timedelta:
        """How long they were there; time that two witnesses saw counts once."""
        return covered((stay.joined_at, stay.left_at or now) for stay in self.stays)


def covered(intervals: Iterable[tuple[datetime, datetime]]) -> timedelta:
    """Return the length of the union of intervals."""
    total = timedelta()
    until: datetime | None = None
    for start, end in sorted(intervals):
        begin = start if until is None or start > until else until
        if end > begin:
            total += end - begin
            until = end
    return total


def participations(participants: Sequence[Participant], found: Iterable[Stay]) -> tuple[Participation, ...]:
    """Return each participant with their own stays."""
    stays: dict[int, list[Stay]] = {participant.id: [] for participant in participants}
    for stay in found:
        stays[stay.participant].append(stay)
    return tuple(Participation(participant=one, stays=tuple(stays[one.id])) for one in participants)
