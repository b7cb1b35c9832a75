"""Tokens and invitations over the API."""

from datetime import timedelta

from tests.doors import Doors, field_errors


async def test_a_token_is_created_used_listed_and_revoked(doors: Doors) -> None:
    api = await doors.api(doors.cast.ada)
    created = await api.post("/api/v1/tokens", json={"name": "Reports", "scopes": ["sessions:read", "me"]})
    assert created.status_code == 201
    token, secret = created.json()["token"], created.json()["secret"]
    assert (token["scopes"], token["expires_at"], token["used_at"]) == (["me", "sessions:read"], None, None)
    program = doors.client(Authorization=f"Bearer {secret}")
    assert (await program.get("/api/v1/me")).json()["scopes"] == ["me", "sessions:read"]
    listed = await api.get("/api/v1/tokens")
    assert listed.json()["items"][0] == token
    assert secret not in listed.text
    assert (await api.delete(f"/api/v1/tokens/{token['id']}")).status_code == 204
    assert (await program.get("/api/v1/me")).status_code == 401
    assert (await api.delete(f"/api/v1/tokens/{token['id']}")).status_code == 404


async def test_a_token_makes_no_wider_one(doors: Doors) -> None:
    api = await doors.api(doors.cast.ada, scopes=frozenset({"me"}))
    refused = await api.post("/api/v1/tokens", json={"name": "Wider", "scopes": ["me", "people:write"]})
    assert (refused.status_code, list(field_errors(refused))) == (422, ["scopes"])


async def test_a_token_without_an_end_ends_as_the_one_it_is_made_with(doors: Doors) -> None:
    api = await doors.api(doors.cast.ada)
    tomorrow = (doors.clock() + timedelta(days=1)).isoformat()
    short = await api.post("/api/v1/tokens", json={"name": "Short", "scopes": ["me"], "expires_at": tomorrow})
    program = doors.client(Authorization=f"Bearer {short.json()['secret']}")
    child = await program.post("/api/v1/tokens", json={"name": "Child", "scopes": ["me"]})
    assert child.json()["token"]["expires_at"] == "2026-03-03T09:00:00Z"
    refused = await program.post(
        "/api/v1/tokens", json={"name": "Longer", "scopes": ["me"], "expires_at": "2027-01-01T00:00:00Z"}
    )
    assert (refused.status_code, list(field_errors(refused))) == (422, ["expires_at"])


async def test_every_wrong_field_of_a_token_is_named(doors: Doors) -> None:
    api = await doors.api(doors.cast.ada)
    refused = await api.post("/api/v1/tokens", json={"name": "", "scopes": [], "expires_at": "2020-01-01T00:00:00Z"})
    assert (refused.status_code, set(field_errors(refused))) == (422, {"name", "scopes", "expires_at"})
    naive = await api.post("/api/v1/tokens", json={"name": "x", "scopes": ["me"], "expires_at": "2027-01-01T00:00:00"})
    assert (naive.status_code, set(field_errors(naive))) == (422, {"expires_at"})


async def test_tokens_of_others_are_not_there(doors: Doors) -> None:
    ada, mia = await doors.api(doors.cast.ada), await doors.api(doors.cast.mia)
    (token,) = (await ada.get("/api/v1/tokens")).json()["items"]
    assert (await mia.delete(f"/api/v1/tokens/{token['id']}")).status_code == 404


async def test_who_never_had_a_password_gets_no_new_one(doors: Doors) -> None:
    api = await doors.api(doors.cast.ada)
    assert (await api.post(f"/api/v1/users/{doors.cast.mia.person}/reset")).status_code == 409
    refused = await (await doors.api(doors.cast.max)).post(f"/api/v1/users/{doors.cast.mia.person}/reset")
    assert refused.status_code == 403


async def test_somebody_new_is_invited(doors: Doors) -> None:
    api = await doors.api(doors.cast.ada)
    invitation = await api.post(f"/api/v1/users/{doors.cast.mia.person}/invitation")
    assert invitation.status_code == 201
    assert invitation.json()["link"].startswith("http://localhost:8080/reset/")
    assert invitation.json()["mailed"] is False
    refused = await (await doors.api(doors.cast.max)).post(f"/api/v1/users/{doors.cast.mia.person}/invitation")
    assert refused.status_code == 403
