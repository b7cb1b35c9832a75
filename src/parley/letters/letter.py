"""A letter: to whom, what for, how far it came, and when it is tried next."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec

from parley.ground.ids import new_id

LONGEST = timedelta(days=3)
"""For how long a letter is tried; a mail server that is away for longer is away."""

_PAUSES = (1, 5, 15, 60, 120, 240)
"""Minutes until the next attempt: after the first one, the second, …; the last holds from then on."""


class State(StrEnum):
    """How far a letter came."""

    WAITING = "waiting"
    """It is sent as soon as the mail server takes it."""

    SENT = "sent"
    """The mail server took it."""

    FAILED = "failed"
    """It was refused for good, came back, or was tried for too long."""

    WITHHELD = "withheld"
    """It was overtaken by events before it left: a newer one says more, or its time is over."""


class Kind(StrEnum):
    """What a letter is for."""

    INVITATION = "invitation"
    CHANGE = "change"
    CANCELLATION = "cancellation"
    REMINDER = "reminder"


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in a letter. It is sealed while it waits and then forgotten: it may hold a link that lets one in."""

    text: str
    calendar: str | None = None
    """A part for calendars (RFC 5545)."""

    method: str | None = None
    """What a calendar is to do with it (RFC 5546)."""

    writer: str | None = None
    """In whose name it is written."""

    reply_to: str | None = None


class NewLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter to be written. `once` names what it must not be sent twice for."""

    once: str
    account: int
    kind: Kind
    email: str
    subject: str
    content: Content
    meeting: int | None = None
    invitation: int | None = None
    thread: str | None = None
    expires_at: datetime | None = None


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter as it is kept."""

    id: int
    account: int
    kind: Kind
    email: str
    subject: str
    meeting: int | None
    invitation: int | None
    once: str
    """What it is written for; there is never a second one for the same."""

    thread: str | None
    """Of the letters of one thread the newest says all."""

    message: str
    """Its Message-ID without the domain: by this it is known when it comes back."""

    state: State
    attempts: int
    created_at: datetime
    next_at: datetime
    expires_at: datetime | None
    sealed: str | None
    settled_at: datetime | None = None
    """When it was sent, failed for good, or was withheld."""

    error: dict[str, Any] | None = None
    """What went wrong last: a message id and its parameters."""

    def put_off(self, error: dict[str, Any], *, now: datetime) -> "Letter":
        """Return the letter after an attempt that may go well later; failed when it was tried for long enough."""
        if now - self.created_at >= LONGEST:
            return self.failed(error, now=now)
        pause = _PAUSES[min(self.attempts, len(_PAUSES)) - 1]
        return msgspec.structs.replace(self, next_at=now + timedelta(minutes=pause), error=error)

    def failed(self, error: dict[str, Any], *, now: datetime) -> "Letter":
        """Return the letter as it failed."""
        return msgspec.structs.replace(self, state=State.FAILED, settled_at=now, error=error, sealed=None)

    def sent(self, *, now: datetime) -> "Letter":
        """Return the letter as it was sent."""
        return msgspec.structs.replace(self, state=State.SENT, settled_at=now, error=None, sealed=None)

    def withheld(self, *, now: datetime) -> "Letter":
        """Return the letter as it will never leave."""
        return msgspec.structs.replace(self, state=State.WITHHELD, settled_at=now, sealed=None)


def fresh(new: NewLetter, *, message: str, now: datetime) -> Letter:
    """Return the letter that this will be, still unsealed."""
    return Letter(
        id=new_id(),
        account=new.account,
        kind=new.kind,
        email=new.email,
        subject=new.subject,
        meeting=new.meeting,
        invitation=new.invitation,
        once=new.once,
        thread=new.thread,
        message=message,
        state=State.WAITING,
        attempts=0,
        created_at=now,
        next_at=now,
        expires_at=new.expires_at,
        sealed=None,
    )
