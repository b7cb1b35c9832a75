"""Changing and cancelling; the link never changes."""

import pytest

from parley.ground.faults import Conflict, Forbidden, Invalid, NotFound, Stale
from parley.meetings import Cancelled, Stage
from parley.meetings.rows.meetings import password_of
from tests.meetings.office import Office, field_errors


async def test_what_is_not_named_stays(office: Office) -> None:
    made = await office.plan(co_organizers=[str(office.cast.otto.person)])
    changed = await office.change(made, title="Monthly")
    assert changed == await office.see(made)
    assert (changed.title, changed.version) == ("Monthly", 2)
    assert (changed.number, changed.starts_at, changed.co_organizers) == (
        made.number,
        made.starts_at,
        made.co_organizers,
    )


async def test_a_change_is_told_with_what_is_different(office: Office) -> None:
    made = await office.plan()
    await office.change(made, title="Weekly", ends_at="2026-03-02T15:30", password="1234")
    told = (await office.told())[-1]
    assert (told.type, told.data["fields"], told.data["version"]) == ("meeting.changed", ["ends_at", "password"], 2)


async def test_changing_nothing_makes_no_version(office: Office) -> None:
    made = await office.plan()
    assert (await office.change(made, title=" Weekly ", co_organizers=[])).version == 1
    assert (await office.change(made, password=None)).version == 1
    assert [fact.type for fact in await office.told()] == ["meeting.scheduled"]


async def test_a_stale_change_is_refused_with_what_is_there(office: Office) -> None:
    made = await office.plan()
    current = await office.change(made, title="First")
    with pytest.raises(Stale) as refusal:
        await office.change(made, title="Second")
    assert refusal.value.current == current
    assert (await office.see(made)).title == "First"


async def test_a_local_time_is_read_in_the_zone_of_the_meeting(office: Office) -> None:
    made = await office.plan(time_zone="America/New_York")
    moved = await office.change(made, starts_at="2026-03-02T14:30")
    assert moved.starts_at.isoformat() == "2026-03-02T19:30:00+00:00"


async def test_another_zone_alone_moves_nothing(office: Office) -> None:
    made = await office.plan()
    changed = await office.change(made, time_zone="Asia/Tokyo")
    assert (changed.time_zone, changed.starts_at) == ("Asia/Tokyo", made.starts_at)


async def test_a_meeting_is_not_moved_into_the_past(office: Office) -> None:
    made = await office.plan()
    with pytest.raises(Invalid) as refusal:
        await office.change(made, starts_at="2026-03-02T08:00:00Z")
    assert field_errors(refusal) == {"starts_at"}


async def test_the_title_of_a_past_meeting_can_be_mended(office: Office) -> None:
    made = await office.plan()
    office.clock.advance(days=3)
    mended = await office.change(made, title="Weekly (held)", starts_at="2026-03-02T14:00")
    assert mended.stage(office.clock()) is Stage.ENDED


async def test_a_start_behind_the_end_names_the_end(office: Office) -> None:
    made = await office.plan()
    with pytest.raises(Invalid) as refusal:
        await office.change(made, starts_at="2026-03-02T15:30")
    assert field_errors(refusal) == {"ends_at"}


async def test_everything_that_is_wrong_is_named_at_once(office: Office) -> None:
    made = await office.plan()
    with pytest.raises(Invalid) as refusal:
        await office.change(made, title="", starts_at="x", time_zone="z", co_organizers=["1"], password="x")
    assert field_errors(refusal) == {"title", "starts_at", "time_zone", "co_organizers", "password"}


async def test_a_password_is_given_changed_and_taken_away(office: Office) -> None:
    made = await office.plan()
    given = await office.change(made, password="1234", password_hash="first")
    assert (given.has_password, await office.store.read(password_of, made)) == (True, "first")
    other = await office.change(given, password="4321", password_hash="second")
    assert (other.version, await office.store.read(password_of, made)) == (3, "second")
    kept = await office.change(other, title="Monthly")
    assert (kept.has_password, await office.store.read(password_of, made)) == (True, "second")
    taken = await office.change(kept, password=None)
    assert (taken.has_password, await office.store.read(password_of, made)) == (False, None)


