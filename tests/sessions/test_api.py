"""The record over the API."""

from typing import Any

import httpx
import pytest

from parley.sessions import Departure, Session, say
from tests.doors import Doors, field_errors
from tests.sessions.stage import Stage, open_at


@pytest.fixture
async def stage(doors: Doors) -> Stage:
    session = await doors.store.write(open_at, host=doors.cast.olga, cohosts=[doors.cast.otto], now=doors.clock())
    return Stage(doors.store, doors.clock, doors.cast, session)


@pytest.fixture
async def olga(doors: Doors) -> httpx.AsyncClient:
    return await doors.api(doors.cast.olga)


async def answer(client: httpx.AsyncClient, session: Session, part: str = "") -> Any:  # noqa: ANN401 (JSON)
    found = await client.get(f"/api/v1/sessions/{session.id}{part}")
    assert found.status_code == 200, found.text
    return found.json()


async def test_a_session_with_all_that_was(stage: Stage, olga: httpx.AsyncClient) -> None:
    mia = await stage.come(stage.cast.mia)
    await stage.store.write(say, mia.id, text="Hello", key="k", now=stage.clock())
    stage.clock.advance(seconds=90)
    await stage.go(mia, Departure.LOST)
    stage.clock.advance(seconds=10)
    await stage.end()
    session = await answer(olga, stage.session)
    assert (session["state"], session["ended_by"], session["attended"]) == ("ended", "host", 1)
    assert (session["started_at"], session["ended_at"]) == ("2026-03-02T09:00:00Z", "2026-03-02T09:01:40Z")
    assert (session["meeting"], session["host"], session["host_name"]) == ("1", str(stage.cast.olga.person), "Olga")
    everybody = await answer(olga, stage.session, "/participants")
    assert [(one["name"], one["role"], one["seconds"], one["invited"]) for one in everybody["items"]] == [
        ("Olga", "host", 0, True),
        ("Otto", "cohost", 0, True),
        ("Mia", "attendee", 90, False),
    ]
    (stay,) = (await answer(olga, stage.session, "/attendance"))["items"]
    assert (stay["participant"], stay["source"], stay["confidence"]) == (str(mia.id), "heartbeat", "estimated")
    assert (stay["ended_by"], stay["left_at"]) == ("lost", "2026-03-02T09:01:30Z")
    (message,) = (await answer(olga, stage.session, "/messages"))["items"]
    assert (message["name"], message["text"]) == ("Mia", "Hello")


async def test_time_goes_on_for_those_who_are_there(stage: Stage, olga: httpx.AsyncClient) -> None:
    await stage.come("Gus")
    stage.clock.advance(seconds=42)
    (_, _, guest) = (await answer(olga, stage.session, "/participants"))["items"]
    assert (guest["present"], guest["seconds"], guest["left_at"], guest["person"]) == (True, 42, None, None)


@pytest.mark.parametrize("part", ["", "/participants", "/attendance", "/messages"])
async def test_the_record_is_for_those_who_may_read_it(doors: Doors, stage: Stage, part: str) -> None:
    path = f"/api/v1/sessions/{stage.session.id}{part}"
    for name, status in {"otto": 200, "ada": 200, "mia": 404, "zoe": 404}.items():
        client = await doors.api(getattr(doors.cast, name))
        assert (await client.get(path)).status_code == status
    cut = await doors.api(doors.cast.olga, scopes=frozenset({"me"}))
    assert (await cut.get(path)).status_code == 403
    assert (await doors.client().get(path)).status_code == 401


async def test_history_over_the_api(stage: Stage, olga: httpx.AsyncClient) -> None:
    async def found(**filters: str) -> list[str]:
        page = await olga.get("/api/v1/sessions", params=filters)
        assert page.status_code == 200, page.text
        return [session["id"] for session in page.json()["items"]]

    mine = [str(stage.session.id)]
    assert await found() == await found(meeting="1") == await found(organizer=str(stage.cast.olga.person)) == mine
    assert await found(**{"from": "2026-03-02T09:00:00Z", "to": "2026-03-02T09:00:01Z"}) == mine
    assert await found(**{"from": "2026-03-02T10:00:00+01:00"}) == mine
    assert await found(to="2026-03-02T09:00:00Z") == await found(meeting="2") == []


@pytest.mark.parametrize(
    ("name", "value"), [("from", "x"), ("to", "2026-03-02T09:00:00"), ("meeting", "x"), ("limit", "0"), ("cursor", "?")]
)
async def test_a_filter_that_is_none_is_named(olga: httpx.AsyncClient, name: str, value: str) -> None:
    refused = await olga.get("/api/v1/sessions", params={name: value})
    assert (refused.status_code, set(field_errors(refused))) == (422, {name})


@pytest.mark.parametrize("number", ["0", "-1", str(2**63), "x"])
async def test_no_session_is_under_what_is_no_id(olga: httpx.AsyncClient, number: str) -> None:
    for part in ("", "/participants", "/attendance", "/messages"):
        assert (await olga.get(f"/api/v1/sessions/{number}{part}")).status_code == 404
