"""Reminders: once before each occurrence, and never of what is cancelled, moved away or over."""

from datetime import UTC, datetime

import pytest

from parley import meetings
from parley.ground.faults import Forbidden, Invalid
from parley.meetings import Meeting, OccurrenceChange, Reply, Way
from parley.notices import Reminder, find_reminder, set_reminder
from tests.notices.office import Mail, Office


@pytest.fixture
async def meeting(office: Office) -> Meeting:
    """Every day at 10:00 in Berlin, from tomorrow on; Eve and Mia know of it."""
    meeting = await office.plan(recurrence="FREQ=DAILY")
    await office.invite(meeting, "eve@example.org", "mia@example.com")
    await office.mails()
    return meeting


async def reminded(office: Office, at: datetime) -> list[Mail]:
    """Turn the clock, and return the reminders that arrive."""
    office.clock.set(at)
    await office.writer.remind()
    await office.writer.remind()
    await office.delivery.deliver()
    return [Mail.read(message) for message in office.postbox.taken_now()]


def tuesday(hour: int, minute: int = 0) -> datetime:
    """A time on the day of the first occurrence, which starts at 9:00 UTC."""
    return datetime(2026, 3, 3, hour, minute, tzinfo=UTC)


async def test_everybody_is_reminded_once_of_each_occurrence(office: Office, meeting: Meeting) -> None:
    assert await reminded(office, tuesday(8, 44)) == []
    mails = await reminded(office, tuesday(8, 45))
    assert sorted(mail.to for mail in mails) == ["eve@example.org", "mia@example.com"]
    assert (mails[0].subject, mails[0].method) == ("At 10:00: Weekly", "")
    assert "starts in 15 min" in mails[0].text
    assert f"/join/{meeting.number}/" in mails[0].text
    assert await reminded(office, tuesday(8, 50)) == []
    assert len(await reminded(office, datetime(2026, 3, 4, 8, 46, tzinfo=UTC))) == 2


async def test_who_declined_and_what_is_cancelled_or_over_is_left_alone(office: Office, meeting: Meeting) -> None:
    eve, _ = await office.store.read(meetings.everybody_invited, meeting.id)
    await office.store.write(meetings.respond, eve.id, Reply.DECLINED, through=Way.LINK, at=office.clock())
    wednesday = datetime(2026, 3, 4, 9, tzinfo=UTC)
    await office.store.write(
        meetings.cancel_occurrence, meeting.id, wednesday, version=1, by=office.cast.olga, now=office.clock()
    )
    await office.mails()
    assert [mail.to for mail in await reminded(office, tuesday(8, 46))] == ["mia@example.com"]
    assert await reminded(office, wednesday.replace(hour=8, minute=46)) == []
    assert await reminded(office, datetime(2026, 3, 5, 9, tzinfo=UTC)) == [], "a server that starts late is silent"


async def test_what_waits_when_the_meeting_moves_or_begins_is_not_sent(office: Office, meeting: Meeting) -> None:
    office.postbox.refusal = "451 later"
    assert await reminded(office, tuesday(8, 46)) == []
    await office.store.write(
        meetings.change_occurrence,
        meeting.id,
        tuesday(9),
        OccurrenceChange(starts_at="2026-03-03T12:00Z", ends_at="2026-03-03T13:00Z"),
        version=1,
        by=office.cast.olga,
        now=office.clock(),
    )
    office.postbox.refusal = None
    await office.mails()
    assert await reminded(office, tuesday(8, 55)) == []
    assert len(await reminded(office, tuesday(11, 46))) == 2, "and of the new time, once"


async def test_nobody_is_reminded_of_what_was_cancelled_or_withdrawn_meanwhile(
    office: Office, meeting: Meeting
) -> None:
    eve, mia = await office.store.read(meetings.everybody_invited, meeting.id)
    office.postbox.refusal = "451 later"
    await reminded(office, tuesday(8, 46))
    office.postbox.refusal = None
    await office.store.write(meetings.withdraw, meeting.id, eve.id, by=office.cast.olga, now=office.clock())
    mails = await office.mails()
    assert [(mail.to, mail.method) for mail in mails] == [(mia.email, ""), (eve.email, "CANCEL")]
    office.postbox.refusal = "451 later"
    await reminded(office, datetime(2026, 3, 4, 8, 46, tzinfo=UTC))
    office.postbox.refusal = None
    await office.cancel(meeting)
    assert [mail.method for mail in await office.mails()] == ["CANCEL"]


async def test_an_account_chooses_how_early_or_never(office: Office, meeting: Meeting) -> None:
    ada, clock, store = office.cast.ada, office.clock, office.store
    assert await store.read(find_reminder, by=ada) == Reminder(minutes_before=15)
    await store.write(set_reminder, Reminder(minutes_before=60), by=ada, now=clock())
    assert len(await reminded(office, tuesday(8))) == 2
    await store.write(set_reminder, Reminder(minutes_before=None), by=ada, now=clock())
    assert await reminded(office, datetime(2026, 3, 4, 8, 50, tzinfo=UTC)) == []
    with pytest.raises(Invalid):
        await store.write(set_reminder, Reminder(minutes_before=0), by=ada, now=clock())
    with pytest.raises(Forbidden):
        await store.write(set_reminder, Reminder(minutes_before=5), by=office.cast.olga, now=clock())
