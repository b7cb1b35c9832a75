"""Attendance in reports: what the database adds up is what the record says."""

from datetime import datetime, timedelta
from random import Random

import pytest
from msgspec.structs import replace

from parley.ground.db import Store
from parley.ground.faults import Forbidden, Invalid
from parley.ground.ids import new_id
from parley.people import (
    AttendanceRulesChange,
    Caller,
    find_groups,
    set_attendance_rules,
)
from parley.reports import (
    Attendance,
    PersonAttendance,
    SessionAttendance,
    Wanted,
    attendance_by_person,
    attendance_by_session,
    attendance_of_session,
    find_attendance,
)
from parley.sessions import (
    Departure,
    Participant,
    Participation,
    heartbeat,
    participations_of,
)
from parley.sessions.rows.attendance import add_stay
from tests.cast import Cast, cast_of, let_max_manage
from tests.clock import SettableClock
from tests.sessions.stage import Stage, open_at


async def _stage(store: Store, clock: SettableClock, cast: Cast, *, host: Caller, meeting: int = 1) -> Stage:
    session = await store.write(open_at, host=host, meeting=meeting, now=clock())
    return Stage(store, clock, cast, session)


async def test_who_was_there_for_how_long_is_what_the_record_says(store: Store, clock: SettableClock) -> None:
    """People come and go as they like; SQL and Python agree on every one of them."""
    cast, chance = await cast_of(store, now=clock()), Random(7)  # noqa: S311 (the same coming and going each time)
    stage = await _stage(store, clock, cast, host=cast.olga)
    there: dict[str, Participant] = {}
    for step in range(60):
        clock.advance(seconds=chance.randrange(1, 90))
        name = f"Guest {chance.randrange(8)}"
        if name in there:
            await stage.go(there.pop(name), chance.choice([Departure.LEFT, Departure.LOST]))
        else:
            there[name] = await stage.come(name, node=f"n{step % 2}")
    await _seen_by_another_witness(stage, there.popitem()[1])
    clock.advance(minutes=1)
    found = await store.read(attendance_of_session, stage.session.id, by=cast.olga, now=clock())
    recorded = await store.read(participations_of, stage.session.id, by=cast.olga)
    assert [one.participant for one in found] == [one.participant.id for one in recorded]
    for one, record in zip(found, recorded, strict=True):
        _agree(one, record, now=clock())


async def _seen_by_another_witness(stage: Stage, participant: Participant) -> None:
    """Write down a stay that began before the others did and ended in one of them."""
    stays = (await stage.seen(participant.name)).stays
    before = stays[0].joined_at - timedelta(seconds=30)
    again = replace(stays[-1], id=new_id(), joined_at=before, left_at=stage.clock(), node="z", ended_by=Departure.LEFT)
    await stage.store.write(add_stay, again, account=participant.account)


def _agree(one: Attendance, record: Participation, *, now: datetime) -> None:
    assert (one.name, one.joined_at, one.left_at) == (record.participant.name, record.joined_at, record.left_at)
    assert one.came is record.came
    assert one.seconds == pytest.approx(record.duration(now).total_seconds(), abs=0.05)


async def test_late_early_absent_and_long_enough(store: Store, clock: SettableClock) -> None:
    cast = await cast_of(store, now=clock())
    stage = await _stage(store, clock, cast, host=cast.olga)
    olga = await stage.come(cast.olga)
    clock.advance(minutes=5)
    in_time = await stage.come("In time")
    clock.advance(minutes=1)
    late = await stage.come("Late")
    clock.advance(minutes=44)
    await stage.go(late)
    clock.advance(minutes=10)
    await store.write(heartbeat, [olga.id, in_time.id], now=clock())
    await stage.end()
    found = {one.name: one for one in await _everybody(store, cast.olga, clock)}
    assert [(name, one.late, one.early, one.long_enough) for name, one in found.items()] == [
        ("Olga", None, None, True),
        ("In time", None, None, True),
        ("Late", timedelta(minutes=6), timedelta(minutes=10), False),
    ]
    assert found["Late"].share == pytest.approx(44 / 60, abs=1e-4)
    await store.write(
        set_attendance_rules,
        AttendanceRulesChange(long_enough_percent=70, late_after_minutes=15),
        by=cast.ada,
        now=clock(),
    )
    (_, _, again) = await _everybody(store, cast.olga, clock)
    assert (again.late, again.early, again.long_enough) == (None, None, True)


async def test_nobody_is_absent_while_they_still_may_come(store: Store, clock: SettableClock) -> None:
    cast = await cast_of(store, now=clock())
    session = await store.write(open_at, host=cast.olga, cohosts=[cast.otto], now=clock())
    stage = Stage(store, clock, cast, session)
    olga = await stage.come(cast.olga)
    for over in (False, True):
        found = {one.name: one.absent for one in await _everybody(store, cast.olga, clock)}
        assert found == {"Olga": False, "Otto": over}
        [sums] = await store.read(attendance_by_session, Wanted(), by=cast.olga, now=clock())
        assert (sums.came, sums.absent) == (1, int(over))
        clock.advance(minutes=1)
        if not over:
            await store.write(heartbeat, [olga.id], now=clock())
            await stage.end()


