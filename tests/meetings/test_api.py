"""Meetings over the API."""

from typing import Any

import httpx
import pytest

from tests.cast import let_max_manage
from tests.doors import Doors, field_errors
from tests.meetings.office import PLAN


@pytest.fixture
async def olga(doors: Doors) -> httpx.AsyncClient:
    return await doors.api(doors.cast.olga)


async def made(client: httpx.AsyncClient, **different: Any) -> dict[str, Any]:  # noqa: ANN401 (a field of any type)
    answer = await client.post("/api/v1/meetings", json=PLAN | different)
    assert answer.status_code == 201, answer.text
    meeting: dict[str, Any] = answer.json()
    return meeting


async def test_scheduling_answers_the_meeting(doors: Doors, olga: httpx.AsyncClient) -> None:
    otto = str(doors.cast.otto.person)
    answer = await olga.post("/api/v1/meetings", json=PLAN | {"co_organizers": [otto], "password": "open sesame"})
    meeting = answer.json()
    assert answer.status_code == 201
    assert answer.headers["etag"] == '"1"'
    assert answer.headers["location"].endswith(f"/api/v1/meetings/{meeting['id']}")
    assert meeting["join_url"] == f"{doors.app.state.settings.url}/join/{meeting['number']}"
    assert meeting == {
        "id": meeting["id"],
        "number": meeting["number"],
        "join_url": meeting["join_url"],
        "title": "Weekly",
        "stage": "planned",
        "immediate": False,
        "starts_at": "2026-03-02T13:00:00Z",
        "ends_at": "2026-03-02T14:00:00Z",
        "time_zone": "Europe/Berlin",
        "organizer": str(doors.cast.olga.person),
        "co_organizers": [otto],
        "recurrence": None,
        "repeats_until": None,
        "has_password": True,
        "lobby": None,
        "session": None,
        "version": 1,
        "created_at": "2026-03-02T09:00:00Z",
        "cancelled_at": None,
    }
    seen = await olga.get(f"/api/v1/meetings/{meeting['id']}")
    assert (seen.status_code, seen.json(), seen.headers["etag"]) == (200, meeting, '"1"')


async def test_the_password_is_never_answered(olga: httpx.AsyncClient) -> None:
    meeting = await made(olga, password="open sesame")
    stale = await olga.patch(f"/api/v1/meetings/{meeting['id']}", json={}, headers={"If-Match": '"9"'})
    for answer in (await olga.get("/api/v1/meetings"), stale):
        assert "argon2" not in answer.text
        assert "sesame" not in answer.text


async def test_a_change_names_the_version_that_it_was_made_from(olga: httpx.AsyncClient) -> None:
    path = f"/api/v1/meetings/{(await made(olga))['id']}"
    without = await olga.patch(path, json={"title": "Monthly"})
    assert without.status_code == 428
    changed = await olga.patch(path, json={"title": "Monthly"}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.json()["version"], changed.headers["etag"]) == (200, 2, '"2"')
    stale = await olga.patch(path, json={"title": "Yearly"}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["current"]) == (412, changed.json())


async def test_a_link_survives_every_change(olga: httpx.AsyncClient) -> None:
    meeting = await made(olga)
    changes = {"title": "x", "starts_at": "2026-04-01T10:00:00Z", "ends_at": "2026-04-01T11:00:00Z", "password": "1234"}
    changed = await olga.patch(f"/api/v1/meetings/{meeting['id']}", json=changes, headers={"If-Match": '"1"'})
    assert {**changed.json(), "join_url": 0}["number"] == meeting["number"]
    assert changed.json()["join_url"] == meeting["join_url"]


@pytest.mark.parametrize("field", ["id", "number", "organizer", "version", "colour"])
async def test_what_cannot_be_chosen_is_refused(olga: httpx.AsyncClient, field: str) -> None:
    meeting = await made(olga)
    created = await olga.post("/api/v1/meetings", json=PLAN | {field: "1"})
    changed = await olga.patch(f"/api/v1/meetings/{meeting['id']}", json={field: "1"}, headers={"If-Match": '"1"'})
    for answer in (created, changed):
        assert answer.status_code == 422
        assert set(field_errors(answer)) == {field}


async def test_a_start_in_the_past_and_an_end_before_it_are_both_named(olga: httpx.AsyncClient) -> None:
    wrong = {"starts_at": "2026-03-01T14:00", "ends_at": "2026-03-01T13:00"}
    answer = await olga.post("/api/v1/meetings", json=PLAN | wrong)
    assert answer.status_code == 422
    assert set(field_errors(answer)) == {"starts_at", "ends_at"}


async def test_starting_and_ending_answer_the_session(olga: httpx.AsyncClient) -> None:
    meeting = await made(olga)
    path = f"/api/v1/meetings/{meeting['id']}"
    started = await olga.post(f"{path}/start")
    session = started.json()
    assert (started.status_code, session["state"], session["meeting"]) == (200, "live", meeting["id"])
    live = (await olga.get(path)).json()
    assert (live["stage"], live["session"]) == ("live", session["id"])
    again = await olga.post(f"{path}/start")
    assert (again.status_code, again.json()["current"]["id"]) == (409, session["id"])
    ended = await olga.post(f"{path}/end")
    assert (ended.status_code, ended.json()["id"], ended.json()["state"]) == (200, session["id"], "ended")
    assert (await olga.post(f"{path}/end")).status_code == 409


