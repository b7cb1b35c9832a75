"""How mail fares, shown to who organizes; and writing again."""

import pytest

from parley import notices
from parley.ground.faults import Forbidden, NotFound
from tests.doors import Doors
from tests.notices.office import Office


async def test_who_could_not_be_reached_is_shown_and_written_to_again(office: Office) -> None:
    meeting = await office.plan()
    (nobody, _) = await office.invite(meeting, "code-550@example.org", "eve@example.org")
    await office.mails()
    post = await office.store.read(notices.post_of, meeting.id, by=office.cast.olga)
    assert (post.waiting, post.sent, post.failed) == (0, 1, 1)
    (failed,) = post.undelivered
    assert (failed.invitation, failed.email, failed.why_parameters["code"]) == (
        nobody.id,
        "code-550@example.org",
        "550",
    )
    await office.store.write(notices.write_again, meeting.id, nobody.id, by=office.cast.olga, now=office.clock())
    await office.mails()
    post = await office.store.read(notices.post_of, meeting.id, by=office.cast.olga)
    assert (post.sent, post.failed) == (1, 1), "it was tried again; what failed before is not counted twice"


async def test_writing_again_says_how_the_meeting_stands_now(office: Office) -> None:
    meeting = await office.plan()
    (eve,) = await office.invite(meeting, "eve@example.org")
    (first,) = await office.mails()
    await office.store.write(notices.write_again, meeting.id, eve.id, by=office.cast.olga, now=office.clock())
    (second,) = await office.mails()
    assert (second.subject, second.event["SEQUENCE"]) == ("Invitation: Weekly", first.event["SEQUENCE"] + 1)


async def test_only_who_leads_the_meeting_sees_and_does_that(office: Office) -> None:
    meeting = await office.plan()
    (mia,) = await office.invite(meeting, "mia@example.com")
    with pytest.raises(Forbidden):
        await office.store.read(notices.post_of, meeting.id, by=office.cast.mia)
    with pytest.raises((Forbidden, NotFound)):
        await office.store.write(notices.write_again, meeting.id, mia.id, by=office.cast.otto, now=office.clock())
    with pytest.raises(NotFound):
        await office.store.write(notices.write_again, meeting.id, 17, by=office.cast.olga, now=office.clock())


async def test_the_api_shows_letters_and_the_reminder(doors: Doors) -> None:
    olga, ada = await doors.api(doors.cast.olga), await doors.api(doors.cast.ada)
    new = {"title": "Review", "starts_at": "2026-03-03T10:00", "ends_at": "2026-03-03T11:00"}
    meeting = (await olga.post("/api/v1/meetings", json=new)).json()["id"]
    letters = await olga.get(f"/api/v1/meetings/{meeting}/letters")
    assert (letters.status_code, letters.json()) == (
        200,
        {"waiting": 0, "sent": 0, "failed": 0, "undelivered": []},
    )
    assert (await olga.post(f"/api/v1/meetings/{meeting}/invitations/17/letters")).status_code == 404
    assert (await olga.get("/api/v1/reminder")).json() == {"minutes_before": 15}
    assert (await olga.put("/api/v1/reminder", json={"minutes_before": 5})).status_code == 403
    assert (await ada.put("/api/v1/reminder", json={"minutes_before": 5000})).status_code == 422
    assert (await ada.put("/api/v1/reminder", json={"minutes_before": None})).json() == {"minutes_before": None}
