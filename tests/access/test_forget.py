"""What has expired is forgotten, and only that."""

from datetime import timedelta

from sqlalchemy import Connection, func, select

from parley.access import Bucket, Desk, count_guess, request_reset, sessions_of, sign_in
from parley.access.forget import forget_expired
from parley.access.rows.guesses import guesses
from parley.access.rows.links import links
from tests.access.visitors import HOME, PASSWORD, opened
from tests.clock import SettableClock


def counted(db: Connection) -> tuple[int, int]:
    """Return how many links and counts there are."""
    return tuple(db.execute(select(func.count()).select_from(table)).scalar_one() for table in (links, guesses))  # type: ignore[return-value]


async def test_what_has_expired_is_forgotten(desk: Desk, clock: SettableClock) -> None:
    ada = await opened(desk)
    await sign_in(desk, email="ada@harbor.example", password=PASSWORD, visit=HOME)
    await request_reset(desk, "ada@harbor.example", visit=HOME)
    await desk.settle()
    idle = desk.settings.signin_idle
    links_before, guesses_before = await desk.store.read(counted)
    assert (links_before, guesses_before > 0) == (1, True)
    await desk.store.write(forget_expired, idle=idle, now=clock())
    assert await desk.store.read(counted) == (links_before, guesses_before)
    assert len(await desk.store.read(sessions_of, by=ada)) == 1
    await desk.store.write(forget_expired, idle=idle, now=clock.advance(days=7))
    assert await desk.store.read(sessions_of, by=ada) == []
    assert await desk.store.read(counted) == (1, 0)
    await desk.store.write(forget_expired, idle=idle, now=clock.advance(days=30))
    assert await desk.store.read(counted) == (0, 0)


async def test_a_count_begins_anew_when_its_time_is_over(desk: Desk, clock: SettableClock) -> None:
    door = Bucket(kind="door", key="123456789", most=1, within=timedelta(minutes=1))
    await desk.store.write(count_guess, door, now=clock())
    await desk.store.write(count_guess, door, now=clock.advance(minutes=1))
