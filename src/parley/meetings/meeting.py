"""A meeting: what is planned, who may do what with it, and what may become of it."""

from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from parley.calendar import Rule, Stretch
from parley.ground.faults import Conflict, Forbidden, Stale
from parley.ground.words import N_
from parley.people import Caller, Lobby, Role
from parley.sessions import SessionView


class Stage(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    LIVE = "live"
    ENDED = "ended"
    CANCELLED = "cancelled"


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """A planned or immediate meeting. Each run of it is a session; whether it is live is read from these."""

    id: int
    account: int
    organizer: int
    number: int
    """Nine digits; with the link, it stays the same for ever."""

    title: str
    immediate: bool
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    has_password: bool
    """Whether guests are asked for a password when they join; its hash stays in the table."""

    co_organizers: tuple[int, ...]
    """The co-organizers; the organizer is not among them."""

    version: int
    created_at: datetime
    cancelled_at: datetime | None = None
    running: int | None = None
    """The live session."""

    last_end: datetime | None = None
    """When its last session ended."""

    lobby: Lobby | None = None
    """Who waits until a host lets them in; None leaves it to the account."""

    repeats_until: datetime | None = None
    """The end of its last occurrence; None when it does not repeat. Start and end are those of the first one."""

    stretches: tuple[Stretch, ...] = ()
    """How it repeats: one rule after the other."""

    @property
    def rule(self) -> Rule | None:
        """By which rule it repeats in the end; None when it does not repeat."""
        return self.stretches[-1].rule if self.stretches else None

    def stage(self, now: datetime) -> Stage:
        """Tell where the meeting stands. A run that was over before the planned start was a rehearsal.

        One that repeats is planned as long as occurrences are to come.
        """
        if self.cancelled_at is not None:
            return Stage.CANCELLED
        if self.running is not None:
            return Stage.LIVE
        if self.repeats_until is not None:
            return Stage.ENDED if self.repeats_until <= now else Stage.PLANNED
        took_place = self.last_end is not None and self.last_end >= self.starts_at
        return Stage.ENDED if took_place or self.ends_at <= now else Stage.PLANNED

    def organized_by(self, person: int | None) -> bool:
        """Tell whether this is the organizer or a co-organizer."""
        return person is not None and (person == self.organizer or person in self.co_organizers)

    def may_be_changed_by(self, by: Caller) -> bool:
        """Tell whether they may change, start and end it: organizer, co-organizers, administrators."""
        return by.may("meetings:write") and (by.role is Role.ADMINISTRATOR or self.organized_by(by.person))

    def may_be_cancelled_by(self, by: Caller) -> bool:
        """Tell whether they may cancel it and choose its co-organizers: organizer, administrators."""
        return by.may("meetings:write") and (by.role is Role.ADMINISTRATOR or by.person == self.organizer)

    def need_co_organizer(self, by: Caller) -> None:
        """Raise Forbidden unless they may change, start and end it."""
        if not self.may_be_changed_by(by):
            raise Forbidden(N_("Only its organizer, its co-organizers and administrators may do this with a meeting."))

    def need_organizer(self, by: Caller) -> None:
        """Raise Forbidden unless they may cancel it and choose its co-organizers."""
        if not self.may_be_cancelled_by(by):
            raise Forbidden(N_("Only its organizer and administrators may do this with a meeting."))

    def need_version(self, version: int) -> None:
        """Raise Stale unless this is the version that a change was made from."""
        if version != self.version:
            raise Stale(N_("Somebody changed this meeting in the meantime."), current=self)

    def need_standing(self) -> None:
        """Raise Conflict when it was cancelled."""
        if self.cancelled_at is not None:
            raise Cancelled(N_("This meeting was cancelled."))

    def need_open(self) -> int:
        """Return the session that runs; raises Cancelled or NotLive when there is none to come into."""
        self.need_standing()
        if self.running is None:
            raise NotLive(N_("This meeting is not live."))
        return self.running

    def cancelled(self, *, at: datetime) -> "Meeting":
        """Return the meeting as it stands cancelled; one that is live must be ended first."""
        if self.running is not None:
            raise Conflict(N_("This meeting is live. End it first, then cancel it."))
        return replace(self, cancelled_at=at, version=self.version + 1)


class Cancelled(Conflict):
    """The meeting was cancelled."""


class AlreadyLive(Conflict):
    """The meeting is live; `current` is the session that runs, as it is shown everywhere."""

    def __init__(self, message: str, *, current: SessionView) -> None:
        super().__init__(message)
        self.current = current


class NotLive(Conflict):
    """The meeting is not live: there is no room to come into, and nothing to end."""
