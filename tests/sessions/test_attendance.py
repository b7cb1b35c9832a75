"""How long somebody was there, by however many witnesses."""

from datetime import UTC, datetime, timedelta

from parley.sessions import Confidence, Departure, Participant, Participation, RoomRole, Source, Stay, covered

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def at(minute: int) -> datetime:
    return NINE + timedelta(minutes=minute)


def stay(joined: int, left: int | None) -> Stay:
    return Stay(
        id=joined + 1,
        session=1,
        participant=1,
        joined_at=at(joined),
        left_at=None if left is None else at(left),
        last_seen_at=at(joined),
        away_since=None,
        source=Source.HEARTBEAT,
        confidence=Confidence.EXACT,
        node="a",
        ended_by=None if left is None else Departure.LEFT,
    )


def attendee(*stays: Stay) -> Participation:
    who = Participant(
        id=1, account=1, session=1, person=None, name="Gus", role=RoomRole.ATTENDEE, invited=False, admitted_at=at(0)
    )
    return Participation(participant=who, stays=stays)


def test_nobody_was_there_for_no_time() -> None:
    assert covered([]) == timedelta()


def test_absences_do_not_count() -> None:
    assert covered([(at(0), at(10)), (at(20), at(25))]) == timedelta(minutes=15)


def test_time_that_two_witnesses_saw_counts_once() -> None:
    assert covered([(at(5), at(20)), (at(0), at(10)), (at(6), at(8))]) == timedelta(minutes=20)


def test_stays_that_touch_are_counted_in_full() -> None:
    assert covered([(at(0), at(10)), (at(10), at(20))]) == timedelta(minutes=20)


def test_who_did_not_come_has_no_times() -> None:
    eve = attendee()
    assert (eve.came, eve.present, eve.joined_at, eve.left_at) == (False, False, None, None)
    assert eve.duration(at(60)) == timedelta()


def test_who_left_has_a_first_and_a_last_moment() -> None:
    bo = attendee(stay(1, 10), stay(20, 30))
    assert (bo.joined_at, bo.left_at) == (at(1), at(30))
    assert bo.duration(at(60)) == timedelta(minutes=19)


def test_who_is_there_has_not_left() -> None:
    mia = attendee(stay(1, 10), stay(20, None))
    assert (mia.present, mia.left_at) == (True, None)
    assert mia.duration(at(60)) == timedelta(minutes=49)


def test_a_stay_cannot_end_before_it_began() -> None:
    assert stay(10, None).ended(at=at(5), how=Departure.LEFT).left_at == at(10)


def test_an_end_that_nobody_saw_is_estimated() -> None:
    estimated = {how for how in Departure if how.confidence is Confidence.ESTIMATED}
    assert estimated == {Departure.LOST, Departure.RECONCILED}
