"""Answers that calendars send, put into a real mailbox (Dovecot), and what becomes of them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from icalendar import Calendar, vCalAddress

from parley import meetings
from parley.ground.db import Store
from parley.ground.faults import CredentialsRefused, Unreachable
from parley.letters import State, failed_letters
from parley.meetings import Meeting, Reply
from parley.notices import AnswerReader, Mailbox, read_message
from parley.notices.rows.mailboxes import Place
from tests.clock import SettableClock
from tests.notices.dovecot import Dovecot, running_dovecot
from tests.notices.office import URL, Mail, Office, ready
from tests.postgres import free_port


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot() as dovecot:
        yield dovecot


class Reader:
    """Reads the mailbox as the app does."""

    def __init__(self, store: Store, clock: SettableClock, dovecot: Dovecot) -> None:
        self.mailbox = Mailbox(dovecot.url)
        self.clock = clock
        self.reader = AnswerReader(store, mailbox=dovecot.url, url=URL, clock=clock, ready=ready)

    async def read(self) -> int:
        """Let a minute pass, and return how many messages counted."""
        self.clock.advance(minutes=1)
        return await self.reader.read(self.mailbox)


@pytest.fixture
def reader(store: Store, clock: SettableClock, dovecot: Dovecot) -> Reader:
    return Reader(store, clock, dovecot)


def answer_to(mail: Mail, partstat: str, *, at: datetime, sender: str | None = None, comment: str = "") -> EmailMessage:
    """Return what a mail program answers: the entry with PARTSTAT, as RFC 5546 has it."""
    part = mail.message.get_body(("calendar",))
    assert part is not None
    calendar = Calendar.from_ical(part.get_content())
    calendar["METHOD"] = "REPLY"
    for event in calendar.walk("VEVENT"):
        attendee = vCalAddress(str(event["ATTENDEE"]))
        attendee.params["PARTSTAT"] = partstat
        event["ATTENDEE"] = attendee
        del event["DTSTAMP"]
        event.add("dtstamp", at)
        if comment:
            event.add("comment", comment)
    reply = EmailMessage()
    reply["From"] = f"Somebody <{sender or mail.to}>"
    reply["To"] = str(calendar.walk("VEVENT")[0]["ORGANIZER"]).removeprefix("mailto:")
    reply["Subject"] = f"{partstat.capitalize()}: {mail.subject}"
    reply.set_content("See the attachment.")
    reply.add_alternative(calendar.to_ical().decode(), subtype="calendar", params={"method": "REPLY"})
    return reply


def returned(mail: Mail, *, action: str = "failed", recipient: str | None = None) -> bytes:
    """Return the report of a mail server that could not deliver (RFC 3464)."""
    lines = [
        "From: MAILER-DAEMON@example.org",
        "To: parley@example.com",
        "Subject: Undelivered Mail Returned to Sender",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "Sorry.",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example.org",
        "",
        f"Final-Recipient: rfc822; {recipient or mail.to}",
        f"Action: {action}",
        "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 5.1.1 No such user",
        "",
        "--b",
        "Content-Type: text/rfc822-headers",
        "",
        f"Message-ID: {mail.message['Message-ID']}",
        "",
        "--b--",
        "",
    ]
    return "\n".join(lines).encode()


async def _reply(office: Office, meeting: Meeting) -> dict[str, tuple[Reply, str]]:
    found = await office.store.read(meetings.everybody_invited, meeting.id)
    return {each.email: (each.reply, each.comment) for each in found}


async def test_an_answer_is_read_back_from_the_mailbox_and_the_newest_counts(
    office: Office, reader: Reader, dovecot: Dovecot
) -> None:
    meeting = await office.plan()
    await office.invite(meeting, "eve@example.org", "bob@example.org")
    eve, bob = sorted(await office.mails(), key=lambda mail: mail.to, reverse=True)
    now = office.clock()
    dovecot.put(answer_to(eve, "ACCEPTED", at=now, comment="With\npleasure"))
    dovecot.put(answer_to(eve, "DECLINED", at=now.replace(hour=1)))
    dovecot.put(answer_to(bob, "TENTATIVE", at=now.replace(year=2040)))
    assert await reader.read() == 2
    assert await _reply(office, meeting) == {
        "eve@example.org": (Reply.ACCEPTED, "With pleasure"),
        "bob@example.org": (Reply.TENTATIVE, ""),
    }
    assert await reader.read() == 0, "it is read once"
    office.clock.advance(minutes=1)
    dovecot.put(answer_to(bob, "DECLINED", at=office.clock()))
    assert await reader.read() == 1, "what was dated far ahead does not hold up what comes later"
    assert (await _reply(office, meeting))["bob@example.org"][0] is Reply.DECLINED


async def test_nobody_answers_for_another_or_to_times_that_no_longer_stand(
    office: Office, reader: Reader, dovecot: Dovecot
) -> None:
    meeting = await office.plan()
    await office.invite(meeting, "eve@example.org")
    (mail,) = await office.mails()
    dovecot.put(answer_to(mail, "ACCEPTED", at=office.clock(), sender="bob@example.org"))
    assert await reader.read() == 0
    await office.change(meeting, title="Renamed")
    await office.mails()
    dovecot.put(answer_to(mail, "ACCEPTED", at=office.clock()))
    assert await reader.read() == 1, "the times are the same"
    await office.change(meeting, starts_at="2026-03-09T15:00", ends_at="2026-03-09T16:00")
    await office.mails()
    dovecot.put(answer_to(mail, "DECLINED", at=office.clock()))
    assert await reader.read() == 0
    assert (await _reply(office, meeting))["eve@example.org"][0] is Reply.ACCEPTED


async def test_a_letter_that_comes_back_is_shown_to_have_failed(
    office: Office, reader: Reader, dovecot: Dovecot
) -> None:
    meeting = await office.plan()
    await office.invite(meeting, "eve@example.org")
    (mail,) = await office.mails()
    dovecot.put(returned(mail, action="delayed"))
    dovecot.put(returned(mail, recipient="bob@example.org"))
    assert await reader.read() == 0
    dovecot.put(returned(mail))
    assert await reader.read() == 1
    (letter,) = await office.store.read(failed_letters, meeting.id, limit=10)
    assert (letter.state, letter.email) == (State.FAILED, "eve@example.org")
    assert letter.error == {
        "message": "It came back: %(answer)s",
        "parameters": {"answer": "550 5.1.1 No such user"},
    }


async def test_what_strangers_write_does_no_harm(office: Office, reader: Reader, dovecot: Dovecot) -> None:
    meeting = await office.plan()
    await office.invite(meeting, "eve@example.org")
    (mail,) = await office.mails()
    good = answer_to(mail, "ACCEPTED", at=office.clock())
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (at, at) for at in range(2000))
    text = good.as_bytes()
    for raw in (
        b"",
        b"\xff\xfe\x00garbage",
        deep,
        b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nEND:VCALENDAR\n",
        b"Content-Type: multipart/report\n\n",
        text + b"x" * 2_000_000,
    ):
        assert read_message(raw) is None, raw[:80]
        dovecot.put(raw or b"\n")
    dovecot.put(good)
    assert await reader.read() == 1


async def test_a_mailbox_that_does_not_answer_or_let_us_in_says_so(dovecot: Dovecot) -> None:
    Mailbox(dovecot.url).check()
    place, now = Place(0, 0), datetime(2026, 3, 2, tzinfo=UTC)
    with pytest.raises(CredentialsRefused):
        Mailbox(dovecot.url.replace("p%40ss", "wrong")).read(place, now=now)
    with pytest.raises(Unreachable):
        Mailbox(dovecot.url + "Nothing").read(place, now=now)
    with pytest.raises(Unreachable):
        Mailbox(f"imap://parley:x@127.0.0.1:{free_port()}").read(place, now=now)
