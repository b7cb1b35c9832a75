"""Seats: issued, found again by their token, refused when the room is full, revoked."""

import hashlib

import pytest

from parley.ground.clock import utc_now
from parley.ground.db import Connection, Store
from parley.ground.facts import BEGINNING, after
from parley.ground.faults import OverLimit
from parley.live import IssuedSeat, issue_seat, revoke_seats, rows
from parley.live.node import LEASE, begin
from parley.live.reasons import Reason, Refused
from parley.live.write_records import seat_of_token
from parley.people import suspend_user
from parley.sessions import Departure, Session, arrive, depart, enter, participations_of
from tests.cast import Cast
from tests.sessions.stage import open_at


@pytest.fixture
async def session(store: Store, cast: Cast) -> Session:
    return await store.write(open_at, host=cast.olga, now=utc_now())


def issue(
    db: Connection, session: Session, name: str, *, person: int | None = None, publishes: bool = True
) -> IssuedSeat:
    participant = enter(db, session.id, person=person, name=name, role="attendee", now=utc_now())  # type: ignore[arg-type]
    return issue_again(db, session, participant.id, name, person=person, publishes=publishes)


def issue_again(
    db: Connection, session: Session, participant: int, name: str, *, person: int | None = None, publishes: bool = True
) -> IssuedSeat:
    return issue_seat(
        db,
        session=session.id,
        account=session.account,
        participant=participant,
        person=person,
        name=name,
        role="attendee",
        publishes=publishes,
        now=utc_now(),
    )


def fill(db: Connection, session: Session, count: int) -> list[IssuedSeat]:
    """Let so many publishers in, all of whom come."""
    issued = [issue(db, session, f"Guest {number}") for number in range(count)]
    for one in issued:
        arrive(db, one.seat.participant, node="a", now=utc_now())
    return issued


async def test_a_token_is_shown_once_and_finds_its_seat(store: Store, session: Session) -> None:
    issued = await store.write(issue, session, "Ben")
    assert issued.token.startswith("seat_")
    assert await store.read(seat_of_token, issued.token) == issued.seat
    assert await store.read(rows.seats_in, session.id) == [issued.seat]
    assert issued.token not in repr(issued.seat)


async def test_a_token_that_was_never_issued_finds_nothing(store: Store, session: Session) -> None:
    with pytest.raises(Refused) as refusal:
        await store.read(seat_of_token, "seat_nobody\ud800")
    assert refusal.value.error.reason is Reason.SEAT_UNKNOWN


async def test_the_door_says_that_the_room_is_full_and_how_many_fit(store: Store, session: Session) -> None:
    await store.write(begin, "a", publishers=2, now=utc_now())
    [first, _] = await store.write(fill, session, 2)
    with pytest.raises(OverLimit) as full:
        await store.write(issue, session, "One too many")
    assert full.value.parameters == {"limit": 2}
    await store.write(issue_again, session, first.seat.participant, "Guest 0")
    await store.write(issue, session, "Listener", publishes=False)
    await store.write(depart, first.seat.participant, at=utc_now(), how=Departure.LEFT)
    await store.write(issue, session, "Next")


async def test_while_no_server_lives_the_limit_of_the_last_one_counts(store: Store, session: Session) -> None:
    await store.write(begin, "long gone", publishers=8, now=utc_now() - 2 * LEASE)
    await store.write(begin, "a", publishers=2, now=utc_now() - LEASE)
    await store.write(fill, session, 2)
    with pytest.raises(OverLimit) as full:
        await store.write(issue, session, "One too many")
    assert full.value.parameters == {"limit": 2}


async def test_before_the_first_server_seats_are_issued(store: Store, session: Session) -> None:
    assert (await store.write(issue, session, "Ben")).token


async def test_revoking_ends_the_stay_and_every_seat_of_the_participant(
    store: Store, session: Session, cast: Cast
) -> None:
    [one] = await store.write(fill, session, 1)
    other = await store.write(issue_again, session, one.seat.participant, "Guest 0")
    for _ in range(2):
        await store.write(revoke_seats, one.seat.participant, by=cast.olga.person, now=utc_now())
    for token in (one.token, other.token):
        with pytest.raises(Refused):
            await store.read(seat_of_token, token)
    facts = (await store.read(after, BEGINNING, limit=100)).facts
    [revoked] = [fact for fact in facts if fact.type == "seat.revoked"]
    assert (revoked.subject, revoked.actor) == (one.seat.participant, cast.olga.person)
    participations = await store.read(participations_of, session.id, by=cast.olga)
    [stay] = next(one for one in participations if one.stays).stays
    assert stay.ended_by is Departure.REMOVED


async def test_a_suspended_users_seat_admits_nobody(store: Store, session: Session, cast: Cast) -> None:
    assert cast.mia.person
    issued = await store.write(issue, session, "Mia", person=cast.mia.person)
    await store.write(suspend_user, cast.mia.person, by=cast.ada, now=utc_now())
    with pytest.raises(Refused) as refusal:
        await store.read(seat_of_token, issued.token)
    assert refusal.value.error.reason is Reason.SUSPENDED


async def test_tokens_are_stored_hashed(store: Store, session: Session) -> None:
    issued = await store.write(issue, session, "Ben")

    def stored(db: Connection) -> bytes:
        return bytes(db.execute(rows.seats.select()).one().token_hash)

    assert await store.read(stored) == hashlib.sha256(issued.token.encode()).digest()
