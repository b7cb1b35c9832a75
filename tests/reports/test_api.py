"""The API of reports: attendance, shares, exports."""

import csv
from io import StringIO

import pytest

from parley import meetings
from parley.meetings import Meeting
from parley.sessions import RoomRole, arrive, depart, enter, heartbeat
from parley.sessions.attendance import Departure
from tests.cast import let_max_manage
from tests.doors import Doors


@pytest.fixture
async def held(doors: Doors) -> Meeting:
    """A meeting of Olga's that took an hour; Mia was there for 45 minutes, from the beginning."""
    cast, store, clock = doors.cast, doors.store, doors.clock
    meeting = await store.write(meetings.meet_now, title="Planning", by=cast.olga, now=clock())
    people = [
        await store.write(enter, meeting.running or 0, person=who.person, name=who.name, role=role, now=clock())
        for who, role in ((cast.olga, RoomRole.HOST), (cast.mia, RoomRole.ATTENDEE))
    ]
    for one in people:
        await store.write(arrive, one.id, node="test", now=clock())
    clock.advance(minutes=45)
    await store.write(depart, people[1].id, at=clock(), how=Departure.LEFT)
    clock.advance(minutes=15)
    await store.write(heartbeat, [people[0].id], now=clock())
    await store.write(meetings.end, meeting.id, by=cast.olga, now=clock())
    return meeting


async def test_attendance_is_asked_for_by_organizer_and_group(doors: Doors, held: Meeting) -> None:
    cast = doors.cast
    group = await doors.store.write(let_max_manage, cast, cast.olga, cast.otto, now=doors.clock())
    boss = await doors.api(cast.max)
    asked: dict[str, str | list[str]] = {
        "organizer": [str(cast.olga.person), str(cast.otto.person)],
        "group": str(group.id),
    }
    found = (await boss.get("/api/v1/attendance", params={**asked, "from": "2026-03-01T00:00:00Z"})).json()["items"]
    assert [(one["name"], one["minutes"], one["share"], one["long_enough"]) for one in found] == [
        ("Olga", 60.0, 1.0, True), ("Mia", 45.0, 0.75, False),
    ]  # fmt: skip
    assert (found[1]["early_seconds"], found[1]["late_seconds"], found[1]["invited"]) == (900, None, False)
    assert (await boss.get("/api/v1/attendance", params={**asked, "to": "2026-03-01T00:00:00Z"})).json()["items"] == []
    people = (await boss.get("/api/v1/attendance/people", params=asked)).json()["items"]
    assert [(one["name"], one["came"], one["long_enough"]) for one in people] == [("Mia", 1, 0), ("Olga", 1, 1)]
    refused = await boss.get("/api/v1/attendance", params={"organizer": str(cast.ada.person)})
    assert refused.status_code == 403
    assert (await boss.get("/api/v1/attendance", params={"group": "x"})).status_code == 422


async def test_a_meeting_has_a_share_of_its_own(doors: Doors, held: Meeting) -> None:
    olga, otto = await doors.api(doors.cast.olga), await doors.api(doors.cast.otto)
    path, report = f"/api/v1/meetings/{held.id}/attendance-share", f"/api/v1/sessions/{held.running}/report"
    assert (await olga.get(path)).json() == {"long_enough_percent": 80, "own": False}
    assert (await olga.put(path, json={"long_enough_percent": 70})).json() == {"long_enough_percent": 70, "own": True}
    assert [one["long_enough"] for one in (await olga.get(report)).json()["items"]] == [True, True]
    people = (await olga.get("/api/v1/attendance/people")).json()["items"]
    assert [one["long_enough"] for one in people] == [1, 1]
    assert (await olga.put(path, json={"long_enough_percent": 0})).status_code == 422
    assert (await olga.put(path, json={"long_enough_percent": None})).json() == {
        "long_enough_percent": 80,
        "own": False,
    }
    assert (await otto.get(path)).status_code == (await otto.get(report)).status_code == 404


async def test_rules_are_everybodys_to_read_and_administrators_to_set(doors: Doors) -> None:
    ada, olga = await doors.api(doors.cast.ada), await doors.api(doors.cast.olga)
    path = "/api/v1/attendance-rules"
    assert (await olga.get(path)).json() == {"long_enough_percent": 80, "late_after_minutes": 5}
    assert (await olga.patch(path, json={"late_after_minutes": 3})).status_code == 403
    changed = await ada.patch(path, json={"late_after_minutes": 3})
    assert changed.json() == {"long_enough_percent": 80, "late_after_minutes": 3}


async def test_exports_are_files(doors: Doors, held: Meeting) -> None:
    olga = await doors.api(doors.cast.olga)
    for path, rows in (("sessions", 1), ("attendance", 2), (f"sessions/{held.running}", 2)):
        answer = await olga.get(f"/api/v1/exports/{path}")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert answer.headers["content-disposition"].startswith("attachment; filename=")
        assert len([*csv.DictReader(StringIO(answer.text))]) == int(answer.headers["parley-rows"]) == rows
    answer = await olga.get("/api/v1/exports/attendance", params={"format": "xlsx"})
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    assert answer.content.startswith(b"PK")
    assert (await olga.get("/api/v1/exports/attendance", params={"format": "pdf"})).status_code == 422


async def test_groups_have_managers(doors: Doors) -> None:
    cast = doors.cast
    ada, olga = await doors.api(cast.ada), await doors.api(cast.olga)
    group = (await ada.post("/api/v1/groups", json={"name": "Team", "members": [str(cast.olga.person)]})).json()
    path, boss = f"/api/v1/groups/{group['id']}/managers", {"managers": [str(cast.max.person)]}
    named = await ada.put(path, json=boss, headers={"If-Match": '"1"'})
    assert (named.json()["managers"], named.headers["etag"]) == (boss["managers"], '"2"')
    assert (await olga.put(path, json=boss, headers={"If-Match": '"2"'})).status_code == 403
    refused = await ada.put(path, json={"managers": [str(cast.olga.person)]}, headers={"If-Match": '"2"'})
    assert refused.status_code == 422


async def test_the_history_is_filtered_by_group_participant_kind_and_title(doors: Doors, held: Meeting) -> None:
    cast = doors.cast
    group = await doors.store.write(let_max_manage, cast, cast.olga, now=doors.clock())
    ada = await doors.api(cast.ada)
    for asked, found in (
        ({"group": str(group.id)}, 1),
        ({"participant": str(cast.mia.person)}, 1),
        ({"participant": str(cast.otto.person)}, 0),
        ({"kind": "meeting"}, 1),
        ({"query": "PLAN"}, 1),
        ({"query": "%"}, 0),
    ):
        listed = (await ada.get("/api/v1/sessions", params=asked)).json()["items"]
        assert len(listed) == found, asked
