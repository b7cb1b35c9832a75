"""Invitations on pages: the door of a personal link, answering by it, and who is invited to a meeting."""

from typing import Any

import pytest

from tests.doors import Doors
from tests.web.browser import Browser, browser_of

PLAN = {
    "title": "Quarterly planning",
    "starts_at": "2026-03-02T14:00",
    "ends_at": "2026-03-02T15:00",
    "time_zone": "Europe/Berlin",
    "password": "open sesame",
}


@pytest.fixture
async def meeting(doors: Doors) -> dict[str, Any]:
    """A meeting of Olga's with a password, to which Mia and Gwen are invited; `links` are theirs."""
    host = await doors.api(doors.cast.olga)
    made: dict[str, Any] = (await host.post("/api/v1/meetings", json=PLAN)).json()
    invitees = [{"person": str(doors.cast.mia.person)}, {"email": "gwen@guest.example", "name": "Gwen"}]
    invited = await host.post(f"/api/v1/meetings/{made['id']}/invitations", json={"invitees": invitees})
    items = invited.json()["items"]
    links = {each["name"]: each["link"].removeprefix(doors.app.state.settings.url) for each in items}
    return made | {"links": links, "ids": {each["name"]: each["id"] for each in items}}


async def test_a_personal_link_asks_for_nothing_and_is_kept_out_of_the_referrer(
    doors: Doors, meeting: dict[str, Any]
) -> None:
    stranger = Browser(doors.client())
    page = await stranger.see(meeting["links"]["Gwen"])
    assert page.shows("Quarterly planning", "You join as Gwen", "Say whether you come")
    assert "Your name" not in page.words
    assert "Password" not in page.words
    assert page.answer.headers["referrer-policy"] == "no-referrer"
    ordinary = await stranger.see(f"/join/{meeting['number']}")
    assert ordinary.shows("Your name", "Password of the meeting")
    assert meeting["links"]["Gwen"] not in (ordinary.answer.text)


async def test_somebody_elses_link_says_so(doors: Doors, meeting: dict[str, Any]) -> None:
    otto = await browser_of(doors, doors.cast.otto)
    assert (await otto.see(meeting["links"]["Gwen"])).shows("This is the personal link of Gwen", "You join as Otto")


async def test_a_pasted_personal_link_leads_to_its_page(doors: Doors, meeting: dict[str, Any]) -> None:
    answer = await doors.client().get("/join", params={"number": f"https://x.example{meeting['links']['Gwen']}"})
    assert answer.headers["location"] == meeting["links"]["Gwen"]


async def test_a_withdrawn_link_opens_the_ordinary_door_with_a_word(doors: Doors, meeting: dict[str, Any]) -> None:
    host = await doors.api(doors.cast.olga)
    await host.delete(f"/api/v1/meetings/{meeting['id']}/invitations/{meeting['ids']['Gwen']}")
    stranger = Browser(doors.client())
    page = await stranger.see(meeting["links"]["Gwen"])
    assert page.shows("This personal link opens nothing any more", "Your name", "Password of the meeting")
    unanswered = await stranger.see(meeting["links"]["Gwen"] + "/answer", status=404)
    assert unanswered.shows("There is nothing to answer here", "as everybody else")


async def test_an_answer_is_given_by_the_button_and_not_by_looking(doors: Doors, meeting: dict[str, Any]) -> None:
    stranger, path = Browser(doors.client()), meeting["links"]["Gwen"] + "/answer"
    page = await stranger.see(f"{path}?reply=accepted")
    assert page.shows("Gwen, Olga invites you:", "Quarterly planning", "Will you come?", "Send the answer")
    assert page.answer.headers["referrer-policy"] == "no-referrer"
    assert await replies(doors, meeting) == {"Mia": "needs-action", "Gwen": "needs-action"}
    assert (await stranger.send(path, {"reply": "declined", "comment": "On leave"})).goes_to == path
    assert (await stranger.see(path)).shows("Thank you. Your answer is known to the organizer.", "Change the answer")
    assert await replies(doors, meeting) == {"Mia": "needs-action", "Gwen": "declined"}
    assert (await stranger.send(path, {"reply": "declined", "comment": "x" * 501}, status=422)).shows("too long")
    assert (await stranger.send(path, {"reply": "perhaps"}, status=200)).shows("Will you come?")


async def test_a_cancelled_meeting_has_nothing_to_answer(doors: Doors, meeting: dict[str, Any]) -> None:
    await (await doors.api(doors.cast.olga)).delete(f"/api/v1/meetings/{meeting['id']}")
    stranger, path = Browser(doors.client()), meeting["links"]["Mia"] + "/answer"
    assert (await stranger.see(path)).shows("This meeting was cancelled. There is nothing left to answer.")
    await stranger.send(path, {"reply": "accepted"})
    assert (await stranger.see(path)).shows("This meeting was cancelled.")


async def replies(doors: Doors, meeting: dict[str, Any]) -> dict[str, str]:
    listed = await (await doors.api(doors.cast.olga)).get(f"/api/v1/meetings/{meeting['id']}/invitations")
    return {each["name"]: each["reply"] for each in listed.json()["items"]}
