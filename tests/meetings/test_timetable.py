"""A timetable is what stands in a calendar: what was held as it was held, everything else as it is planned."""

from datetime import datetime, timedelta

import pytest

from parley import meetings, people
from parley.ground import ids
from parley.ground.faults import Invalid
from parley.meetings import Happening, OccurrenceChange, Stage, Wanted
from parley.people import Caller
from tests.doors import Doors, field_errors
from tests.meetings.office import Office
from tests.meetings.office import field_errors as wrong

DAY = timedelta(days=1)


async def _shown(
    office: Office, by: Caller | None = None, *, days: int = 7, mine: bool = False, since: datetime | None = None
) -> list[Happening]:
    since = since or office.clock().replace(hour=0)
    return await office.store.read(
        meetings.timetable,
        by=by or office.cast.olga,
        since=since,
        until=since + days * DAY,
        now=office.clock(),
        mine=mine,
    )


async def test_single_meetings_and_series_stand_in_order(office: Office) -> None:
    await office.plan(title="Daily", starts_at="2026-03-02T11:00", ends_at="2026-03-02T11:15", recurrence="FREQ=DAILY")
    await office.plan(title="Once", starts_at="2026-03-03T09:00", ends_at="2026-03-03T10:00")
    shown = await _shown(office, days=2)
    assert [(one.title, one.starts_at.day, one.stage) for one in shown] == [
        ("Daily", 2, "planned"),
        ("Once", 3, "planned"),
        ("Daily", 3, "planned"),
    ]
    assert all(one.may_change for one in shown)
    assert [one.original_start is None for one in shown] == [False, True, False]


async def test_what_was_held_stands_as_it_was_held_and_once(office: Office) -> None:
    planned = await office.plan()
    office.clock.advance(hours=4, minutes=5)
    session = await office.start(planned)
    live, *others = await _shown(office)
    assert (live.session, live.stage, live.starts_at, others) == (session.id, Stage.LIVE, session.started_at, [])
    office.clock.advance(minutes=20)
    await office.end(planned)
    (held,) = await _shown(office)
    assert (held.stage, held.ends_at, held.may_change) == (Stage.ENDED, office.clock(), False)


async def test_a_rehearsal_stands_beside_what_is_planned(office: Office) -> None:
    planned = await office.plan()
    await office.start(planned)
    office.clock.advance(minutes=5)
    await office.end(planned)
    assert [(one.stage, one.session is None) for one in await _shown(office)] == [("ended", False), ("planned", True)]


async def test_what_was_planned_and_never_held_is_over(office: Office) -> None:
    await office.plan()
    await office.plan(recurrence="FREQ=DAILY", title="Daily")
    office.clock.advance(days=1, hours=1)
    since = office.clock().replace(hour=0) - DAY
    shown = await _shown(office, since=since, days=2)
    assert [(one.title, one.stage) for one in shown] == [("Weekly", "ended"), ("Daily", "ended"), ("Daily", "planned")]


async def test_what_is_cancelled_is_not_shown_and_what_is_moved_stands_elsewhere(office: Office) -> None:
    daily = await office.plan(recurrence="FREQ=DAILY")
    await office.cancel(await office.plan(title="Never"))
    original, cancelled = (one.starts_at for one in (await _shown(office, days=2)))
    moved = OccurrenceChange(starts_at="2026-03-02T20:00", ends_at="2026-03-02T21:00")
    await office.store.write(
        meetings.change_occurrence, daily.id, original, moved, version=1, by=office.cast.olga, now=office.clock()
    )
    await office.store.write(
        meetings.cancel_occurrence, daily.id, cancelled, version=2, by=office.cast.olga, now=office.clock()
    )
    (one,) = await _shown(office, days=2)
    assert (one.moved, one.starts_at.hour, one.original_start, one.version) == (True, 19, original, 3)


async def test_who_oversees_the_account_sees_all_of_it_or_only_their_own(office: Office) -> None:
    cast = office.cast
    await office.plan(title="Olga's")
    await office.plan(cast.otto, title="Otto's")
    await office.plan(cast.ada, title="Ada's")
    await office.plan(cast.max, title="Max's")
    assert {one.title for one in await _shown(office)} == {"Olga's"}
    assert {one.title for one in await _shown(office, cast.ada, mine=True)} == {"Ada's"}
    assert await _shown(office, cast.mia) == []
    assert await _shown(office, cast.zoe) == []
    assert all(one.may_change for one in await _shown(office, cast.ada))
    assert {one.title: one.may_change for one in await _shown(office, cast.max)} == {"Max's": True}


async def test_managers_see_what_the_people_of_their_groups_organize(office: Office) -> None:
    cast = office.cast
    now, olga, boss = office.clock(), cast.olga.person or 0, cast.max.person or 0
    sales = await office.store.write(people.create_group, "Sales", members=(olga,), by=cast.ada, now=now)
    await office.store.write(people.set_managers, sales.id, (boss,), version=sales.version, by=cast.ada, now=now)
    await office.plan(title="Olga's")
    await office.plan(cast.otto, title="Otto's")
    held = await office.plan(title="Held", starts_at="2026-03-02T16:00", ends_at="2026-03-02T17:00")
    await office.start(held)
    seen = {one.title: one.may_change for one in await _shown(office, cast.max)}
    assert seen == {"Olga's": False, "Held": False}
    assert await _shown(office, cast.max, mine=True) == []


async def test_who_is_invited_sees_it_and_may_not_move_it(office: Office) -> None:
    once, daily = await office.plan(), await office.plan(title="Daily", recurrence="FREQ=DAILY")
    for meeting in (once, daily):
        await office.store.write(
            meetings.invite,
            meeting.id,
            [Wanted(person=ids.text(office.cast.mia.person or 0))],
            by=office.cast.olga,
            now=office.clock(),
        )
    shown = await _shown(office, office.cast.mia, days=1)
    assert [(one.title, one.may_change) for one in shown] == [("Weekly", False), ("Daily", False)]


async def test_a_period_is_neither_empty_nor_endless(office: Office) -> None:
    for days in (0, 63):
        with pytest.raises(Invalid) as refusal:
            await _shown(office, days=days)
        assert wrong(refusal) == {"to"}


async def test_the_api_shows_it(doors: Doors) -> None:
    olga = await doors.api(doors.cast.olga)
    plan = {
        "title": "Daily",
        "starts_at": "2026-03-02T14:00",
        "ends_at": "2026-03-02T15:00",
        "recurrence": "FREQ=DAILY",
    }
    made = (await olga.post("/api/v1/meetings", json=plan)).json()
    asked = {"from": "2026-03-02T00:00:00Z", "to": "2026-03-04T00:00:00Z"}
    shown = (await olga.get("/api/v1/calendar", params=asked)).json()["items"]
    assert [(one["meeting"], one["original_start"], one["stage"]) for one in shown] == [
        (made["id"], "2026-03-02T13:00:00Z", "planned"),
        (made["id"], "2026-03-03T13:00:00Z", "planned"),
    ]
    refused = await olga.get("/api/v1/calendar", params=asked | {"from": "2026-03-05"})
    assert (refused.status_code, {*field_errors(refused)}) == (422, {"from"})
