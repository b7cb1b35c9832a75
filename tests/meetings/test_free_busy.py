"""When people are busy is told to who plans with them, and never with what."""

from datetime import UTC, datetime
from typing import Any

import pytest

from parley import meetings
from parley.ground import ids
from parley.ground.faults import Forbidden, Invalid
from parley.meetings import Reply, Span, Wanted, Way
from parley.people import Caller
from tests.doors import Doors, field_errors
from tests.meetings.office import Office


def _at(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


async def _busy(office: Office, *people: Caller, **more: Any) -> dict[str, tuple[tuple[datetime, datetime], ...]]:  # noqa: ANN401
    asked: dict[str, Any] = {"by": office.cast.otto, "since": _at(2, 0), "until": _at(4, 0)} | more
    found = await office.store.read(meetings.free_busy, [person.person or 0 for person in people], **asked)
    return {one.user.name: tuple((span.starts_at, span.ends_at) for span in one.spans) for one in found}


async def test_who_organizes_or_is_invited_is_busy(office: Office) -> None:
    cast = office.cast
    made = await office.plan(co_organizers=(ids.text(cast.ada.person or 0),))
    wanted = [Wanted(person=ids.text(cast.mia.person or 0)), Wanted(email="guest@example.org")]
    await office.store.write(meetings.invite, made.id, wanted, by=cast.olga, now=office.clock())
    span = ((_at(2, 13), _at(2, 14)),)
    assert await _busy(office, cast.olga, cast.ada, cast.mia, cast.otto) == {
        "Olga": span,
        "Ada": span,
        "Mia": span,
        "Otto": (),
    }
    assert await _busy(office, cast.olga, without=made.id) == {"Olga": ()}


async def test_who_declined_is_free_and_so_is_everybody_when_it_is_cancelled(office: Office) -> None:
    cast = office.cast
    made = await office.plan()
    mia = [Wanted(person=ids.text(cast.mia.person or 0))]
    (invitation,) = await office.store.write(meetings.invite, made.id, mia, by=cast.olga, now=office.clock())
    await office.store.write(meetings.respond, invitation.id, Reply.DECLINED, through=Way.ACCOUNT, at=office.clock())
    assert (await _busy(office, cast.mia))["Mia"] == ()
    await office.cancel(made)
    assert (await _busy(office, cast.olga))["Olga"] == ()


async def test_times_that_touch_are_one_and_series_count_each_time(office: Office) -> None:
    await office.plan()
    await office.plan(starts_at="2026-03-02T15:00", ends_at="2026-03-02T16:30")
    await office.plan(title="Daily", starts_at="2026-03-02T16:00", ends_at="2026-03-02T17:00", recurrence="FREQ=DAILY")
    assert (await _busy(office, office.cast.olga))["Olga"] == ((_at(2, 13), _at(2, 16)), (_at(3, 15), _at(3, 16)))


async def test_only_people_of_the_account_are_told_of_to_those_who_may_see_them(office: Office) -> None:
    for people in ((office.cast.zoe,), (office.cast.olga, office.cast.zoe)):
        with pytest.raises(Invalid):
            await _busy(office, *people)
    with pytest.raises(Forbidden):
        await _busy(office, office.cast.olga, by=office.cast.mia)


async def test_what_overlaps_a_time_is_found(office: Office) -> None:
    await office.plan()
    (olga,) = await office.store.read(
        meetings.free_busy, [office.cast.olga.person or 0], by=office.cast.otto, since=_at(2, 0), until=_at(3, 0)
    )
    assert olga.at(_at(2, 12), _at(2, 13)) == ()
    assert olga.at(_at(2, 12), _at(2, 15)) == (Span(_at(2, 13), _at(2, 14)),)


async def test_the_api_tells_it(doors: Doors) -> None:
    olga, otto = await doors.api(doors.cast.olga), await doors.api(doors.cast.otto)
    plan = {"title": "Secret", "starts_at": "2026-03-02T14:00:00Z", "ends_at": "2026-03-02T15:00:00Z"}
    await olga.post("/api/v1/meetings", json=plan)
    who = ids.text(doors.cast.olga.person or 0)
    asked = {"from": "2026-03-02T00:00:00Z", "to": "2026-03-03T00:00:00Z", "person": [who]}
    told = await otto.get("/api/v1/free-busy", params=asked)
    span = {"starts_at": "2026-03-02T14:00:00Z", "ends_at": "2026-03-02T15:00:00Z"}
    assert told.json() == {"items": [{"person": who, "busy": [span]}]}
    wrong = await otto.get("/api/v1/free-busy", params=asked | {"person": ["nobody"]})
    assert (wrong.status_code, {*field_errors(wrong)}) == (422, {"person"})
