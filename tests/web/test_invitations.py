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


@pytest.fixture
async def olga(doors: Doors) -> Browser:
    return await browser_of(doors, doors.cast.olga)


TYPED = {"date": "2026-03-02", "start": "11:00", "end": "11:45", "time_zone": "Europe/Berlin"}


async def test_people_are_invited_where_a_meeting_is_made(doors: Doors, olga: Browser) -> None:
    typed = TYPED | {"find_invited": "mia", "invited_addresses": "Gwen Guest <gwen@guest.example>, sam@guest.example\n"}
    made = await olga.send("/meetings/new", typed, title="Stand-up", invited_required="1")
    page = str(made.goes_to).removesuffix("/created")
    assert (await olga.see(page)).shows("Invited no answer yet 3 people")
    invited = await olga.see(f"{page}/invitations")
    assert invited.shows("Mia mia@example.com", "Gwen Guest gwen@guest.example", "sam sam@guest.example", "required")
    assert (await olga.see("/")).shows("Stand-up 3 people are invited")
    hers = await (await browser_of(doors, doors.cast.mia)).see("/")
    assert hers.shows("Stand-up With Olga · 3 people are invited · Will you come?")
    await olga.send(f"{page}/start")
    assert (await olga.see("/")).shows("Mia, Gwen Guest, sam are missing")
    await olga.send(f"{page}/invitations", {"invited_addresses": "eve@guest.example\nolaf@guest.example"})
    assert (await olga.see("/")).shows("Mia, Gwen Guest, sam are missing, and 2 more")


async def test_more_are_invited_where_a_meeting_is_changed(
    doors: Doors, olga: Browser, meeting: dict[str, Any]
) -> None:
    path = f"/meetings/{meeting['id']}"
    form = await olga.see(f"{path}/edit")
    typed = {"version": "1", "title": "Yearly planning", "invited_addresses": "x"}
    fields = {name: form.fields[name] for name in ("date", "start", "end", "time_zone", "repeats")} | typed
    assert (await olga.send(f"{path}/edit", fields, status=422)).shows("“x” is not an e-mail address.")
    await olga.send(f"{path}/edit", fields | {"invited_addresses": "", "invited": str(doors.cast.otto.person)})
    assert (await olga.see(path)).shows("Yearly planning", "no answer yet 3 people")


async def test_everything_wrong_is_named_at_once_and_nothing_is_made(olga: Browser) -> None:
    typed = TYPED | {"find_invited": "nobody", "invited_addresses": "nowhere"}
    page = await olga.send("/meetings/new", typed, status=422, title="")
    assert page.shows("Nobody here is called “nobody”")
    page = await olga.send("/meetings/new", TYPED | {"invited_addresses": "x\ny@guest.example"}, status=422, title="")
    assert page.shows("2 things to mend", "“x” is not an e-mail address.", "Please fill this in.")
    assert (await olga.see("/meetings")).shows("Nothing planned")


async def test_the_page_of_the_invited_invites_marks_and_withdraws(
    doors: Doors, olga: Browser, meeting: dict[str, Any]
) -> None:
    page = f"/meetings/{meeting['id']}/invitations"
    assert (await olga.send(page, status=422)).shows("Name somebody to invite.")
    assert (await olga.send(page, {"invited_addresses": "gwen@guest.example"})).goes_to == page
    assert (await olga.see(page)).shows("They are invited already, or organize the meeting.")
    await olga.send(page, {"invited": str(doors.cast.otto.person)})
    assert (await olga.see(page)).shows("One person is invited.", "Otto otto@example.com no answer yet")
    gwen = meeting["ids"]["Gwen"]
    await olga.send(f"{page}/{gwen}/required", {"required": "1"})
    assert (await olga.see(page)).shows("Gwen gwen@guest.example no answer yet required")
    await olga.send(f"{page}/{gwen}/required")
    await olga.send(f"{page}/{gwen}/withdraw")
    seen = await olga.see(page)
    assert seen.shows("Gwen is not invited any more, and their link opens nothing.")
    assert "gwen@guest.example" not in seen.words


async def test_a_group_is_invited_as_it_is_now(doors: Doors, olga: Browser, meeting: dict[str, Any]) -> None:
    ada = await doors.api(doors.cast.ada)
    made = await ada.post("/api/v1/groups", json={"name": "Sales", "members": [str(doors.cast.max.person)]})
    page = f"/meetings/{meeting['id']}/invitations"
    assert (await olga.see(page)).shows("A whole group", "Sales")
    await olga.send(page, {"invited_group": made.json()["id"]})
    assert (await olga.see(page)).shows("Max max@example.com · Sales")


async def test_the_table_has_every_link_and_no_formulas(doors: Doors, olga: Browser, meeting: dict[str, Any]) -> None:
    page = f"/meetings/{meeting['id']}/invitations"
    await olga.send(page, {"invited_addresses": '"=cmd|calc" <eve@guest.example>'})
    answer = await olga.client.get(f"{page}.csv")
    assert answer.headers["content-disposition"] == f'attachment; filename="invited-{meeting["number"]}.csv"'
    lines = answer.text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").splitlines()
    url = doors.app.state.settings.url
    assert lines[0] == "Name,E-mail,Required,Answer,Comment,Link"
    assert lines[1] == f"Mia,mia@example.com,false,no answer yet,,{url}{meeting['links']['Mia']}"
    assert lines[3].startswith("'=cmd|calc,eve@guest.example,")


async def test_who_is_invited_answers_on_the_page_of_the_meeting(doors: Doors, meeting: dict[str, Any]) -> None:
    mia, page = await browser_of(doors, doors.cast.mia), f"/meetings/{meeting['id']}"
    seen = await mia.see(page)
    assert seen.shows("Will you come?", "Send the answer")
    assert "Invited people" not in seen.words
    await mia.send(f"{page}/reply", {"reply": "accepted", "comment": "With pleasure"})
    assert (await mia.see(page)).shows("Thank you. Your answer is known to the organizer.", "Change the answer")
    olga = await browser_of(doors, doors.cast.olga)
    assert (await olga.see(f"{page}/invitations")).shows("comes", "“With pleasure”")
    assert (await olga.see(page)).shows("comes 1 person")
    assert (await mia.see(f"{page}/invitations", status=403)).shows("meetings:write")
    await (await browser_of(doors, doors.cast.otto)).see(f"{page}/invitations", status=404)


async def test_more_invited_than_fit_are_said_so(doors: Doors, olga: Browser, meeting: dict[str, Any]) -> None:
    page = f"/meetings/{meeting['id']}/invitations"
    many = "\n".join(f"guest{number}@guest.example" for number in range(60))
    await olga.send(page, {"invited_addresses": many})
    seen = await olga.see(page)
    assert seen.shows("60 people are invited.", "More people are invited than fit in at once", "Show more")
