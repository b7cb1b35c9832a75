"""Claiming a room: a new epoch each time, never from a server that is alive, and who was there a moment ago."""

from datetime import timedelta

import pytest

from parley.ground.db import Connection, Store
from parley.live import issue_seat
from parley.live.change_house import change_house, prepare_room
from parley.live.claim_room import Claim, claim_room, release_room
from parley.live.house_rules import HouseChange, HouseRules
from parley.live.node import LEASE, begin, lapse, renew
from parley.live.reasons import Reason, Refused
from parley.live.seat import Seat
from parley.people import Lobby
from parley.sessions import Departure, Ending, RoomRole, Session, arrive, close_session, depart, enter, say
from tests.cast import Cast, cast_of
from tests.clock import SettableClock
from tests.sessions.stage import open_at

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def cast(store: Store, clock: SettableClock) -> Cast:
    return await cast_of(store, now=clock())


@pytest.fixture
async def session(store: Store, cast: Cast, clock: SettableClock) -> Session:
    """A session of Olga's; the nodes a and b are alive."""
    for node in ("a", "b"):
        await store.write(begin, node, publishers=6, now=clock())
    return await store.write(open_at, host=cast.olga, now=clock())


async def claim(store: Store, session: Session, clock: SettableClock, *, node: str = "a") -> Claim:
    return await store.write(claim_room, session.id, node=node, remembered=MINUTE, messages=200, now=clock())


def come(db: Connection, session: Session, name: str, clock: SettableClock) -> Seat:
    participant = enter(db, session.id, person=None, name=name, role=RoomRole.ATTENDEE, now=clock())
    issued = issue_seat(
        db,
        session=session.id,
        account=session.account,
        participant=participant.id,
        person=None,
        name=name,
        role="attendee",
        now=clock(),
    )
    arrive(db, participant.id, node="a", now=clock())
    return issued.seat


async def test_every_claim_begins_a_new_epoch(store: Store, session: Session, clock: SettableClock) -> None:
    assert [(await claim(store, session, clock)).epoch for _ in range(3)] == [1, 2, 3]


async def test_a_room_is_not_taken_from_a_server_that_is_alive(
    store: Store, session: Session, clock: SettableClock
) -> None:
    await claim(store, session, clock, node="a")
    with pytest.raises(Refused) as refusal:
        await claim(store, session, clock, node="b")
    assert refusal.value.error.reason is Reason.UNAVAILABLE
    clock.advance(seconds=15)
    await store.write(renew, "a", now=clock())
    clock.advance(seconds=15)
    with pytest.raises(Refused):
        await claim(store, session, clock, node="b")
    clock.advance(seconds=LEASE.total_seconds())
    assert (await claim(store, session, clock, node="b")).epoch == 2


@pytest.mark.parametrize("stops", [True, False])
async def test_a_server_that_lets_go_or_stops_leaves_the_room_to_others(
    store: Store, session: Session, clock: SettableClock, *, stops: bool
) -> None:
    await claim(store, session, clock, node="a")
    if stops:
        await store.write(lapse, "a", now=clock())
    else:
        await store.write(release_room, session.id, node="a", epoch=1)
    assert (await claim(store, session, clock, node="b")).epoch == 2


async def test_letting_go_late_does_not_let_go_of_a_newer_claim(
    store: Store, session: Session, clock: SettableClock
) -> None:
    await claim(store, session, clock)
    await claim(store, session, clock)
    await store.write(release_room, session.id, node="a", epoch=1)
    with pytest.raises(Refused):
        await claim(store, session, clock, node="b")


async def test_the_room_of_a_session_that_is_over_is_not_claimed(
    store: Store, session: Session, clock: SettableClock
) -> None:
    await store.write(close_session, session.id, by=None, how=Ending.HOST, now=clock())
    with pytest.raises(Refused) as refusal:
        await claim(store, session, clock)
    assert refusal.value.error.reason is Reason.ENDED


async def test_what_was_said_is_there_after_a_restart(store: Store, session: Session, clock: SettableClock) -> None:
    ben = await store.write(come, session, "Ben", clock)
    await store.write(say, ben.participant, text="Hello!", key="k", now=clock())
    assert [message.text for message in (await claim(store, session, clock)).messages] == ["Hello!"]


async def test_who_was_there_when_the_server_died_is_awaited(
    store: Store, session: Session, clock: SettableClock
) -> None:
    await claim(store, session, clock)
    joined_at = clock()
    ben = await store.write(come, session, "Ben", clock)
    cleo = await store.write(come, session, "Cleo", clock)
    await store.write(depart, cleo.participant, at=clock(), how=Departure.LEFT)
    clock.advance(seconds=5)
    assert await store.write(begin, "a", publishers=6, now=clock()) == 1
    [person] = (await claim(store, session, clock)).remembered
    assert (person.seat, person.joined_at, person.instance) == (ben, joined_at, None)
    assert person.away_since == clock()


async def test_who_was_there_long_ago_is_not_awaited(store: Store, session: Session, clock: SettableClock) -> None:
    await claim(store, session, clock)
    await store.write(come, session, "Ben", clock)
    clock.advance(minutes=2)
    await store.write(begin, "a", publishers=6, now=clock())
    assert (await claim(store, session, clock)).remembered == ()


async def test_what_hosts_decided_about_a_room_is_kept(
    store: Store, cast: Cast, session: Session, clock: SettableClock
) -> None:
    host = await store.write(come, session, "Gus", clock)
    await store.write(prepare_room, session.id, lobby=Lobby.GUESTS, now=clock())
    for change in (HouseChange(locked=True), HouseChange(may_unmute=False), HouseChange(locked=True)):
        await store.write(change_house, change, by=host.participant, person=cast.olga.person, now=clock())
    claimed = await claim(store, session, clock)
    assert claimed.house == HouseRules(lobby=Lobby.GUESTS, locked=True, may_unmute=False)
    assert (await claim(store, session, clock)).house == claimed.house
