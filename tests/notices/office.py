"""An office with a meeting, a mail server, and the writer of notices, whose steps are taken one by one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import msgspec
from icalendar import Calendar

from parley import meetings
from parley.ground.db import Store
from parley.ground.mail import Mailer
from parley.ground.secrets import Keyring
from parley.letters import Delivery
from parley.meetings import Invitation, Meeting, MeetingChange, NewMeeting, Wanted
from parley.notices import Desk, NoticeWriter
from tests.cast import Cast
from tests.clock import SettableClock
from tests.postbox import Postbox

RING = Keyring(b"k" * 32)
URL = "https://parley.example.com"


async def ready() -> None:
    """The store is open."""


class Office:
    """Olga plans, people are invited, and what is written is in `postbox`."""

    def __init__(self, store: Store, clock: SettableClock, cast: Cast, postbox: Postbox) -> None:
        self.store = store
        self.clock = clock
        self.cast = cast
        self.postbox = postbox
        mailer = Mailer(postbox.url, sender="Parley <parley@example.com>")
        self.desk = Desk(url=URL, ring=RING, address=mailer.address, reads_answers=True)
        self.delivery = Delivery(store, mailer=mailer, ring=RING, clock=clock, ready=ready)
        self.writer = self.another_writer()

    def another_writer(self) -> NoticeWriter:
        """Return a writer as of another process."""
        return NoticeWriter(
            self.store, delivery=self.delivery, desk=self.desk, clock=self.clock, ready=ready, can_send=True
        )

    async def plan(self, *, days: int = 1, hour: int = 10, **more: Any) -> Meeting:  # noqa: ANN401
        """Plan a meeting of an hour, by the clock in Berlin."""
        start = (self.clock() + timedelta(days=days)).replace(hour=hour, minute=0, tzinfo=None)
        new = NewMeeting(
            title=more.pop("title", "Weekly"),
            starts_at=start.isoformat()[:16],
            ends_at=(start + timedelta(hours=1)).isoformat()[:16],
            time_zone="Europe/Berlin",
            **more,
        )
        return await self.store.write(meetings.schedule, new, password_hash=None, by=self.cast.olga, now=self.clock())

    async def invite(self, meeting: Meeting, *emails: str, required: bool = False) -> tuple[Invitation, ...]:
        """Invite people by their addresses."""
        wanted = [Wanted(email=email, required=required) for email in emails]
        return await self.store.write(meetings.invite, meeting.id, wanted, by=self.cast.olga, now=self.clock())

    async def change(self, meeting: Meeting, **fields: Any) -> Meeting:  # noqa: ANN401
        """Change the meeting as it is now."""
        return await self.store.write(
            meetings.change,
            meeting.id,
            MeetingChange(**fields),
            version=(await self.now(meeting)).version,
            password_hash=None,
            by=self.cast.olga,
            now=self.clock(),
        )

    async def cancel(self, meeting: Meeting) -> Meeting:
        """Cancel the meeting."""
        return await self.store.write(meetings.cancel, meeting.id, by=self.cast.olga, now=self.clock())

    async def now(self, meeting: Meeting) -> Meeting:
        """Return the meeting as it is now."""
        return await self.store.read(meetings.meeting_seen_by, meeting.id, by=self.cast.olga)

    async def mails(self) -> list["Mail"]:
        """Let a minute pass, write and send what is due, and return what arrived."""
        await self.writer.hear()
        self.clock.advance(minutes=1)
        await self.writer.write()
        await self.delivery.deliver()
        return [Mail.read(message) for message in self.postbox.taken_now()]


class Mail(msgspec.Struct, frozen=True):
    """A letter as it arrived, with its part for calendars read by another library."""

    to: str
    subject: str
    text: str
    method: str
    events: list[Any]
    message: EmailMessage

    @classmethod
    def read(cls, message: EmailMessage) -> "Mail":
        """Read a message."""
        body, part = message.get_body(("plain",)), message.get_body(("calendar",))
        assert body is not None
        calendar = None if part is None else Calendar.from_ical(part.get_content())
        return cls(
            str(message["To"]),
            str(message["Subject"]),
            body.get_content(),
            "" if calendar is None else str(calendar["METHOD"]),
            [] if calendar is None else [*calendar.walk("VEVENT")],
            message,
        )

    @property
    def starts(self) -> Sequence[datetime]:
        """When its events start."""
        return [event.decoded("dtstart") for event in self.events]

    @property
    def event(self) -> Any:  # noqa: ANN401 (of a library whose types say too much)
        """Its first event."""
        return self.events[0]
