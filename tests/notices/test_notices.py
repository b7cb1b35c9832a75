"""What people who are invited get by mail, and what becomes of it in a calendar that another library reads."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from parley import meetings
from parley.ground.db import Connection
from parley.letters import NewLetter
from parley.letters.rows import letters
from parley.meetings import OccurrenceChange
from parley.notices import notice_writer
from parley.notices.compose import compose
from parley.notices.notice import Notice
from parley.notices.rows.told import told
from parley.people import UserChange, change_user, delete_user, find_user
from tests.notices.office import URL, Office


async def test_who_is_invited_gets_a_link_of_their_own_and_an_entry_for_their_calendar(office: Office) -> None:
    meeting = await office.plan(title="Budget; 2027")
    await office.invite(meeting, "eve@example.org", "mia@example.com", required=True)
    found = {mail.to: mail for mail in await office.mails()}
    assert {*found} == {"eve@example.org", "mia@example.com"}
    mail = found["eve@example.org"]
    link = str(mail.event["URL"])
    assert link.startswith(f"{URL}/join/{meeting.number}/")
    assert link != str(found["mia@example.com"].event["URL"])
    assert link in mail.text
    assert (mail.subject, mail.method) == ("Invitation: Budget; 2027", "REQUEST")
    assert "Tuesday, 3 March 2026, 10:00" in mail.text
    assert (str(mail.event["UID"]), mail.event["SEQUENCE"]) == (f"{meeting.number}@parley.example.com", 0)
    assert (str(mail.event["ATTENDEE"]), str(mail.event["ORGANIZER"])) == (
        "mailto:eve@example.org",
        "mailto:parley@example.com",
    )
    assert mail.event["ATTENDEE"].params["ROLE"] == "REQ-PARTICIPANT"
    assert str(mail.message["Reply-To"]) == "olga@example.com"
    assert mail.starts == [datetime(2026, 3, 3, 9, tzinfo=UTC)]
    assert await office.mails() == [], "and never again"


async def test_changes_within_a_minute_are_one_letter_that_takes_the_place_of_the_entry(office: Office) -> None:
    meeting = await office.plan()
    await office.invite(meeting, "eve@example.org")
    (first,) = await office.mails()
    await office.change(meeting, title="Monthly")
    await office.writer.hear()
    await office.change(meeting, starts_at="2026-03-04T15:00", ends_at="2026-03-04T16:00")
    (second,) = await office.mails()
    assert (second.subject, second.method) == ("Changed: Monthly", "REQUEST")
    assert second.event["UID"] == first.event["UID"]
    assert second.event["SEQUENCE"] > first.event["SEQUENCE"]
    assert second.starts == [datetime(2026, 3, 4, 14, tzinfo=UTC)]
    assert "Before, it was: Tuesday, 3 March 2026, 10:00" in second.text


async def test_what_changes_nothing_for_them_is_no_letter(office: Office) -> None:
    meeting = await office.plan()
    await office.invite(meeting, "eve@example.org")
    await office.mails()
    await office.change(meeting, co_organizers=(str(office.cast.otto.person),))
    assert await office.mails() == []


async def test_a_cancelled_meeting_is_taken_out_of_every_calendar(office: Office) -> None:
    meeting = await office.plan()
    await office.invite(meeting, "eve@example.org", "mia@example.com")
    before = {mail.to: mail for mail in await office.mails()}
    await office.cancel(meeting)
    after = await office.mails()
    assert {mail.to for mail in after} == {*before}
    for mail in after:
        assert (mail.subject, mail.method, mail.event["STATUS"]) == ("Cancelled: Weekly", "CANCEL", "CANCELLED")
        assert mail.event["SEQUENCE"] > before[mail.to].event["SEQUENCE"]
        assert "/join/" not in mail.text
    assert await office.mails() == []


async def test_who_is_no_longer_invited_loses_the_entry_and_gets_a_newer_one_when_invited_again(
    office: Office,
) -> None:
    meeting = await office.plan()
    (invitation, _) = await office.invite(meeting, "eve@example.org", "mia@example.com")
    sequences = [mail.event["SEQUENCE"] for mail in await office.mails() if mail.to == "eve@example.org"]
    await office.store.write(meetings.withdraw, meeting.id, invitation.id, by=office.cast.olga, now=office.clock())
    (mail,) = await office.mails()
    assert (mail.to, mail.method) == ("eve@example.org", "CANCEL")
    assert "Olga withdrew your invitation" in mail.text
    sequences.append(mail.event["SEQUENCE"])
    await office.invite(meeting, "eve@example.org")
    (mail,) = await office.mails()
    assert (mail.to, mail.method) == ("eve@example.org", "REQUEST")
    sequences.append(mail.event["SEQUENCE"])
    assert sequences == sorted({*sequences}), "a calendar takes only what is newer"


async def test_one_occurrence_is_moved_another_cancelled_and_the_entry_follows(office: Office) -> None:
    meeting = await office.plan(recurrence="FREQ=WEEKLY;COUNT=4")
    await office.invite(meeting, "eve@example.org")
    (mail,) = await office.mails()
    assert "every Tuesday, 4 times in all, 10:00" in mail.text
    second = datetime(2026, 3, 10, 9, tzinfo=UTC)
    await office.store.write(
        meetings.change_occurrence,
        meeting.id,
        second,
        OccurrenceChange(starts_at="2026-03-11T08:00", ends_at="2026-03-11T09:00"),
        version=1,
        by=office.cast.olga,
        now=office.clock(),
    )
    (mail,) = await office.mails()
    assert (mail.method, len(mail.events)) == ("REQUEST", 2)
    assert mail.events[1].decoded("recurrence-id") == second
    assert mail.starts[1] == datetime(2026, 3, 11, 7, tzinfo=UTC)
    assert "- Tuesday, 10 March 2026 is moved: Wednesday, 11 March 2026, 08:00" in mail.text
    third = datetime(2026, 3, 17, 9, tzinfo=UTC)
    await office.store.write(
        meetings.cancel_occurrence, meeting.id, third, version=2, by=office.cast.olga, now=office.clock()
    )
    (mail,) = await office.mails()
    assert (mail.subject, mail.method) == ("Cancelled on Tuesday, 17 March 2026: Weekly", "CANCEL")
    assert [event.decoded("recurrence-id") for event in mail.events] == [third]
    assert "- Tuesday, 17 March 2026 is cancelled." in mail.text
    assert "/join/" in mail.text, "the others stay"


async def test_from_one_occurrence_on_it_is_another_entry_and_goes_when_all_is_one_rule_again(office: Office) -> None:
    meeting = await office.plan(recurrence="FREQ=WEEKLY")
    await office.invite(meeting, "eve@example.org")
    await office.mails()
    await office.store.write(
        meetings.change_occurrence,
        meeting.id,
        datetime(2026, 3, 17, 9, tzinfo=UTC),
        OccurrenceChange(
            starts_at="2026-03-18T08:00", ends_at="2026-03-18T09:00", recurrence="FREQ=WEEKLY", and_following=True
        ),
        version=1,
        by=office.cast.olga,
        now=office.clock(),
    )
    found = await office.mails()
    uid = f"{meeting.number}@parley.example.com"
    assert [(mail.subject, str(mail.event["UID"])) for mail in found] == [
        ("Changed: Weekly", uid),
        ("Invitation: Weekly", f"1.{uid}"),
    ]
    assert "UNTIL" in found[0].event["RRULE"]
    await office.change(meeting, recurrence="FREQ=DAILY;COUNT=5")
    found = await office.mails()
    assert [(mail.subject, mail.method, str(mail.event["UID"])) for mail in found] == [
        ("Changed: Weekly", "REQUEST", uid),
        ("Dates cancelled: Weekly", "CANCEL", f"1.{uid}"),
    ]


async def test_a_change_before_the_invitation_could_leave_is_an_invitation(office: Office) -> None:
    meeting = await office.plan()
    await office.invite(meeting, "eve@example.org", "mia@example.com")
    office.postbox.refusal = "451 later"
    assert await office.mails() == []
    await office.change(meeting, title="Monthly")
    office.postbox.refusal = None
    assert [mail.subject for mail in await office.mails()] == ["Invitation: Monthly"] * 2


async def test_of_what_never_left_nobody_hears_that_it_was_cancelled(office: Office) -> None:
    meeting = await office.plan()
    await office.invite(meeting, "eve@example.org")
    await office.writer.hear()
    office.clock.advance(minutes=1)
    await office.writer.write()
    await office.cancel(meeting)
    assert await office.mails() == []


async def test_two_servers_write_once(office: Office) -> None:
    meeting = await office.plan()
    other = office.another_writer()
    await other.hear()
    await office.invite(meeting, *(f"guest-{number}@example.org" for number in range(120)))
    await other.hear()
    await office.writer.hear()
    office.clock.advance(minutes=1)
    assert await office.writer.write() + await other.write() == 120
    assert len(await office.mails()) == 120


async def test_of_who_is_deleted_no_address_and_no_letter_stays(office: Office) -> None:
    meeting = await office.plan()
    await office.invite(meeting, "mia@example.com", "eve@example.org")
    office.postbox.refusal = "451 later"
    await office.mails()
    await office.store.write(delete_user, office.cast.mia.person or 0, by=office.cast.ada, now=office.clock())
    office.postbox.refusal = None
    assert [mail.to for mail in await office.mails()] == ["eve@example.org"]
    assert await office.store.read(_kept) == {"eve@example.org"}


async def test_a_meeting_that_cannot_be_written_about_keeps_no_other_from_its_turn(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in ("Odd", "Even"):
        await office.invite(await office.plan(title=title), "eve@example.org")

    def stumbling(notice: Notice, *args: Any, **named: Any) -> NewLetter:  # noqa: ANN401
        if notice.telling.content.title == "Odd":
            raise RuntimeError(notice)
        return compose(notice, *args, **named)

    monkeypatch.setattr(notice_writer, "compose", stumbling)
    assert [mail.subject for mail in await office.mails()] == ["Invitation: Even"]
    monkeypatch.undo()
    office.clock.advance(minutes=5)
    assert [mail.subject for mail in await office.mails()] == ["Invitation: Odd"]


async def test_everybody_reads_it_in_their_language_and_zone(office: Office) -> None:
    meeting = await office.plan()
    await office.store.write(_speaks, office, "de", "America/New_York")
    await office.invite(meeting, "mia@example.com")
    (mail,) = await office.mails()
    assert mail.subject == "Einladung: Weekly"
    assert "Dienstag, 3. März 2026, 04:00" in mail.text


def _kept(db: Connection) -> set[str]:
    """Return every address that is kept beside the invitations."""
    return {email for table in (told, letters) for email in db.execute(select(table.c.email)).scalars()}


def _speaks(db: Connection, office: Office, locale: str, time_zone: str) -> None:
    mia = find_user(db, office.cast.mia.person or 0, by=office.cast.ada)
    change_user(
        db,
        mia.id,
        UserChange(locale=locale, time_zone=time_zone),
        version=mia.version,
        by=office.cast.ada,
        now=office.clock(),
    )
