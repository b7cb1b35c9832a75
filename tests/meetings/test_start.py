"""Starting and ending: each run is a session."""

import pytest

from parley.ground.faults import NotFound
from parley.meetings import AlreadyLive, NotLive, Stage
from parley.sessions import RoomRole, SessionView, State, history, participants_of
from tests.meetings.office import Office


async def test_a_meeting_that_starts_is_live(office: Office) -> None:
    made = await office.plan()
    session = await office.start(made)
    assert (session.meeting, session.title, session.host) == (made.id, "Weekly", made.organizer)
    assert (session.planned_start, session.planned_end) == (made.starts_at, made.ends_at)
    live = await office.see(made)
    assert (live.running, live.stage(office.clock()), live.version) == (session.id, Stage.LIVE, 1)


async def test_a_live_meeting_cannot_start_again(office: Office) -> None:
    made = await office.plan()
    session = await office.start(made)
    with pytest.raises(AlreadyLive) as refusal:
        await office.start(made)
    assert refusal.value.current == SessionView.of(session)


async def test_what_is_not_live_cannot_end(office: Office) -> None:
    made = await office.plan()
    with pytest.raises(NotLive):
        await office.end(made)
    await office.start(made)
    await office.end(made)
    with pytest.raises(NotLive):
        await office.end(made)


async def test_starting_after_an_end_is_a_new_run(office: Office) -> None:
    made = await office.plan()
    first = await office.start(made)
    ended = await office.end(made)
    office.clock.advance(minutes=1)
    second = await office.start(made)
    assert (ended.id, ended.state, ended.ended_by_person) == (first.id, State.ENDED, made.organizer)
    runs = await office.store.read(history, by=office.cast.olga, meeting=made.id)
    assert [run.id for run in runs.items] == [second.id, first.id]


async def test_co_organizers_start_and_end_it(office: Office) -> None:
    made = await office.plan(co_organizers=[str(office.cast.otto.person)])
    session = await office.start(made, office.cast.otto)
    assert session.host_name == "Olga"
    expected = await office.store.read(participants_of, session.id, by=office.cast.otto)
    assert [(one.name, one.role) for one in expected] == [("Olga", RoomRole.HOST), ("Otto", RoomRole.COHOST)]
    assert (await office.end(made, office.cast.otto)).ended_by_person == office.cast.otto.person


async def test_who_becomes_co_organizer_while_it_runs_reads_the_record(office: Office) -> None:
    made = await office.plan()
    session = await office.start(made)
    await office.change(await office.see(made), co_organizers=[str(office.cast.otto.person)])
    expected = await office.store.read(participants_of, session.id, by=office.cast.otto)
    assert [one.name for one in expected] == ["Olga", "Otto"]


async def test_who_becomes_co_organizer_later_does_not_read_what_was_before(office: Office) -> None:
    made = await office.plan()
    session = await office.start(made)
    await office.end(made)
    await office.change(await office.see(made), co_organizers=[str(office.cast.otto.person)])
    with pytest.raises(NotFound):
        await office.store.read(participants_of, session.id, by=office.cast.otto)


async def test_a_meeting_has_ended_when_it_took_place_or_its_time_is_over(office: Office) -> None:
    made, missed = await office.plan(), await office.plan()
    office.clock.set(made.starts_at)
    await office.start(made)
    office.clock.advance(minutes=20)
    await office.end(made)
    assert (await office.see(made)).stage(office.clock()) is Stage.ENDED
    assert missed.stage(office.clock()) is Stage.PLANNED
    assert missed.stage(missed.ends_at) is Stage.ENDED


async def test_a_rehearsal_leaves_the_meeting_planned(office: Office) -> None:
    made = await office.plan()
    await office.start(made)
    await office.end(made)
    assert (await office.see(made)).stage(office.clock()) is Stage.PLANNED
