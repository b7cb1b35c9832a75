"""An invitation: who should come to a meeting, what they answer, and what may become of it."""

from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from parley.ground.faults import Conflict
from parley.ground.words import N_


class Reply(StrEnum):
    """What somebody answers, in the words of iCalendar (PARTSTAT)."""

    NEEDS_ACTION = "needs-action"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"


class Way(StrEnum):
    """How an answer came."""

    LINK = "link"
    MAIL = "mail"
    ACCOUNT = "account"


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is invited to a meeting, and to every occurrence of one that repeats."""

    id: int
    account: int
    meeting: int
    person: int | None
    """The user; None for somebody who is known by address only."""

    email: str
    """Their address; empty for a user who is deleted."""

    name: str
    required: bool
    group_name: str | None
    """The group by which they were invited, as it was called."""

    invited_by: int | None
    invited_at: datetime
    withdrawn_at: datetime | None = None
    reply: Reply = Reply.NEEDS_ACTION
    comment: str = ""
    replied_at: datetime | None = None
    replied_through: Way | None = None

    def need_valid(self) -> None:
        """Raise Conflict when it was withdrawn."""
        if self.withdrawn_at is not None:
            raise Conflict(N_("This invitation was withdrawn."))

    def answered(self, reply: Reply, *, comment: str, through: Way, at: datetime) -> "Invitation":
        """Return the invitation with an answer; one that is older than the last is late, and changes nothing."""
        self.need_valid()
        if self.replied_at is not None and at < self.replied_at:
            return self
        return replace(self, reply=reply, comment=comment, replied_at=at, replied_through=through)
