"""People over the API."""

import pytest

from parley.people import RIGHTS, Role
from tests.doors import Doors, field_errors

BOB = {"email": "bob@example.com", "name": "Bob", "role": "agent", "locale": "de", "time_zone": "Europe/Berlin"}


async def test_everybody_sees_themselves_and_what_their_token_may(doors: Doors) -> None:
    api = await doors.api(doors.cast.mia, scopes=frozenset({"me"}))
    answer = await api.get("/api/v1/me")
    seen = answer.json()
    assert (answer.status_code, answer.headers["etag"]) == (200, '"1"')
    assert seen["user"] | {"id": "", "created_at": ""} == {
        "id": "",
        "email": "mia@example.com",
        "name": "Mia",
        "role": "member",
        "status": "active",
        "locale": "en",
        "time_zone": "Europe/Berlin",
        "products": [],
        "most_attendees": None,
        "version": 1,
        "created_at": "",
    }
    assert seen["user"]["id"] == str(doors.cast.mia.person)
    assert seen["user"]["created_at"] == "2026-03-02T09:00:00Z"
    assert (seen["account"]["name"], seen["scopes"]) == ("Northwind", ["me"])


async def test_everybody_mends_their_own_profile(doors: Doors) -> None:
    api = await doors.api(doors.cast.mia)
    answer = await api.patch("/api/v1/me", json={"name": "Mia M.", "locale": "it"}, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
    assert (answer.json()["name"], answer.json()["locale"], answer.json()["time_zone"]) == (
        "Mia M.",
        "it",
        "Europe/Berlin",
    )


async def test_nobody_makes_themselves_an_administrator(doors: Doors) -> None:
    api = await doors.api(doors.cast.mia)
    answer = await api.patch("/api/v1/me", json={"role": "administrator"}, headers={"If-Match": '"1"'})
    assert (answer.status_code, list(field_errors(answer))) == (422, ["role"])


async def test_somebody_is_added_shown_changed_and_listed(doors: Doors) -> None:
    api = await doors.api(doors.cast.ada)
    added = await api.post("/api/v1/users", json=BOB)
    assert (added.status_code, added.json()["status"]) == (201, "active")
    address = f"/api/v1/users/{added.json()['id']}"
    changed = await api.patch(address, json={"role": "manager"}, headers={"If-Match": added.headers["etag"]})
    assert (changed.status_code, changed.json()["role"], changed.json()["version"]) == (200, "manager", 2)
    shown = await api.get(address)
    assert (shown.json(), shown.headers["etag"]) == (changed.json(), '"2"')
    listed = await api.get("/api/v1/users", params={"query": "BOB", "role": "manager", "status": "active"})
    assert listed.json() == {"items": [changed.json()], "next": None}


async def test_people_come_in_pages(doors: Doors) -> None:
    api = await doors.api(doors.cast.max)
    first = (await api.get("/api/v1/users", params={"limit": 3})).json()
    rest = (await api.get("/api/v1/users", params={"limit": 3, "cursor": first["next"]})).json()
    assert [user["name"] for user in first["items"] + rest["items"]] == ["Ada", "Max", "Mia", "Olga", "Otto"]
    assert rest["next"] is None


async def test_a_change_names_the_version_that_it_was_made_from(doors: Doors) -> None:
    api = await doors.api(doors.cast.ada)
    address = f"/api/v1/users/{doors.cast.mia.person}"
    assert (await api.patch(address, json={"name": "M"})).status_code == 428
    assert (await api.patch(address, json={"name": "M"}, headers={"If-Match": "*"})).status_code == 428
    nonsense = await api.patch(address, json={"name": "M"}, headers={"If-Match": '"abc"'})
    assert (nonsense.status_code, list(field_errors(nonsense))) == (422, ["If-Match"])
    stale = await api.patch(address, json={"name": "M"}, headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    assert stale.json()["current"] == (await api.get(address)).json()


async def test_every_wrong_field_is_named(doors: Doors) -> None:
    api = await doors.api(doors.cast.ada)
    error = {"email": "nobody", "name": "\x00", "locale": "xx", "time_zone": "Mars"}
    refused = await api.post("/api/v1/users", json=error)
    assert (refused.status_code, set(field_errors(refused))) == (422, {"email", "name", "locale", "time_zone"})
    refused = await api.post("/api/v1/users", json={"email": 5, "role": "king", "status": "active"})
    assert (refused.status_code, set(field_errors(refused))) == (422, {"email", "role", "status"})


async def test_a_suspended_person_is_out_with_the_next_request(doors: Doors) -> None:
    ada, mia = await doors.api(doors.cast.ada), await doors.api(doors.cast.mia)
    assert (await mia.get("/api/v1/me")).status_code == 200
    suspended = await ada.post(f"/api/v1/users/{doors.cast.mia.person}/suspend")
    assert (suspended.status_code, suspended.json()["status"]) == (200, "suspended")
    assert (await mia.get("/api/v1/me")).status_code == 401
    await ada.post(f"/api/v1/users/{doors.cast.mia.person}/reactivate")
    assert (await mia.get("/api/v1/me")).status_code == 200


async def test_the_last_administrator_stays(doors: Doors) -> None:
    api = await doors.api(doors.cast.ada)
    refused = await api.post(f"/api/v1/users/{doors.cast.ada.person}/suspend")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:parley:problem:conflict")


@pytest.mark.parametrize("user", ["0", "-5", "abc", "9" * 30, "5", "%00", "1.0"])
async def test_there_is_nobody_under_an_id_of_nothing(doors: Doors, user: str) -> None:
    api = await doors.api(doors.cast.ada)
    assert (await api.get(f"/api/v1/users/{user}")).status_code == 404
    assert (await api.post(f"/api/v1/users/{user}/suspend")).status_code == 404


async def test_people_of_another_account_are_not_there(doors: Doors) -> None:
    api = await doors.api(doors.cast.zoe)
    address = f"/api/v1/users/{doors.cast.mia.person}"
    for answer in (
        await api.get(address),
        await api.patch(address, json={"name": "Mine"}, headers={"If-Match": '"1"'}),
        await api.post(f"{address}/suspend"),
        await api.post(f"{address}/invitation"),
    ):
        assert answer.status_code == 404


@pytest.mark.parametrize("role", [Role.MANAGER, Role.MEMBER])
async def test_rights_decide_what_answers(doors: Doors, role: Role) -> None:
    caller = doors.cast.max if role is Role.MANAGER else doors.cast.mia
    api = await doors.api(caller)
    reading = 200 if "people:read" in RIGHTS[role] else 403
    assert (await api.get("/api/v1/users")).status_code == reading
    assert (await api.get("/api/v1/groups")).status_code == reading
    assert (await api.post("/api/v1/users", json=BOB)).status_code == 403
    assert (await api.post("/api/v1/groups", json={"name": "Crew"})).status_code == 403


async def test_a_group_lives_from_its_creation_to_its_deletion(doors: Doors) -> None:
    api = await doors.api(doors.cast.ada)
    mia, otto = str(doors.cast.mia.person), str(doors.cast.otto.person)
    created = await api.post("/api/v1/groups", json={"name": "Crew", "members": [mia]})
    assert (created.status_code, created.json()["members"]) == (201, [mia])
    address = f"/api/v1/groups/{created.json()['id']}"
    renamed = await api.patch(address, json={"description": "Night"}, headers={"If-Match": created.headers["etag"]})
    assert (renamed.json()["name"], renamed.json()["description"], renamed.json()["version"]) == ("Crew", "Night", 2)
    joined = await api.put(f"{address}/members", json={"members": [otto, mia]}, headers={"If-Match": '"2"'})
    assert (joined.json()["members"], joined.headers["etag"]) == (sorted([mia, otto], key=int), '"3"')
    assert (await api.get(address)).json() == joined.json()
    assert (await api.get("/api/v1/groups")).json() == {"items": [joined.json()], "next": None}
    stale = await api.delete(address, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["current"]) == (412, joined.json())
    assert (await api.delete(address, headers={"If-Match": '"3"'})).status_code == 204
    assert (await api.get(address)).status_code == 404


@pytest.mark.parametrize("members", [["5"], ["abc"], ["-1"], [5], "5"])
async def test_members_are_people_of_the_account(doors: Doors, members: object) -> None:
    api = await doors.api(doors.cast.ada)
    refused = await api.post("/api/v1/groups", json={"name": "Crew", "members": members})
    assert refused.status_code == 422
    assert [field.partition("[")[0] for field in field_errors(refused)] == ["members"]


async def test_licences_are_limited_and_given_out(doors: Doors) -> None:
    api = await doors.api(doors.cast.ada)
    limited = await api.patch("/api/v1/licences", json={"products": {"meeting": 1}, "sessions_at_once": 3})
    assert limited.json() == {
        "products": {
            "meeting": {"most": 1, "used": 0},
            "webinar": {"most": None, "used": 0},
            "training": {"most": None, "used": 0},
            "support": {"most": None, "used": 0},
        },
        "sessions_at_once": 3,
    }
    olga, otto = (f"/api/v1/users/{caller.person}" for caller in (doors.cast.olga, doors.cast.otto))
    licence = {"products": ["meeting"], "most_attendees": 25}
    given = await api.patch(olga, json=licence, headers={"If-Match": '"1"'})
    assert given.json() | licence == given.json()
    refused = await api.patch(otto, json=licence, headers={"If-Match": '"1"'})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "products.meeting")
    seen = await (await doors.api(doors.cast.olga)).get("/api/v1/licences")
    assert seen.json()["products"]["meeting"] == {"most": 1, "used": 1}


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ({"products": {"meeting": -1, "webinar": 10_000_000}}, {"products.meeting", "products.webinar"}),
        ({"sessions_at_once": 0, "products": {"training": -5}}, {"products.training", "sessions_at_once"}),
        ({"sessions_at_once": "many", "products": {"support": -5}}, {"products.support", "sessions_at_once"}),
    ],
)
async def test_every_limit_that_is_wrong_is_named(doors: Doors, written: dict[str, object], wrong: set[str]) -> None:
    refused = await (await doors.api(doors.cast.ada)).patch("/api/v1/licences", json=written)
    assert refused.status_code == 422
    assert {error["field"] for error in refused.json()["errors"]} == wrong


async def test_groups_have_parents(doors: Doors) -> None:
    api = await doors.api(doors.cast.ada)
    company = (await api.post("/api/v1/groups", json={"name": "Company"})).json()
    sales = (await api.post("/api/v1/groups", json={"name": "Sales", "parent": company["id"]})).json()
    assert (company["parent"], sales["parent"]) == (None, company["id"])
    version = {"If-Match": '"1"'}
    for parent in (sales["id"], "x"):
        refused = await api.patch(f"/api/v1/groups/{company['id']}", json={"parent": parent}, headers=version)
        assert (refused.status_code, list(field_errors(refused))) == (422, ["parent"])
    out = await api.patch(f"/api/v1/groups/{sales['id']}", json={"parent": None}, headers=version)
    assert (out.status_code, out.json()["parent"]) == (200, None)
