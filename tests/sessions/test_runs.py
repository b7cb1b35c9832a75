"""A session begins, people are let in, and it ends once."""

import pytest
from sqlalchemy.exc import IntegrityError

from parley.ground.faults import Conflict, Forbidden, NotFound
from parley.sessions import (
    Confidence,
    Departure,
    Ending,
    RoomRole,
    State,
    arrive,
    expect,
    history,
    miss,
    participants_of,
    session_seen_by,
)
from tests.sessions.stage import Stage, invitee, open_at


async def test_a_session_keeps_what_it_was_when_it_began(stage: Stage) -> None:
    kept = await stage.now()
    assert kept == stage.session
    assert (kept.title, kept.host, kept.host_name, kept.state) == (
        "Weekly",
        stage.cast.olga.person,
        "Olga",
        State.LIVE,
    )
    assert await stage.told() == ["session.started"]


async def test_a_meeting_has_one_live_session(stage: Stage) -> None:
    with pytest.raises(IntegrityError):
        await stage.store.write(open_at, host=stage.cast.olga, meeting=1, now=stage.clock())
    await stage.end()
    again = await stage.store.write(open_at, host=stage.cast.olga, meeting=1, now=stage.clock())
    assert again.id != stage.session.id


async def test_hosts_are_expected_before_they_come(stage: Stage) -> None:
    expected = await stage.store.read(participants_of, stage.session.id, by=stage.cast.olga)
    assert [(one.name, one.role, one.invited, one.admitted_at) for one in expected] == [
        ("Olga", RoomRole.HOST, True, None),
        ("Otto", RoomRole.COHOST, True, None),
    ]


async def test_a_user_is_one_participant_from_every_device(stage: Stage) -> None:
    first = await stage.let_in(stage.cast.mia)
    stage.clock.advance(minutes=1)
    assert await stage.let_in(stage.cast.mia) == first


async def test_a_host_who_was_expected_is_the_same_participant(stage: Stage) -> None:
    expected = (await stage.seen("Olga")).participant
    stage.clock.advance(minutes=1)
    entered = await stage.let_in(stage.cast.olga, RoomRole.HOST)
    assert (entered.id, entered.invited, entered.admitted_at) == (expected.id, True, stage.clock())


async def test_guests_are_not_taken_for_one_another(stage: Stage) -> None:
    first, second = await stage.let_in("Gus"), await stage.let_in("Gus")
    assert first.id != second.id


async def test_a_user_who_was_removed_stays_out_of_this_session(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    await stage.go(mia, Departure.REMOVED)
    with pytest.raises(Forbidden):
        await stage.let_in(stage.cast.mia)


async def test_a_user_who_was_removed_does_not_read_what_was_said_then(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    await stage.store.read(session_seen_by, stage.session.id, by=stage.cast.mia)
    await stage.go(mia, Departure.REMOVED)
    with pytest.raises(NotFound):
        await stage.store.read(session_seen_by, stage.session.id, by=stage.cast.mia)
    for meeting in (None, stage.session.meeting):
        assert (await stage.store.read(history, by=stage.cast.mia, meeting=meeting)).items == ()


async def test_a_user_who_was_removed_may_come_to_the_next_one(stage: Stage) -> None:
    await stage.go(await stage.come(stage.cast.mia), Departure.REMOVED)
    await stage.end()
    following = await stage.store.write(open_at, host=stage.cast.olga, now=stage.clock())
    again = await Stage(stage.store, stage.clock, stage.cast, following).let_in(stage.cast.mia)
    assert again.removed_at is None


async def test_a_host_cannot_be_kept_out(stage: Stage) -> None:
    olga = await stage.let_in(stage.cast.olga, RoomRole.HOST)
    await stage.go(olga, Departure.REMOVED)
    assert (await stage.let_in(stage.cast.olga, RoomRole.HOST)).removed_at is None


async def test_who_becomes_a_host_while_it_runs_is_expected_then(stage: Stage) -> None:
    mia = await stage.let_in(stage.cast.mia)
    hosts = [invitee(one, RoomRole.COHOST) for one in (stage.cast.mia, stage.cast.max)]
    await stage.store.write(expect, stage.session, *hosts)
    promoted = (await stage.seen("Mia")).participant
    assert (promoted.id, promoted.role) == (mia.id, RoomRole.COHOST)
    assert (await stage.seen("Max")).participant.invited


async def test_ending_closes_every_stay(stage: Stage) -> None:
    await stage.come(stage.cast.mia)
    ends = stage.clock.advance(seconds=20)
    over = await stage.end()
    assert (over.state, over.ended_at, over.ended_by) == (State.ENDED, ends, Ending.HOST)
    assert over.ended_by_person == stage.cast.olga.person
    (stay,) = (await stage.seen("Mia")).stays
    assert (stay.left_at, stay.ended_by) == (ends, Departure.ENDED)
    assert (await stage.told())[-2:] == ["participant.left", "session.ended"]
    assert (await stage.now()).attended == 1


async def test_who_was_silent_for_long_was_gone_before_the_end(stage: Stage) -> None:
    await stage.come(stage.cast.mia)
    came = stage.clock()
    stage.clock.advance(minutes=10)
    await stage.end()
    (stay,) = (await stage.seen("Mia")).stays
    assert (stay.left_at, stay.ended_by) == (came, Departure.RECONCILED)


async def test_who_was_away_just_then_was_there_until_they_were_last_seen(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    gus = await stage.come("Gus")
    await stage.come("Ben")
    lost = stage.clock.advance(seconds=10)
    await stage.store.write(miss, mia.id, since=lost)
    await stage.store.write(miss, gus.id, since=lost)
    stage.clock.advance(seconds=3)
    await stage.store.write(arrive, gus.id, node="a", now=stage.clock())
    ends = stage.clock.advance(seconds=5)
    await stage.end()
    (stay,) = (await stage.seen("Mia")).stays
    assert (stay.left_at, stay.ended_by, stay.confidence) == (lost, Departure.LOST, Confidence.ESTIMATED)
    for name in ("Gus", "Ben"):
        (stay,) = (await stage.seen(name)).stays
        assert (stay.left_at, stay.ended_by, stay.away_since) == (ends, Departure.ENDED, None)


async def test_who_was_away_when_the_server_stopped_was_there_until_then(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    lost = stage.clock.advance(seconds=10)
    await stage.store.write(miss, mia.id, since=lost)
    stage.clock.advance(seconds=3)
    assert await stage.reconcile() == 1
    assert (await stage.seen("Mia")).left_at == lost
    await stage.store.write(miss, mia.id, since=stage.clock())
    assert (await stage.seen("Mia")).left_at == lost


async def test_what_is_over_cannot_end_again(stage: Stage) -> None:
    await stage.end()
    with pytest.raises(Conflict):
        await stage.end()


async def test_nobody_comes_into_what_is_over(stage: Stage) -> None:
    await stage.let_in(stage.cast.mia)
    await stage.end()
    with pytest.raises(Conflict):
        await stage.let_in("Gus")
    with pytest.raises(Conflict):
        await stage.come(stage.cast.mia)
