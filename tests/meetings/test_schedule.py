"""Scheduling, and meeting now."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from parley import meetings
from parley.ground.faults import Forbidden, Invalid
from parley.meetings import Stage
from parley.meetings.plan import Plan
from parley.meetings.schedule import store_meeting
from parley.people import Role, UserChange, change_user, operator, suspend_user
from tests.meetings.office import Office, field_errors


async def test_a_meeting_is_kept_as_it_was_planned(office: Office) -> None:
    otto, mia = office.cast.otto.person, office.cast.max.person
    made = await office.plan(co_organizers=[str(otto), str(mia), str(otto), str(office.cast.olga.person)])
    kept = await office.see(made)
    assert kept == made
    assert kept.starts_at == datetime(2026, 3, 2, 13, 0, tzinfo=UTC)
    assert kept.ends_at == datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
    assert (kept.title, kept.time_zone, kept.organizer) == ("Weekly", "Europe/Berlin", office.cast.olga.person)
    assert (kept.version, kept.immediate, kept.has_password, kept.running) == (1, False, False, None)
    assert set(kept.co_organizers) == {otto, mia}
    assert kept.stage(office.clock()) is Stage.PLANNED


async def test_scheduling_is_told(office: Office) -> None:
    made = await office.plan()
    (told,) = await office.told()
    assert (told.type, told.subject, told.actor) == ("meeting.scheduled", made.id, office.cast.olga.person)
    assert told.data["number"] == made.number
    assert told.data["starts_at"] == "2026-03-02T13:00:00Z"


async def test_the_number_has_nine_digits_and_is_random(office: Office) -> None:
    numbers = [(await office.plan()).number for _ in range(5)]
    assert all(100_000_000 <= number <= 999_999_999 for number in numbers)
    assert len({number - numbers[0] for number in numbers}) == 5


async def test_a_number_that_is_taken_is_drawn_again(office: Office) -> None:
    made = await office.plan()
    drawn = iter([made.number, made.number, 100_000_005])
    again = await office.store.write(
        store_meeting, Plan.of(made), by=office.cast.olga, now=office.clock(), draw=drawn.__next__
    )
    assert (await office.see(again)).number == 100_000_005
    assert (await office.see(made)) == made


async def test_without_a_zone_it_is_the_organizers(office: Office) -> None:
    made = await office.plan(time_zone=None)
    assert made.time_zone == office.cast.olga.time_zone


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "   "),
        ("title", "x" * 201),
        ("title", "a\0b"),
        ("title", "a\nb"),
        ("starts_at", "2026-03-02T08:59:00Z"),
        ("starts_at", "soon"),
        ("ends_at", "2026-03-02T14:00"),
        ("ends_at", "2026-03-02T13:59"),
        ("ends_at", "2026-03-03T14:01"),
        ("time_zone", "Europe/Atlantis"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", ""),
        ("co_organizers", ["1"]),
        ("co_organizers", ["-1"]),
        ("co_organizers", ["99999999999999999999"]),
        ("password", ""),
        ("password", "abc"),
        ("password", "x" * 129),
        ("password", "ab\0cd"),
    ],
)
async def test_what_is_wrong_is_named(office: Office, field: str, value: Any) -> None:  # noqa: ANN401 (of any wrong type)
    with pytest.raises(Invalid) as refusal:
        await office.plan(**{field: value})
    assert field_errors(refusal) == {field}
    assert not await office.told()


async def test_everything_that_is_wrong_is_named_at_once(office: Office) -> None:
    with pytest.raises(Invalid) as refusal:
        await office.plan(title="", starts_at="x", ends_at="y", time_zone="z", co_organizers=["1"], password="")
    assert field_errors(refusal) == {"title", "starts_at", "ends_at", "time_zone", "co_organizers", "password"}


async def test_a_title_of_200_characters_is_kept_as_written(office: Office) -> None:
    title = "Über " + "ß" * 195
    assert (await office.see(await office.plan(title=f"  {title} "))).title == title


async def test_who_cannot_hold_meetings_cannot_be_co_organizer(office: Office) -> None:
    cast, store = office.cast, office.store
    assert cast.otto.person
    await store.write(suspend_user, cast.otto.person, by=cast.ada, now=office.clock())
    for person in (cast.otto, cast.mia, cast.zoe):
        with pytest.raises(Invalid) as refusal:
            await office.plan(co_organizers=[str(person.person)])
        assert field_errors(refusal) == {"co_organizers"}


async def test_a_member_schedules_nothing(office: Office) -> None:
    with pytest.raises(Forbidden):
        await office.plan(office.cast.mia)


async def test_the_operator_has_no_meetings(office: Office) -> None:
    with pytest.raises(Forbidden):
        await office.plan(operator(office.cast.ada.account))


async def test_meet_now_is_live_at_once(office: Office) -> None:
    met = await office.store.write(meetings.meet_now, title="Quick one", by=office.cast.olga, now=office.clock())
    assert met == await office.see(met)
    assert (met.immediate, met.starts_at, met.ends_at) == (
        True,
        office.clock(),
        office.clock() + timedelta(hours=1),
    )
    assert met.stage(office.clock()) is Stage.LIVE
    assert [fact.type for fact in await office.told()] == ["meeting.scheduled", "session.started"]
    office.clock.advance(minutes=5)
    await office.end(met)
    assert (await office.see(met)).stage(office.clock()) is Stage.ENDED


async def test_meet_now_needs_a_title(office: Office) -> None:
    with pytest.raises(Invalid) as refusal:
        await office.store.write(meetings.meet_now, title="", by=office.cast.olga, now=office.clock())
    assert field_errors(refusal) == {"title"}


async def test_a_co_organizer_who_lost_the_role_stays_until_taken_out(office: Office) -> None:
    otto = office.cast.otto.person
    assert otto
    made = await office.plan(co_organizers=[str(otto)])
    found = await office.store.write(
        change_user, otto, UserChange(role=Role.MEMBER), by=office.cast.ada, version=1, now=office.clock()
    )
    assert found.role is Role.MEMBER
    assert (await office.change(made, title="Renamed")).co_organizers == (otto,)
