"""Attendance as reports judge it: was somebody there, long enough, late, gone early."""

from datetime import datetime, timedelta

import msgspec

from parley.sessions import Kind, RoomRole

ROUNDING = 0.01
"""Per cent: databases reckon in milliseconds."""


class Attendance(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in a session, with what their stays add up to and the rules by which that is judged."""

    session: int
    kind: Kind
    meeting: int | None
    title: str
    host: int
    host_name: str
    planned_start: datetime
    planned_end: datetime
    started_at: datetime
    ended_at: datetime | None
    length: float
    """How many seconds the session lasted, or has until now."""

    participant: int
    person: int | None
    name: str
    role: RoomRole
    invited: bool
    required: bool
    joined_at: datetime | None
    """When they first came; None for who did not."""

    left_at: datetime | None
    """When they last left; None while they are there, and for who did not come."""

    seconds: float
    """How long they were there."""

    long_enough_percent: int
    late_after_minutes: int

    @property
    def came(self) -> bool:
        """Whether they were there at all."""
        return self.joined_at is not None

    @property
    def absent(self) -> bool:
        """Whether they were expected and did not come; while it runs they still may."""
        return self.invited and not self.came and self.ended_at is not None

    @property
    def share(self) -> float:
        """Which part of the session they were there, from 0 to 1."""
        return min(self.seconds / self.length, 1.0) if self.length > 0 else float(self.came)

    @property
    def long_enough(self) -> bool:
        """Whether that is enough to have attended it."""
        return self.came and 100 * self.share >= self.long_enough_percent - ROUNDING

    @property
    def late(self) -> timedelta | None:
        """How long after the start they came, when that is late."""
        if self.joined_at is None:
            return None
        after = self.joined_at - max(self.started_at, self.planned_start)
        return after if after > self._grace else None

    @property
    def early(self) -> timedelta | None:
        """How long before the end they went, when that is early; who goes at the planned end does not."""
        if self.left_at is None or self.ended_at is None:
            return None
        before = min(self.ended_at, self.planned_end) - self.left_at
        return before if before > self._grace else None

    @property
    def _grace(self) -> timedelta:
        return timedelta(minutes=self.late_after_minutes)


class PersonAttendance(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody's attendance in all sessions of a report comes to; guests are told apart by their names alone."""

    person: int | None
    name: str
    sessions: int
    """In how many they were expected or were."""

    came: int
    absent: int
    required_absent: int
    late: int
    early: int
    long_enough: int
    seconds: float
    length: float
    """How many seconds those sessions lasted in which they were expected or were."""

    @property
    def share(self) -> float:
        """Which part of those sessions they were there, from 0 to 1."""
        return min(self.seconds / self.length, 1.0) if self.length > 0 else float(bool(self.came))


class SessionAttendance(msgspec.Struct, frozen=True, kw_only=True):
    """What everybody's attendance in one session comes to."""

    session: int
    kind: Kind
    meeting: int | None
    title: str
    host: int
    host_name: str
    planned_start: datetime
    planned_end: datetime
    started_at: datetime
    ended_at: datetime | None
    length: float
    invited: int
    came: int
    absent: int
    required_absent: int
    late: int
    early: int
    long_enough: int
    seconds: float
