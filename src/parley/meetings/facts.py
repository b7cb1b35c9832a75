"""What becomes true about meetings."""

from datetime import datetime

from parley.ground.facts import Fact


class MeetingScheduled(Fact, frozen=True, tag="meeting.scheduled"):
    """A meeting was made: planned, or `immediate`. Its link and number stay the same from now on."""

    title: str
    number: int
    organizer: int
    immediate: bool
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    recurrence: str | None = None


class MeetingChanged(Fact, frozen=True, tag="meeting.changed"):
    """A meeting was changed. `fields` names what is different now; the rest is how it stands after the change."""

    fields: tuple[str, ...]
    version: int
    title: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    recurrence: str | None = None


class OccurrenceChanged(Fact, frozen=True, tag="meeting.occurrence_changed"):
    """One occurrence of a meeting that repeats takes place at another time; `original_start` is when its rule says."""

    original_start: datetime
    starts_at: datetime
    ends_at: datetime
    version: int


class OccurrenceCancelled(Fact, frozen=True, tag="meeting.occurrence_cancelled"):
    """One occurrence of a meeting that repeats was cancelled; `original_start` is when its rule says."""

    original_start: datetime
    version: int


class MeetingHandedOver(Fact, frozen=True, tag="meeting.handed_over"):
    """A meeting has another organizer (ids of users); its number and link stay."""

    title: str
    organizer: int
    before: int


class MeetingCancelled(Fact, frozen=True, tag="meeting.cancelled"):
    """A meeting was cancelled: nobody can start it or come in any more. Its record stays."""

    title: str


class PersonInvited(Fact, frozen=True, tag="invitation.made"):
    """Somebody was invited to a meeting; the subject is the invitation. `person` is empty for who is no user."""

    meeting: int
    person: int | None
    name: str
    required: bool


class InvitationChanged(Fact, frozen=True, tag="invitation.changed"):
    """Whether somebody is required is different now."""

    meeting: int
    person: int | None
    required: bool


class InvitationWithdrawn(Fact, frozen=True, tag="invitation.withdrawn"):
    """An invitation to a meeting was withdrawn: its personal link lets nobody in any more."""

    meeting: int
    person: int | None
    name: str


class PersonalLinkShared(Fact, frozen=True, tag="invitation.shared"):
    """A personal link was used by somebody else who is signed in, or on a second device while whose it is was there."""

    meeting: int
    session: int
    participant: int
    name: str


class InvitationAnswered(Fact, frozen=True, tag="invitation.answered"):
    """Somebody who is invited said whether they come: accepted, declined, tentative. `through`: link, mail, account."""

    meeting: int
    person: int | None
    name: str
    reply: str
    through: str


class TemplateSaved(Fact, frozen=True, tag="meeting_template.saved"):
    """A template for meetings was saved, renamed or shared; `shared` is whether everybody of the account may use it."""

    name: str
    shared: bool


class TemplateDeleted(Fact, frozen=True, tag="meeting_template.deleted"):
    """A template for meetings was deleted; meetings that were made from it stay."""

    name: str
