"""A session: one run of what was planned or asked for."""

from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from parley.ground.faults import Conflict
from parley.ground.words import N_


class Kind(StrEnum):
    """What a session is a run of."""

    MEETING = "meeting"


class State(StrEnum):
    """A session begins live, ends once, and stays ended."""

    LIVE = "live"
    ENDED = "ended"


class Ending(StrEnum):
    """What ended a session."""

    HOST = "host"
    """Somebody who may do so ended it for all."""

    RECONCILED = "reconciled"
    """Nobody had been in it for long; it is written as ended when the last person left."""


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One run, with its title and host as they were when it began."""

    id: int
    account: int
    kind: Kind
    meeting: int | None
    title: str
    host: int
    host_name: str
    planned_start: datetime
    planned_end: datetime
    state: State
    started_at: datetime
    ended_at: datetime | None = None
    ended_by: Ending | None = None
    ended_by_person: int | None = None
    most_attendees: int | None = None
    """The most people at once that the host's licence allowed when it began; None when there was no limit."""

    attended: int = 0
    """How many participants were there at some time."""

    def ended(self, *, at: datetime, how: Ending, by: int | None) -> "Session":
        """Return the session as it stands when it is over; what is over cannot end again."""
        if self.state is State.ENDED:
            raise Conflict(N_("This session has ended already."))
        over = max(at, self.started_at)
        return replace(self, state=State.ENDED, ended_at=over, ended_by=how, ended_by_person=by)