async def test_meeting_now_is_live(olga: httpx.AsyncClient) -> None:
    answer = await olga.post("/api/v1/meetings/now", json={"title": "Quick one"})
    assert (answer.status_code, answer.json()["stage"], answer.json()["immediate"]) == (201, "live", True)


async def test_deleting_cancels_and_the_record_stays(olga: httpx.AsyncClient) -> None:
    path = f"/api/v1/meetings/{(await made(olga))['id']}"
    assert (await olga.delete(path, headers={"If-Match": '"7"'})).status_code == 412
    assert (await olga.delete(path)).status_code == 204
    assert (await olga.delete(path)).status_code == 204
    assert (await olga.get(path)).json()["stage"] == "cancelled"
    assert (await olga.post(f"{path}/start")).status_code == 409


async def test_a_live_meeting_is_not_deleted(olga: httpx.AsyncClient) -> None:
    met = (await olga.post("/api/v1/meetings/now", json={"title": "Quick one"})).json()
    answer = await olga.delete(f"/api/v1/meetings/{met['id']}")
    assert (answer.status_code, answer.json()["detail"]) == (409, "This meeting is live. End it first, then cancel it.")


async def test_another_accounts_meeting_is_not_there(doors: Doors, olga: httpx.AsyncClient) -> None:
    path = f"/api/v1/meetings/{(await made(olga))['id']}"
    zoe = await doors.api(doors.cast.zoe)
    answers = [
        await zoe.get(path),
        await zoe.patch(path, json={"title": "Mine"}, headers={"If-Match": '"1"'}),
        await zoe.delete(path),
        await zoe.post(f"{path}/start"),
        await zoe.post(f"{path}/end"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 5
    assert (await zoe.get("/api/v1/meetings")).json() == {"items": [], "next": None}


async def test_a_manager_sees_it_but_may_not_change_it(doors: Doors, olga: httpx.AsyncClient) -> None:
    await doors.store.write(let_max_manage, doors.cast, doors.cast.olga, now=doors.clock())
    path = f"/api/v1/meetings/{(await made(olga))['id']}"
    boss = await doors.api(doors.cast.max)
    assert (await boss.get(path)).status_code == 200
    changed = await boss.patch(path, json={"title": "Mine"}, headers={"If-Match": '"1"'})
    assert changed.status_code == 403


async def test_a_list_has_filters(doors: Doors, olga: httpx.AsyncClient) -> None:
    for number in (3, 4, 5):
        times = {"starts_at": f"2026-03-0{number}T10:00:00Z", "ends_at": f"2026-03-0{number}T11:00:00Z"}
        await made(olga, title=f"Day {number}", **times)

    async def titles(**filters: str) -> list[str]:
        answer = await olga.get("/api/v1/meetings", params=filters)
        assert answer.status_code == 200, answer.text
        return [meeting["title"] for meeting in answer.json()["items"]]

    assert await titles() == ["Day 5", "Day 4", "Day 3"]
    assert await titles(order="earliest", limit="2") == ["Day 3", "Day 4"]
    assert await titles(**{"from": "2026-03-04T00:00:00Z", "to": "2026-03-05T00:00:00Z"}) == ["Day 4"]
    assert await titles(query="day 3") == ["Day 3"]
    assert await titles(organizer=str(doors.cast.olga.person), stage="planned") == ["Day 5", "Day 4", "Day 3"]
    assert await titles(stage="live") == await titles(organizer="1") == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("from", "yesterday"),
        ("from", "253402300800"),
        ("from", "9999-12-31T23:59:59-23:59"),
        ("to", "2026-03-02T10:00:00"),
        ("organizer", "-1"),
        ("organizer", "x"),
        ("stage", "over"),
        ("order", "random"),
        ("limit", "0"),
        ("limit", "201"),
        ("limit", "x"),
        ("cursor", "x"),
    ],
)
async def test_a_filter_that_is_none_is_named(olga: httpx.AsyncClient, name: str, value: str) -> None:
    answer = await olga.get("/api/v1/meetings", params={name: value})
    assert answer.status_code == 422
    assert set(field_errors(answer)) == {name}


async def test_a_list_goes_on_behind_its_cursor(olga: httpx.AsyncClient) -> None:
    for _ in range(3):
        await made(olga)
    first = (await olga.get("/api/v1/meetings", params={"limit": "2"})).json()
    second = (await olga.get("/api/v1/meetings", params={"limit": "2", "cursor": first["next"]})).json()
    assert [len(page["items"]) for page in (first, second)] == [2, 1]
    assert second["next"] is None
    assert len({meeting["id"] for page in (first, second) for meeting in page["items"]}) == 3
