"""A template: what meetings of a kind begin with."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from parley.ground.faults import Forbidden
from parley.ground.words import N_
from parley.meetings.meeting import Meeting
from parley.people import Caller, Role

LONGEST_NAME = 100


class Guest(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody to be invited: a user, or somebody by address."""

    person: int | None = None
    email: str | None = None
    name: str | None = None
    required: bool = False


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What a meeting made from the template begins with; only the day is open."""

    title: str
    day: date
    """On which day the meeting was from which it was saved: by it a rule knows what it does not say itself."""

    start: time
    """The start as the clock on the wall shows it in the zone."""

    seconds: int
    time_zone: str
    recurrence: str | None = None
    co_organizers: tuple[int, ...] = ()
    invited: tuple[Guest, ...] = ()

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return timedelta(seconds=self.seconds)

    @classmethod
    def of(cls, meeting: Meeting, invited: tuple[Guest, ...]) -> "Content":
        """Return what there is to keep of a meeting."""
        local = meeting.starts_at.astimezone(ZoneInfo(meeting.time_zone))
        return cls(
            title=meeting.title,
            day=local.date(),
            start=local.time(),
            seconds=(meeting.ends_at - meeting.starts_at) // timedelta(seconds=1),
            time_zone=meeting.time_zone,
            recurrence=None if meeting.rule is None else str(meeting.rule),
            co_organizers=meeting.co_organizers,
            invited=invited,
        )


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A template, and whose it is."""

    id: int
    account: int
    person: int
    name: str
    shared: bool
    """Whether everybody of the account may use it, who plans meetings."""

    content: Content
    created_at: datetime

    def may_be_changed_by(self, by: Caller) -> bool:
        """Tell whether they may rename, share and delete it: whose it is, administrators."""
        return by.may("meetings:write") and (by.person == self.person or by.role is Role.ADMINISTRATOR)

    def need_owner(self, by: Caller) -> None:
        """Raise Forbidden unless they may change it."""
        if not self.may_be_changed_by(by):
            raise Forbidden(N_("Only whose template it is and administrators may do this with it."))
