"""Who tries out numbers and passwords is slowed down, and nobody else."""

import asyncio
from importlib import import_module

import pytest
from sqlalchemy import Connection, text

from parley.ground.faults import Invalid, NotFound, OverLimit
from parley.meetings import NotLive
from parley.sessions import participants_of
from tests.meetings.joining import PASSWORD, Joining


async def test_who_tries_out_numbers_is_slowed_down(joining: Joining) -> None:
    await joining.plan()
    await joining.act("start")
    number = joining.meeting["number"]
    joining.meeting["number"] = "100000000"
    for _ in range(30):
        with pytest.raises(NotFound):
            await joining.look_up()
    joining.meeting["number"] = number
    with pytest.raises(OverLimit):
        await joining.look_up()
    with pytest.raises(OverLimit):
        await joining.join(name="Gus")
    joining.doors.clock.advance(minutes=16)
    await joining.join(name="Gus")


async def test_who_tries_out_passwords_is_slowed_down(joining: Joining) -> None:
    await joining.plan(password=PASSWORD)
    await joining.act("start")
    for attempt in range(30):
        with pytest.raises(Invalid):
            await joining.join(name="Gus", password=f"wrong {attempt}")
    with pytest.raises(OverLimit):
        await joining.join(name="Gus", password=PASSWORD)


async def test_a_password_is_judged_before_the_meeting_starts(joining: Joining) -> None:
    await joining.plan(password=PASSWORD)
    for _ in range(35):
        with pytest.raises(NotLive):
            await joining.join(name="Gus", password=PASSWORD)
    for attempt in range(30):
        with pytest.raises(Invalid):
            await joining.join(name="Gus", password=f"wrong {attempt}")
    with pytest.raises(OverLimit):
        await joining.join(name="Gus", password=PASSWORD)


@pytest.fixture
def few_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a meeting take 4 wrong passwords in ten minutes, then 2 a minute."""
    monkeypatch.setattr(import_module("parley.meetings.join"), "_WRONG_AT_ONE_MEETING", 4)
    monkeypatch.setattr(import_module("parley.meetings.join"), "_SLOWLY", 2)


async def test_who_tries_out_passwords_from_many_addresses_is_slowed_down(joining: Joining, few_guesses: None) -> None:
    cast, clock = joining.doors.cast, joining.doors.clock
    await joining.plan(password=PASSWORD)
    await joining.act("start")
    for attempt in range(6):
        with pytest.raises(Invalid):
            await joining.join(name="Bot", password=f"wrong {attempt}", address=f"192.0.2.{attempt}")
    for password in ("wrong", PASSWORD):
        with pytest.raises(OverLimit) as refusal:
            await joining.join(name="Gus", password=password, address="198.51.100.7")
        assert refusal.value.retry_after == 60
    await joining.join(cast.mia, password=PASSWORD)
    await joining.join(cast.olga)
    clock.advance(minutes=1)
    await joining.join(name="Gus", password=PASSWORD, address="198.51.100.7")
    for attempt in range(2):
        with pytest.raises(Invalid):
            await joining.join(name="Bot", password="wrong", address=f"192.0.2.{attempt}")
    with pytest.raises(OverLimit):
        await joining.join(name="Bot", password="wrong", address="192.0.2.9")
    clock.advance(minutes=10)
    with pytest.raises(Invalid):
        await joining.join(name="Bot", password="wrong", address="192.0.2.9")


async def test_many_guesses_at_once_from_many_addresses_are_not_more(joining: Joining, few_guesses: None) -> None:
    await joining.plan(password=PASSWORD)
    await joining.act("start")
    guesses = [
        joining.join(name="Bot", password=f"wrong {attempt}", address=f"192.0.2.{attempt}") for attempt in range(20)
    ]
    outcomes = await asyncio.gather(*guesses, return_exceptions=True)
    kinds = [type(outcome) for outcome in outcomes]
    assert (kinds.count(Invalid), kinds.count(OverLimit)) == (6, 14)


async def test_guessing_before_the_start_is_slowed_down_alike(joining: Joining, few_guesses: None) -> None:
    await joining.plan(password=PASSWORD)
    for attempt in range(6):
        with pytest.raises(Invalid):
            await joining.join(name="Bot", password=f"wrong {attempt}", address=f"192.0.2.{attempt}")
    for password in ("wrong", PASSWORD):
        with pytest.raises(OverLimit):
            await joining.join(name="Gus", password=password, address="198.51.100.7")


async def test_guests_with_the_right_password_may_be_many(joining: Joining, few_guesses: None) -> None:
    await joining.plan(password=PASSWORD)
    await joining.act("start")
    guests = [joining.join(name="Gus", password=PASSWORD, address=f"192.0.2.{guest}") for guest in range(20)]
    assert len(await asyncio.gather(*guests)) == 20


async def test_looking_writes_nothing_down(joining: Joining) -> None:
    """Everybody behind one address would otherwise wait for the others, who write in the same line."""

    def counts(db: Connection) -> int:
        return int(db.execute(text("SELECT count(*) FROM guesses")).scalar_one())

    await joining.plan()
    await joining.act("start")
    await joining.look_up()
    await joining.join(joining.doors.cast.mia)
    assert await joining.doors.store.read(counts) == 0


async def test_coming_in_uses_up_no_attempts(joining: Joining) -> None:
    await joining.plan(password=PASSWORD)
    await joining.act("start")
    for _ in range(35):
        await joining.look_up()
        await joining.join(joining.doors.cast.mia, password=PASSWORD)


async def test_one_address_does_not_fill_the_record_with_guests(
    joining: Joining, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("parley.meetings.join"), "_GUESTS", 3)
    await joining.plan()
    session = await joining.act("start")
    for _ in range(3):
        await joining.join(name="Gus")
    with pytest.raises(OverLimit):
        await joining.join(name="Gus")
    await joining.join(joining.doors.cast.mia)
    everybody = await joining.doors.store.read(participants_of, int(session["id"]), by=joining.doors.cast.olga)
    assert sum(one.name == "Gus" for one in everybody) == 3
    await joining.act("end")
    await joining.act("start")
    await joining.join(name="Gus")
