"""Attendance while it happens, and what a crash leaves open."""

from datetime import timedelta

from parley.ground.facts import BEGINNING, after
from parley.sessions import Confidence, Departure, Ending, State, arrive, depart, heartbeat
from tests.sessions.stage import Stage


async def test_a_stay_lasts_from_coming_to_leaving(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    came, left = stage.clock(), stage.clock.advance(minutes=5)
    await stage.go(mia)
    (stay,) = (await stage.seen("Mia")).stays
    assert (stay.joined_at, stay.left_at) == (came, left)
    assert (stay.ended_by, stay.confidence) == (Departure.LEFT, Confidence.EXACT)
    assert await stage.told() == ["session.started", "participant.joined", "participant.left"]


async def test_arriving_twice_is_arriving_once(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    again = await stage.store.write(arrive, mia.id, node="a", now=stage.clock.advance(minutes=1))
    assert [stay.id for stay in (await stage.seen("Mia")).stays] == [again]


async def test_coming_back_on_another_node_begins_a_new_stay(stage: Stage) -> None:
    await stage.come(stage.cast.mia, node="a")
    came, came_back = stage.clock(), stage.clock.advance(minutes=1)
    await stage.come(stage.cast.mia, node="b")
    before, after = (await stage.seen("Mia")).stays
    assert (before.left_at, before.ended_by, before.node) == (came, Departure.RECONCILED, "a")
    assert (after.joined_at, after.left_at, after.node) == (came_back, None, "b")


async def test_leaving_twice_is_leaving_once(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    left = stage.clock.advance(minutes=1)
    await stage.go(mia)
    stage.clock.advance(minutes=1)
    await stage.go(mia, Departure.LOST)
    assert (await stage.seen("Mia")).left_at == left


async def test_a_stay_that_ends_before_it_began_is_told_as_it_is_kept(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    early = stage.clock() - timedelta(seconds=1)
    await stage.store.write(depart, mia.id, at=early, how=Departure.LOST)
    told = (await stage.store.read(after, BEGINNING)).facts[-1]
    assert (told.type, told.at) == ("participant.left", stage.clock())
    assert (await stage.seen("Mia")).left_at == stage.clock()


async def test_a_sign_of_life_reaches_only_those_who_gave_it(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    await stage.come("Gus")
    came, later = stage.clock(), stage.clock.advance(seconds=5)
    await stage.store.write(heartbeat, [mia.id], now=later)
    await stage.store.write(heartbeat, [], now=later)
    assert (await stage.seen("Mia")).stays[0].last_seen_at == later
    assert (await stage.seen("Gus")).stays[0].last_seen_at == came


async def test_a_crash_ends_stays_at_the_last_sign_of_life(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    last = stage.clock.advance(seconds=50)
    await stage.store.write(heartbeat, [mia.id], now=last)
    stage.clock.advance(seconds=3)
    assert await stage.reconcile(node="a") == 1
    back = stage.clock.advance(seconds=4)
    await stage.come(stage.cast.mia)
    crashed, again = (await stage.seen("Mia")).stays
    assert (crashed.left_at, crashed.ended_by) == (last, Departure.RECONCILED)
    assert crashed.confidence is Confidence.ESTIMATED
    assert (again.joined_at, again.left_at) == (back, None)
    assert (await stage.now()).state is State.LIVE


async def test_another_nodes_stays_are_left_alone(stage: Stage) -> None:
    await stage.come(stage.cast.mia, node="a")
    stage.clock.advance(minutes=5)
    assert await stage.reconcile(node="b") == 0
    assert (await stage.seen("Mia")).present


async def test_while_it_runs_only_the_silent_are_reconciled(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    await stage.come("Gus")
    await stage.store.write(heartbeat, [mia.id], now=stage.clock.advance(minutes=2))
    assert await stage.reconcile(unseen_for=timedelta(minutes=1)) == 1
    assert (await stage.seen("Mia")).present
    assert not (await stage.seen("Gus")).present


async def test_a_deserted_session_is_over_when_the_last_one_left(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    left = stage.clock.advance(minutes=50)
    await stage.go(mia)
    stage.clock.advance(hours=11)
    await stage.reconcile()
    assert (await stage.now()).state is State.LIVE
    stage.clock.advance(hours=2)
    await stage.reconcile()
    over = await stage.now()
    assert (over.state, over.ended_at) == (State.ENDED, left)
    assert (over.ended_by, over.ended_by_person) == (Ending.RECONCILED, None)


async def test_a_session_that_nobody_came_to_is_over_when_it_began(stage: Stage) -> None:
    stage.clock.advance(hours=14)
    await stage.reconcile()
    assert (await stage.now()).ended_at == stage.session.started_at


async def test_a_session_with_somebody_in_it_goes_on(stage: Stage) -> None:
    await stage.come(stage.cast.mia, node="b")
    stage.clock.advance(days=3)
    await stage.reconcile(node="a")
    assert (await stage.now()).state is State.LIVE


async def test_a_session_that_ended_stays_as_it_ended(stage: Stage) -> None:
    stage.clock.advance(minutes=9)
    over = await stage.end()
    stage.clock.advance(days=3)
    await stage.reconcile()
    assert (await stage.now()) == over
