"""The demonstration: the same year for the same seed, on every database, and a way in for a newcomer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from parley import meetings, people, sessions
from parley.access import ClientInfo, Context, Hasher, sign_in
from parley.artefacts import artefacts_of
from parley.demo import ACCOUNT, SignIn, furnish
from parley.demo.recorded import TITLE
from parley.ground.db import Connection, Store, migrate, open_store
from parley.ground.faults import Conflict, Invalid
from parley.ground.mail import Mailer
from parley.ground.storage import Storage
from parley.people import NewUser
from parley.settings import Settings
from tests.cli.operator import Operator
from tests.clock import SettableClock

BROWSER = ClientInfo(address="127.0.0.1", agent="")
Happened = list[tuple[object, ...]]


@asynccontextmanager
async def a_context(store: Store, settings: Settings, clock: SettableClock) -> AsyncIterator[Context]:
    mailer = Mailer(None, sender="parley@example.com")
    context = Context(store, settings=settings, mailer=mailer, hasher=Hasher(memory_kib=8, rounds=1), clock=clock)
    try:
        yield context
    finally:
        await context.close()


async def furnished(context: Context, *, seed: int = 1) -> tuple[SignIn, ...]:
    shares: list[float] = []
    sign_ins = await furnish(context, seed=seed, told=shares.append, months=1)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    return sign_ins


def happened(db: Connection) -> Happened:
    """Return everything that took place, without ids."""
    [account] = people.find_accounts(db)
    by = people.operator(account.id)
    page = sessions.history(db, by=by, limit=100)
    assert page.next is None
    return [
        (session.title, session.started_at, session.ended_at, one.participant.name, stay.joined_at, stay.left_at)
        for session in page.items
        for one in sessions.participations_of(db, session.id, by=by)
        for stay in one.stays
    ]


async def test_the_same_seed_is_the_same_month_on_every_database(
    store: Store, settings: Settings, clock: SettableClock, tmp_path: Path
) -> None:
    async with a_context(store, settings, clock) as context:
        await furnished(context)
    once = await store.read(happened)
    assert len({row[0] for row in once}) > 8
    assert len(once) > 150
    assert all(begun <= came < left <= over < clock() for _, begun, over, _, came, left in once)  # type: ignore[operator]
    for seed, same in ((1, True), (2, False)):
        url = f"sqlite:///{tmp_path / f'{seed}.db'}"
        migrate(url)
        async with open_store(url) as other, a_context(other, settings, clock) as context:
            await furnished(context, seed=seed)
            assert (await other.read(happened) == once) is same


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_a_newcomer_signs_in_and_the_next_time_with_a_new_password(
    store: Store, settings: Settings, clock: SettableClock
) -> None:
    async with a_context(store, settings, clock) as context:
        first = await furnished(context)
        assert [one.role for one in first] == ["administrator", "manager", "organizer", "member"]
        before = await store.read(happened)
        clock.advance(days=1)
        again = await furnished(context)
        assert await store.read(happened) == before
        for old, new in zip(first, again, strict=True):
            assert (
                await sign_in(context, email=new.email, password=new.password, client=BROWSER)
            ).caller.name == new.name
            with pytest.raises(Invalid):
                await sign_in(context, email=old.email, password=old.password, client=BROWSER)


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_a_database_in_use_is_left_alone(store: Store, settings: Settings, clock: SettableClock) -> None:
    someone = NewUser(email="ada@example.com", name="Ada")
    await store.write(people.create_account, "Northwind", administrator=someone, now=clock())
    async with a_context(store, settings, clock) as context:
        with pytest.raises(Conflict):
            await furnish(context, seed=1, told=lambda _: None)
    assert await store.read(happened) == []


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_it_is_as_believable_as_people_are(store: Store, settings: Settings, clock: SettableClock) -> None:
    """Some come late, some do not come, some are lost for a while; the account has limits, and guests come."""
    async with a_context(store, settings, clock) as context:
        await furnished(context)
    once = await store.read(happened)
    late = [row for row in once if row[4] - row[1] > timedelta(minutes=5)]  # type: ignore[operator]
    assert 0.05 < len(late) / len(once) < 0.5
    names = {row[3] for row in once}
    assert {"Iris Lindqvist", "Yuki Tanabe"} < names
    assert any("," in str(name) or "(" in str(name) for name in names)
    stays = [(row[0], row[1], row[3]) for row in once]
    assert len(set(stays)) < len(stays)
    [account] = await store.read(people.find_accounts)
    assert account.name == ACCOUNT
    templates = await store.read(meetings.find_templates, by=people.operator(account.id))
    assert [one.name for one in templates] == ["Budget check", "Optics review"]


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_a_recording_is_there_and_plays(store: Store, settings: Settings, clock: SettableClock) -> None:
    async with a_context(store, settings, clock) as context:
        await furnished(context)
    [account] = await store.read(people.find_accounts)
    by = people.operator(account.id)
    page = await store.read(sessions.history, by=by, limit=100)
    [recorded] = [session for session in page.items if session.title == TITLE]
    [artefact] = await store.read(artefacts_of, recorded.id, by=by)
    assert artefact.state == "ready"
    assert artefact.storage_key is not None
    content = await Storage(settings.storage).get(artefact.storage_key)
    assert (content[:4], len(content)) == (b"\x1a\x45\xdf\xa3", artefact.bytes)


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_nobody_is_written_to(store: Store, settings: Settings, clock: SettableClock) -> None:
    async with a_context(store, settings, clock) as context:
        context.mailer = Mailer("smtp://127.0.0.1:9", sender="parley@example.com")
        with pytest.raises(Conflict, match="PARLEY_SMTP"):
            await furnish(context, seed=1, told=lambda _: None)


def test_the_command_answers_with_whom_to_sign_in_and_nothing_else(empty_sqlite: str, tmp_path: Path) -> None:
    parley = Operator({"PARLEY_DATA": str(tmp_path), "PARLEY_DATABASE": empty_sqlite})
    answer = parley.ask("demo", "--seed", "3")
    assert answer["users"][0]["email"] == "iris.lindqvist@example.com"
    assert "iris.lindqvist@example.com" in parley.type("demo").stdout
