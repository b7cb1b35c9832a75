"""Composing: a notice becomes a letter, with a part for the calendar of who reads it."""

from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from parley.calendar import Attendee, Correspondent, Entry, cancellation, part_uid, request
from parley.ground.secrets import Keyring
from parley.letters import Content, Kind, NewLetter
from parley.meetings import personal_link
from parley.notices.notice import Notice, Work
from parley.notices.words import Reader, joining, subject, text

ALARM = timedelta(minutes=15)
"""How long before the start a calendar should say so."""


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """What it takes to write: the address of the server, its secret, its mail address, and who gets the answers."""

    url: str
    ring: Keyring
    address: str
    reads_answers: bool
    """Whether answers that calendars send come to the server's own mailbox; if not, they go to who organizes."""

    def link(self, invitation: int, *, number: int) -> str:
        """Return somebody's personal link."""
        return personal_link(invitation, number=number, url=self.url, ring=self.ring)

    def answers_to(self, organizer_email: str) -> str:
        """Return the address that a calendar sends an answer to."""
        return self.address if self.reads_answers else organizer_email or self.address


def compose(notice: Notice, work: Work, *, desk: Desk, now: datetime) -> NewLetter:
    """Return the letter of a notice."""
    reader = reader_of(notice)
    link = desk.link(notice.told.invitation, number=work.meeting.number)
    part = _part(notice, work, reader=reader, link=link, desk=desk, now=now)
    cancels = notice.kind is Kind.CANCELLATION
    content = Content(
        text=text(notice, reader, organizer=work.organizer, link=link, now=now),
        calendar=cancellation(part, only=notice.only) if cancels else request(part),
        method="CANCEL" if cancels else "REQUEST",
        writer=work.organizer,
        reply_to=work.organizer_email or None,
    )
    return NewLetter(
        once=notice.once,
        thread=notice.thread,
        account=work.meeting.account,
        kind=notice.kind,
        email=notice.told.email,
        subject=subject(notice, reader),
        content=content,
        meeting=work.meeting.id,
        invitation=notice.told.invitation,
    )


def reader_of(notice: Notice) -> Reader:
    """Return who reads a notice."""
    told = notice.told
    return Reader(name=told.name, language=told.language, time_zone=told.time_zone)


def _part(notice: Notice, work: Work, *, reader: Reader, link: str, desk: Desk, now: datetime) -> Entry:
    """Return the part as it stands in the calendar of who reads it."""
    part = notice.telling.content.entry(
        uid=part_uid(work.uid, notice.telling.part),
        url=link,
        sequence=notice.told.sequence,
        changed_at=now,
    )
    return replace(
        part,
        description=f"{joining(reader)}\n{link}",
        organizer=Correspondent(name=work.organizer, email=desk.answers_to(work.organizer_email)),
        attendee=Attendee(name=notice.told.name, email=notice.told.email, required=notice.required, reply=notice.reply),
        alarm=ALARM,
    )
