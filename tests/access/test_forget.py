"""What has expired is forgotten, and only that."""

from datetime import timedelta

from sqlalchemy import Connection, func, select

from parley.access import AttemptLimit, Context, count_guess, request_reset, sessions_of, sign_in
from parley.access.forget import forget_expired
from parley.access.rows.guesses import guesses
from parley.access.rows.links import links
from tests.access.visitors import HOME, PASSWORD, opened
from tests.clock import SettableClock


def counted(db: Connection) -> tuple[int, int]:
    """Return how many links and counts there are."""
    return tuple(db.execute(select(func.count()).select_from(table)).scalar_one() for table in (links, guesses))  # type: ignore[return-value]


async def test_what_has_expired_is_forgotten(context: Context, clock: SettableClock) -> None:
    ada = await opened(context)
    await sign_in(context, email="ada@harbor.example", password=PASSWORD, client=HOME)
    await request_reset(context, "ada@harbor.example", client=HOME)
    await context.settle()
    idle = context.settings.signin_idle
    links_before, guesses_before = await context.store.read(counted)
    assert (links_before, guesses_before > 0) == (1, True)
    await context.store.write(forget_expired, idle=idle, now=clock())
    assert await context.store.read(counted) == (links_before, guesses_before)
    assert len(await context.store.read(sessions_of, by=ada)) == 1
    await context.store.write(forget_expired, idle=idle, now=clock.advance(days=7))
    assert await context.store.read(sessions_of, by=ada) == []
    assert await context.store.read(counted) == (1, 0)
    await context.store.write(forget_expired, idle=idle, now=clock.advance(days=30))
    assert await context.store.read(counted) == (0, 0)


async def test_a_count_begins_anew_when_its_time_is_over(context: Context, clock: SettableClock) -> None:
    door = AttemptLimit(kind="door", key="123456789", most=1, within=timedelta(minutes=1))
    await context.store.write(count_guess, door, now=clock())
    await context.store.write(count_guess, door, now=clock.advance(minutes=1))