async def test_co_organizers_change_it_but_not_who_they_are(office: Office) -> None:
    otto, boss = office.cast.otto, office.cast.max
    made = await office.plan(co_organizers=[str(otto.person)])
    changed = await office.change(made, otto, title="Otto's", co_organizers=[str(otto.person)])
    with pytest.raises(Forbidden):
        await office.change(changed, otto, co_organizers=[str(boss.person)])
    assert (await office.change(changed, co_organizers=[str(boss.person)])).co_organizers == (boss.person,)
    with pytest.raises(NotFound):
        await office.see(made, otto)


@pytest.mark.parametrize(
    ("name", "refusal"), [("ada", None), ("max", Forbidden), ("otto", NotFound), ("mia", Forbidden), ("zoe", NotFound)]
)
async def test_who_may_change_somebody_elses_meeting(
    office: Office, name: str, refusal: type[Exception] | None
) -> None:
    await office.let_max_manage(office.cast.olga)
    made = await office.plan()
    by = getattr(office.cast, name)
    if refusal is None:
        assert (await office.change(made, by, title="Theirs")).title == "Theirs"
    else:
        for act in (office.change(made, by, title="Theirs"), office.cancel(made, by), office.start(made, by)):
            with pytest.raises(refusal):
                await act


async def test_a_token_that_may_only_read_changes_nothing(office: Office) -> None:
    made = await office.plan()
    with pytest.raises(Forbidden):
        await office.change(made, office.cast.olga.restricted_to(frozenset({"meetings:read"})), title="x")


async def test_the_organizer_is_no_co_organizer(office: Office) -> None:
    olga, otto = str(office.cast.olga.person), str(office.cast.otto.person)
    made = await office.plan()
    assert (await office.change(made, co_organizers=[olga])).version == 1
    assert (await office.change(made, co_organizers=[otto, olga, otto])).co_organizers == (int(otto),)


async def test_cancelling_keeps_the_record(office: Office) -> None:
    made = await office.plan()
    await office.start(made)
    ended = await office.end(made)
    cancelled = await office.cancel(made)
    assert (cancelled.stage(office.clock()), cancelled.version) == (Stage.CANCELLED, 2)
    assert await office.see(made) == cancelled
    assert ended.meeting == made.id
    assert (await office.told())[-1].type == "meeting.cancelled"


async def test_cancelling_twice_is_cancelling_once(office: Office) -> None:
    made = await office.plan()
    first = await office.cancel(made)
    office.clock.advance(minutes=1)
    assert await office.cancel(made, version=1) == first
    assert [fact.type for fact in await office.told()].count("meeting.cancelled") == 1


async def test_what_is_cancelled_stays_as_it_is(office: Office) -> None:
    made = await office.plan()
    cancelled = await office.cancel(made)
    for act in (office.change(cancelled, title="x"), office.start(made)):
        with pytest.raises(Cancelled):
            await act


async def test_a_live_meeting_is_not_cancelled(office: Office) -> None:
    made = await office.plan()
    await office.start(made)
    with pytest.raises(Conflict, match="End it first"):
        await office.cancel(made)
    await office.end(made)
    assert (await office.cancel(made)).cancelled_at == office.clock()


async def test_a_stale_cancellation_is_refused(office: Office) -> None:
    made = await office.plan()
    await office.change(made, title="Important")
    with pytest.raises(Stale):
        await office.cancel(made, version=1)


async def test_co_organizers_and_managers_cancel_nothing(office: Office) -> None:
    await office.let_max_manage(office.cast.olga)
    made = await office.plan(co_organizers=[str(office.cast.otto.person)])
    for by in (office.cast.otto, office.cast.max):
        with pytest.raises(Forbidden):
            await office.cancel(made, by)
    assert (await office.cancel(made, office.cast.ada)).cancelled_at