async def test_the_sums_by_person_and_by_session_are_those_of_everybody(store: Store, clock: SettableClock) -> None:
    cast, chance = await cast_of(store, now=clock()), Random(3)  # noqa: S311 (the same each time)
    for number in range(4):
        stage = await _stage(store, clock, cast, host=cast.olga if number % 2 else cast.otto, meeting=number + 1)
        for who in (cast.olga, cast.otto, cast.mia, "Guest"):
            if chance.random() < 0.7:
                clock.advance(minutes=chance.randrange(9))
                one = await stage.come(who)
                clock.advance(minutes=chance.randrange(30))
                await stage.go(one)
        clock.advance(minutes=chance.randrange(60))
        await stage.end()
    everybody = (await store.read(find_attendance, Wanted(), by=cast.ada, now=clock(), limit=200)).items
    by_person = await store.read(attendance_by_person, Wanted(), by=cast.ada, now=clock())
    by_session = await store.read(attendance_by_session, Wanted(), by=cast.ada, now=clock())
    assert [one.name for one in by_person] == sorted({one.name for one in everybody})
    for person in by_person:
        _adds_up(person, [one for one in everybody if one.name == person.name])
    assert len(by_session) == 4
    for session in by_session:
        _adds_up(session, [one for one in everybody if one.session == session.session])


def _adds_up(sums: PersonAttendance | SessionAttendance, rows: list[Attendance]) -> None:
    assert sums.came == sum(one.came for one in rows)
    assert sums.absent == sum(one.absent for one in rows)
    assert sums.late == sum(one.late is not None for one in rows)
    assert sums.early == sum(one.early is not None for one in rows)
    assert sums.long_enough == sum(one.long_enough for one in rows)
    assert sums.seconds == pytest.approx(sum(one.seconds for one in rows), abs=0.1)


async def test_a_report_is_on_what_one_answers_for(store: Store, clock: SettableClock) -> None:
    cast = await cast_of(store, now=clock())
    for number, host in enumerate((cast.olga, cast.otto, cast.ada), start=1):
        await _stage(store, clock, cast, host=host, meeting=number)
    await store.write(let_max_manage, cast, cast.olga, now=clock())
    (team,) = (await store.read(find_groups, by=cast.ada)).items
    assert await _hosts(store, clock, cast.ada) == ["Olga", "Otto", "Ada"]
    assert await _hosts(store, clock, cast.max) == ["Olga"]
    assert await _hosts(store, clock, cast.otto) == ["Otto"]
    assert await _hosts(store, clock, cast.mia) == await _hosts(store, clock, cast.zoe) == []
    otto, olga = cast.otto.person or 0, cast.olga.person or 0
    assert await _hosts(store, clock, cast.ada, organizers=(otto, olga)) == ["Olga", "Otto"]
    assert await _hosts(store, clock, cast.max, organizers=(olga,), groups=(team.id,)) == ["Olga"]
    assert await _hosts(store, clock, cast.ada, groups=(team.id,)) == ["Olga"]
    with pytest.raises(Forbidden):
        await _hosts(store, clock, cast.max, organizers=(otto,))
    with pytest.raises(Forbidden):
        await _hosts(store, clock, cast.olga, groups=(team.id,))
    with pytest.raises(Invalid):
        await _hosts(store, clock, cast.ada, groups=(7,))


async def _hosts(
    store: Store,
    clock: SettableClock,
    by: Caller,
    *,
    organizers: tuple[int, ...] = (),
    groups: tuple[int, ...] = (),
) -> list[str]:
    """Return the hosts of the sessions of a report."""
    wanted = Wanted(organizers=organizers, groups=groups)
    found = await store.read(attendance_by_session, wanted, by=by, now=clock())
    return [one.host_name for one in found]


async def test_a_list_goes_on_behind_its_cursor(store: Store, clock: SettableClock) -> None:
    cast = await cast_of(store, now=clock())
    stage = await _stage(store, clock, cast, host=cast.olga)
    for number in range(4):
        await stage.come(f"Guest {number}")
    names: list[str] = []
    cursor: str | None = None
    while True:
        page = await store.read(find_attendance, Wanted(), by=cast.olga, now=clock(), limit=2, cursor=cursor)
        names += [one.name for one in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert names == ["Olga", "Guest 0", "Guest 1", "Guest 2", "Guest 3"]


async def _everybody(store: Store, by: Caller, clock: SettableClock) -> tuple[Attendance, ...]:
    return (await store.read(find_attendance, Wanted(), by=by, now=clock())).items
