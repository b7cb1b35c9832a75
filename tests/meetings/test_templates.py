"""Templates: what a meeting of a kind begins with, for oneself or for everybody."""

from typing import Any

import pytest

from parley import meetings
from parley.ground import ids
from parley.ground.faults import Forbidden, Invalid, NotFound
from parley.meetings import Guest, Meeting, NewTemplate, Template, TemplateChange, Wanted
from parley.people import Caller
from tests.doors import Doors, field_errors
from tests.meetings.office import Office


async def _save(office: Office, meeting: Meeting, by: Caller | None = None, **more: Any) -> Template:  # noqa: ANN401
    new = NewTemplate(**{"meeting": ids.text(meeting.id), "name": "Interview"} | more)
    return await office.store.write(meetings.save_as_template, new, by=by or office.cast.olga, now=office.clock())


async def _names(office: Office, by: Caller) -> list[str]:
    return [one.name for one in await office.store.read(meetings.find_templates, by=by)]


async def test_a_template_keeps_what_there_is_to_a_meeting(office: Office) -> None:
    cast = office.cast
    made = await office.plan(recurrence="FREQ=WEEKLY", co_organizers=(ids.text(cast.otto.person or 0),))
    wanted = [Wanted(person=ids.text(cast.mia.person or 0), required=True), Wanted(email="guest@example.org")]
    await office.store.write(meetings.invite, made.id, wanted, by=cast.olga, now=office.clock())
    saved = await _save(office, made)
    (found,) = await office.store.read(meetings.find_templates, by=cast.olga)
    assert found == saved
    kept = found.content
    assert (kept.title, f"{kept.start:%H:%M}", kept.seconds, kept.recurrence) == (
        "Weekly",
        "14:00",
        3600,
        "FREQ=WEEKLY",
    )
    assert kept.co_organizers == (cast.otto.person,)
    assert kept.invited == (
        Guest(person=cast.mia.person, required=True),
        Guest(email="guest@example.org", name="guest"),
    )


async def test_a_template_is_ones_own_until_it_is_shared(office: Office) -> None:
    cast = office.cast
    saved = await _save(office, await office.plan())
    assert await _names(office, cast.otto) == []
    with pytest.raises(NotFound):
        await office.store.read(meetings.find_template, saved.id, by=cast.otto)
    change = TemplateChange(shared=True, name="First interview")
    await office.store.write(meetings.change_template, saved.id, change, by=cast.olga, now=office.clock())
    assert await _names(office, cast.otto) == ["First interview"]
    assert await _names(office, cast.zoe) == []
    with pytest.raises(Forbidden):
        await office.store.write(meetings.delete_template, saved.id, by=cast.otto, now=office.clock())
    await office.store.write(meetings.delete_template, saved.id, by=cast.ada, now=office.clock())
    assert await _names(office, cast.olga) == []
    types = [fact.type for fact in await office.told() if "template" in fact.type]
    assert types == ["meeting_template.saved", "meeting_template.saved", "meeting_template.deleted"]


async def test_who_may_not_change_a_meeting_saves_no_template_of_it(office: Office) -> None:
    made = await office.plan()
    with pytest.raises(Invalid):
        await _save(office, made, name=" ")
    with pytest.raises(NotFound):
        await _save(office, made, office.cast.otto)
    with pytest.raises(Forbidden):
        await _save(office, made, office.cast.mia)


async def test_the_api_keeps_templates(doors: Doors) -> None:
    olga, otto = await doors.api(doors.cast.olga), await doors.api(doors.cast.otto)
    plan = {"title": "Interview", "starts_at": "2026-03-02T14:00", "ends_at": "2026-03-02T14:45"}
    made = (await olga.post("/api/v1/meetings", json=plan)).json()
    saved = await olga.post("/api/v1/meeting-templates", json={"meeting": made["id"], "name": "Interview"})
    assert saved.status_code == 201
    address = f"/api/v1/meeting-templates/{saved.json()['id']}"
    assert (await otto.get(address)).status_code == 404
    assert (await olga.patch(address, json={"shared": True})).json()["shared"]
    shown = (await otto.get("/api/v1/meeting-templates")).json()["items"]
    assert [(one["title"], one["start"], one["seconds"], one["time_zone"]) for one in shown] == [
        ("Interview", "14:00", 2700, "Europe/Berlin")
    ]
    refused = await olga.patch(address, json={"name": ""})
    assert (refused.status_code, {*field_errors(refused)}) == (422, {"name"})
    assert (await olga.delete(address)).status_code == 204
    assert (await olga.get("/api/v1/meeting-templates")).json() == {"items": []}
