"""Meetings that repeat: planned by a rule, changed one by one, from one on and all at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from parley import meetings
from parley.ground.faults import Conflict, Invalid, NotFound, Stale
from parley.meetings import Meeting, Occurrence, OccurrenceChange, Stage
from tests.doors import Doors
from tests.meetings.office import PLAN, Office, field_errors

WEEKLY = "FREQ=WEEKLY;BYDAY=MO,WE"


def _at(day: int, hour: int = 13, *, month: int = 3, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


async def _list(office: Office, meeting: Meeting, **which: Any) -> list[Occurrence]:  # noqa: ANN401
    page = await office.store.read(meetings.occurrences_of, meeting.id, by=office.cast.olga, **which)
    return [*page.items]


async def _starts(office: Office, meeting: Meeting, limit: int = 5, **which: Any) -> list[str]:  # noqa: ANN401
    found = await _list(office, meeting, limit=limit, **which)
    return [f"{one.starts_at:%m-%d %H:%M}{' cancelled' if one.cancelled else ''}" for one in found]


async def _move(office: Office, meeting: Meeting, start: datetime, **change: Any) -> Occurrence:  # noqa: ANN401
    return await office.store.write(
        meetings.change_occurrence,
        meeting.id,
        start,
        msgspec.convert(change, OccurrenceChange),
        version=meeting.version,
        by=office.cast.olga,
        now=office.clock(),
    )


async def _cancel(office: Office, meeting: Meeting, start: datetime, *, and_following: bool = False) -> Meeting:
    return await office.store.write(
        meetings.cancel_occurrence,
        meeting.id,
        start,
        and_following=and_following,
        version=meeting.version,
        by=office.cast.olga,
        now=office.clock(),
    )


async def test_a_meeting_repeats_at_its_time_on_the_wall(office: Office) -> None:
    made = await office.plan(recurrence="FREQ=WEEKLY;UNTIL=20260410")
    assert await office.see(made) == made
    assert await _starts(office, made, 20) == [
        "03-02 13:00", "03-09 13:00", "03-16 13:00", "03-23 13:00", "03-30 12:00", "04-06 12:00",
    ]  # fmt: skip
    assert made.repeats_until == _at(6, 13, month=4)


async def test_it_begins_with_the_first_time_that_its_rule_names(office: Office) -> None:
    made = await office.plan(recurrence="FREQ=WEEKLY;BYDAY=TH")
    assert (made.starts_at, made.ends_at) == (_at(5), _at(5, 14))


async def test_what_is_no_rule_is_refused_with_everything_else(office: Office) -> None:
    with pytest.raises(Invalid) as refusal:
        await office.plan(title="", recurrence="FREQ=SECONDLY")
    assert field_errors(refusal) == {"title", "recurrence"}


async def test_one_occurrence_is_moved_and_the_link_stays(office: Office) -> None:
    made = await office.plan(recurrence=WEEKLY)
    one = await _move(office, made, _at(4), starts_at="2026-03-05T10:00", ends_at="2026-03-05T11:30")
    assert (one.original_start, one.starts_at, one.moved, one.meeting.version) == (_at(4), _at(5, 9), True, 2)
    assert await _starts(office, made, 3) == ["03-02 13:00", "03-05 09:00", "03-09 13:00"]
    assert (await office.see(made)).number == made.number
    assert (await office.told())[-1].type == "meeting.occurrence_changed"
    back = await _move(office, one.meeting, _at(4), starts_at="2026-03-04T14:00", ends_at="2026-03-04T15:00")
    assert (back.moved, await _starts(office, made, 2)) == (False, ["03-02 13:00", "03-04 13:00"])


async def test_moving_to_where_it_is_makes_no_version(office: Office) -> None:
    made = await office.plan(recurrence=WEEKLY)
    assert (await _move(office, made, _at(4))).meeting.version == 1


async def test_one_occurrence_is_cancelled_and_brought_back(office: Office) -> None:
    made = await office.plan(recurrence=WEEKLY)
    cancelled = await _cancel(office, made, _at(4))
    assert await _starts(office, made, 2) == ["03-02 13:00", "03-04 13:00 cancelled"]
    assert (await _cancel(office, cancelled, _at(4))).version == 2
    assert (await office.told())[-1].type == "meeting.occurrence_cancelled"
    back = await _move(office, cancelled, _at(4))
    assert (back.cancelled, await _starts(office, made, 2)) == (False, ["03-02 13:00", "03-04 13:00"])


async def test_a_time_that_the_rule_does_not_name_is_not_there(office: Office) -> None:
    made = await office.plan(recurrence=WEEKLY)
    for start in (_at(3), _at(4, 14), _at(2, month=2)):
        with pytest.raises(NotFound):
            await _cancel(office, made, start)
    with pytest.raises(NotFound):
        await _cancel(office, await office.plan(), _at(2))


async def test_a_stale_change_of_an_occurrence_is_refused(office: Office) -> None:
    made = await office.plan(recurrence=WEEKLY)
    await _cancel(office, made, _at(4))
    with pytest.raises(Stale):
        await _cancel(office, made, _at(9))


async def test_an_occurrence_is_not_moved_into_the_past_nor_given_a_rule(office: Office) -> None:
    made = await office.plan(recurrence=WEEKLY)
    with pytest.raises(Invalid) as refusal:
        await _move(office, made, _at(4), starts_at="2026-03-01T10:00")
    assert field_errors(refusal) >= {"starts_at"}
    with pytest.raises(Invalid) as refusal:
        await _move(office, made, _at(4), recurrence="FREQ=DAILY")
    assert field_errors(refusal) == {"and_following"}


async def test_this_and_following_change_and_what_was_before_stays(office: Office) -> None:
    made = await office.plan(recurrence="FREQ=WEEKLY;COUNT=6")
    cancelled = await _cancel(office, made, _at(23))
    one = await _move(
        office, cancelled, _at(16), starts_at="2026-03-16T16:00", ends_at="2026-03-16T16:30", and_following=True
    )
    assert await _starts(office, made, 9) == [
        "03-02 13:00", "03-09 13:00", "03-16 15:00", "03-23 15:00 cancelled", "03-30 14:00", "04-06 14:00",
    ]  # fmt: skip
    after = await office.see(made)
    assert (one.starts_at, after.number, after.starts_at, str(after.rule)) == (
        _at(16, 15),
        made.number,
        made.starts_at,
        "FREQ=WEEKLY;COUNT=4",
    )
    daily = await _move(office, after, _at(30, 14), recurrence="FREQ=DAILY;COUNT=2", and_following=True)
    assert (await _starts(office, made, 9))[3:] == ["03-23 15:00 cancelled", "03-30 14:00", "03-31 14:00"]
    assert daily.meeting.repeats_until == _at(31, 14, minute=30)


async def test_a_series_moves_to_another_day_from_one_on(office: Office) -> None:
    made = await office.plan(recurrence="FREQ=WEEKLY")
    await _move(office, made, _at(9), starts_at="2026-03-10T14:00", ends_at="2026-03-10T15:00", and_following=True)
    assert await _starts(office, made, 4) == ["03-02 13:00", "03-10 13:00", "03-17 13:00", "03-24 13:00"]


async def test_a_series_ends_before_an_occurrence(office: Office) -> None:
    made = await office.plan(recurrence=WEEKLY)
    ended = await _cancel(office, made, _at(11), and_following=True)
    assert await _starts(office, made, 9) == ["03-02 13:00", "03-04 13:00", "03-09 13:00"]
    assert str(ended.rule) == "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260310"
    with pytest.raises(Conflict, match="whole meeting"):
        await _cancel(office, ended, _at(2), and_following=True)


async def test_all_change_and_single_days_stay_as_they_were(office: Office) -> None:
    made = await office.plan(recurrence=WEEKLY)
    cancelled = await _cancel(office, made, _at(4))
    moved = await _move(office, cancelled, _at(9), starts_at="2026-03-10T08:00", ends_at="2026-03-10T09:00")
    office.clock.advance(days=1)
    changed = await office.change(moved.meeting, starts_at="2026-03-02T15:00", ends_at="2026-03-02T15:30")
    assert await _starts(office, made, 4) == ["03-02 14:00", "03-04 14:00 cancelled", "03-10 07:00", "03-11 14:00"]
    mondays = await office.change(changed, recurrence="FREQ=WEEKLY;BYDAY=MO")
    assert await _starts(office, made, 3) == ["03-02 14:00", "03-10 07:00", "03-16 14:00"]
    once = await office.change(mondays, recurrence=None)
    assert (once.rule, once.repeats_until, await _starts(office, made)) == (None, None, ["03-02 14:00"])


async def test_the_zone_may_change_from_one_on(office: Office) -> None:
    made = await office.plan(recurrence="FREQ=WEEKLY")
    after = await _move(
        office,
        made,
        _at(9),
        starts_at="2026-03-09T09:00",
        ends_at="2026-03-09T10:00",
        time_zone="America/New_York",
        and_following=True,
    )
    assert after.time_zone == "America/New_York"
    assert await _starts(office, made, 4) == ["03-02 13:00", "03-09 13:00", "03-16 13:00", "03-23 13:00"]
    assert (await _list(office, made, since=_at(1, month=11), limit=1))[0].starts_at == _at(2, 14, month=11)


async def test_a_run_is_of_the_occurrence_that_is_nearest(office: Office) -> None:
    made = await office.plan(recurrence=WEEKLY)
    for day, hour, of in ((2, 9, 2), (4, 13, 4), (4, 15, 4), (8, 20, 9), (30, 12, 30)):
        office.clock.advance(seconds=int((_at(day, hour) - office.clock()).total_seconds()))
        session = await office.start(made)
        assert session.planned_start == _at(of, 12 if of == 30 else 13), day
        await office.end(made)


async def test_a_series_is_planned_while_there_are_occurrences_to_come(office: Office) -> None:
    made = await office.plan(recurrence="FREQ=WEEKLY;COUNT=2")
    session = await office.start(made)
    live, coming = await _list(office, made)
    assert (session.planned_start, live.live, coming.live) == (_at(2), True, False)
    assert await office.titles(stage=Stage.LIVE) == ["Weekly"]
    office.clock.advance(hours=5)
    await office.end(made)
    assert [one.stage(office.clock()) for one in await _list(office, made)] == [Stage.ENDED, Stage.PLANNED]
    assert (await office.titles(stage=Stage.PLANNED), await office.titles(stage=Stage.ENDED)) == (["Weekly"], [])
    office.clock.advance(days=8)
    assert (await office.titles(stage=Stage.PLANNED), await office.titles(stage=Stage.ENDED)) == ([], ["Weekly"])


async def _agenda(office: Office, **which: Any) -> list[str]:  # noqa: ANN401
    page = await office.store.read(meetings.agenda, by=office.cast.olga, now=office.clock(), **which)
    return [f"{one.meeting.title} {one.starts_at:%y-%m-%d}" for one in page.items]


async def test_an_agenda_has_every_occurrence_in_its_place(office: Office) -> None:
    await office.plan(title="Single", starts_at="2026-03-05T10:00", ends_at="2026-03-05T11:00")
    series = await office.plan(recurrence=WEEKLY)
    await office.plan(
        title="Yearly", recurrence="FREQ=YEARLY", starts_at="2026-03-10T10:00", ends_at="2026-03-10T11:00"
    )
    await office.cancel(await office.plan(title="Gone", recurrence="FREQ=DAILY"))
    await _cancel(office, series, _at(4))
    assert await _agenda(office, until=_at(12)) == [
        "Weekly 26-03-02", "Single 26-03-05", "Weekly 26-03-09", "Yearly 26-03-10", "Weekly 26-03-11",
    ]  # fmt: skip
    assert await _agenda(office, query="year", limit=4) == [f"Yearly {year}-03-10" for year in (26, 27, 28, 29)]
    office.clock.advance(hours=6)
    assert (await _agenda(office, limit=1)) == ["Single 26-03-05"]


async def test_an_agenda_is_read_in_pages(office: Office) -> None:
    await office.plan(recurrence="FREQ=DAILY;COUNT=7")
    await office.plan(title="Other", recurrence="FREQ=DAILY;COUNT=7")
    await office.plan(title="Single", starts_at="2026-03-05T14:00", ends_at="2026-03-05T15:00")
    whole, seen, cursor = await _agenda(office), [], None
    while True:
        page = await office.store.read(meetings.agenda, by=office.cast.olga, now=office.clock(), limit=4, cursor=cursor)
        seen += [f"{one.meeting.title} {one.starts_at:%y-%m-%d}" for one in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert (len(whole), seen) == (15, whole)


async def test_a_moved_occurrence_keeps_a_series_going(office: Office) -> None:
    made = await office.plan(recurrence="FREQ=WEEKLY;COUNT=2")
    moved = await _move(office, made, _at(9), starts_at="2026-04-20T10:00", ends_at="2026-04-20T11:00")
    assert moved.meeting.repeats_until == _at(20, 9, month=4)
    assert await _agenda(office, since=_at(1, month=4)) == ["Weekly 26-04-20"]


async def test_programs_read_and_change_occurrences(doors: Doors) -> None:
    olga = await doors.api(doors.cast.olga)
    made = (await olga.post("/api/v1/meetings", json=PLAN | {"recurrence": "FREQ=WEEKLY;COUNT=4"})).json()
    path, match = f"/api/v1/meetings/{made['id']}", {"If-Match": '"1"'}
    assert (made["recurrence"], made["repeats_until"]) == ("FREQ=WEEKLY;COUNT=4", "2026-03-23T14:00:00Z")
    named = f"{path}/occurrences/2026-03-09T13:00:00Z"
    times = {"starts_at": "2026-03-10T09:00", "ends_at": "2026-03-10T09:30"}
    moved = await olga.patch(named, json=times, headers=match)
    assert (moved.json()["moved"], moved.json()["starts_at"], moved.headers["etag"]) == (
        True,
        "2026-03-10T08:00:00Z",
        '"2"',
    )
    stale = await olga.delete(named, headers=match)
    assert (stale.status_code, stale.json()["current"]["version"]) == (412, 2)
    gone = await olga.delete(f"{path}/occurrences/2026-03-16T13:00:00Z", headers={"If-Match": '"2"'})
    ended = await olga.delete(
        f"{path}/occurrences/2026-03-23T13:00:00Z?and_following=true", headers={"If-Match": '"3"'}
    )
    assert (gone.status_code, ended.status_code) == (204, 204)
    listed = (await olga.get(f"{path}/occurrences", params={"limit": 2})).json()
    rest = (await olga.get(f"{path}/occurrences", params={"cursor": listed["next"]})).json()
    found = [(one["original_start"][:10], one["stage"]) for one in (*listed["items"], *rest["items"])]
    assert found == [("2026-03-02", "planned"), ("2026-03-09", "planned"), ("2026-03-16", "cancelled")]
    agenda = (await olga.get("/api/v1/occurrences", params={"to": "2026-04-01T00:00:00Z"})).json()
    assert [one["starts_at"][:10] for one in agenda["items"]] == ["2026-03-02", "2026-03-10"]
    for wrong in ("nothing", "2026-03-02T13:00:00"):
        assert (await olga.delete(f"{path}/occurrences/{wrong}", headers=match)).status_code == 422
    far = {"from": "9999-12-31T23:59:59Z", "to": "9999-12-31T23:59:59Z"}
    assert (await olga.get(f"{path}/occurrences", params=far)).json()["items"] == []
    assert (await olga.get("/api/v1/occurrences", params=far)).json()["items"] == []


async def test_a_series_is_a_file_for_calendars(doors: Doors) -> None:
    olga, otto = await doors.api(doors.cast.olga), await doors.api(doors.cast.otto)
    made = (await olga.post("/api/v1/meetings", json=PLAN | {"recurrence": WEEKLY})).json()
    path = f"/api/v1/meetings/{made['id']}"
    await olga.delete(f"{path}/occurrences/2026-03-04T13:00:00Z", headers={"If-Match": '"1"'})
    file = await olga.get(f"{path}/calendar")
    assert file.headers["content-type"].startswith("text/calendar")
    for line in ("RRULE:FREQ=WEEKLY;BYDAY=MO,WE", "EXDATE;TZID=Europe/Berlin:20260304T140000", made["join_url"]):
        assert line in file.text.replace("\r\n ", "")
    assert (await otto.get(f"{path}/calendar")).status_code == 404


async def test_whose_series_it_is_may_change_it(office: Office) -> None:
    made = await office.plan(recurrence=WEEKLY)
    with pytest.raises(NotFound):
        await office.store.write(
            meetings.cancel_occurrence, made.id, _at(4), version=1, by=office.cast.otto, now=office.clock()
        )
    assert timedelta(hours=1) == made.ends_at - made.starts_at
