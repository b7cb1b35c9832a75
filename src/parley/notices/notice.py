"""A notice: what one person is to be told about one part of a meeting."""

from datetime import datetime
from enum import StrEnum

import msgspec

from parley.letters import Kind
from parley.meetings import Meeting
from parley.notices.telling import Content, Telling, Told


class Why(StrEnum):
    """Why something is taken out of somebody's calendar."""

    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    """The meeting takes place, and they are no longer invited."""

    GONE = "gone"
    """The meeting takes place at other times."""


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """What one person is to be told about one part."""

    kind: Kind
    telling: Telling
    told: Told
    """What they were told once this is written."""

    before: Content | None = None
    """What they were told until now."""

    only: tuple[datetime, ...] = ()
    """The occurrences that are cancelled, where the others stay."""

    why: Why = Why.CANCELLED
    required: bool = False
    reply: str = "NEEDS-ACTION"
    silent: bool = False
    """Whether there is nothing to write: what it would take back never arrived."""

    @property
    def thread(self) -> str:
        """Of the letters of one thread the newest says all."""
        return thread_of(self.told.invitation, self.told.part)

    @property
    def once(self) -> str:
        """What its letter must not be written twice for."""
        return f"{self.thread}.{self.told.sequence}"


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is to be told about one meeting just now."""

    meeting: Meeting
    organizer: str
    organizer_email: str
    uid: str
    notices: tuple[Notice, ...]
    starts: tuple[datetime, ...] = ()
    """When its next occurrences start: reminders of others are stale."""


def reminders_of(invitation: int) -> str:
    """Return the name of the reminders to one person."""
    return f"{invitation}.reminder"


def thread_of(invitation: int, part: int) -> str:
    """Return the name of the letters to one person about one part."""
    return f"{invitation}.{part}"
