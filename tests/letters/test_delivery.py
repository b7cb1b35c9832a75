"""The outbox: what is written is sent once, or shown to have failed, whatever happens to server and mail server."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from parley.ground.db import Connection, Store
from parley.ground.mail import Mailer
from parley.ground.secrets import Keyring
from parley.letters import (
    Content,
    Delivery,
    Kind,
    NewLetter,
    State,
    enveloped,
    return_letter,
    withhold_threads,
    write_letters,
)
from parley.letters.delivery import TOGETHER
from parley.letters.rows import letters
from parley.letters.settle import CLAIM, claim
from tests.cast import Cast, cast_of
from tests.clock import SettableClock
from tests.postbox import Postbox, running_postbox
from tests.postgres import free_port

RING = Keyring(b"k" * 32)


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with running_postbox() as box:
        yield box


@pytest.fixture
async def cast(store: Store, clock: SettableClock) -> Cast:
    return await cast_of(store, now=clock())


def _delivery(store: Store, clock: SettableClock, url: str) -> Delivery:
    async def ready() -> None:
        """The store is open."""

    mailer = Mailer(url, sender="Parley <parley@example.com>")
    return Delivery(store, mailer=mailer, ring=RING, clock=clock, ready=ready)


def _new(cast: Cast, *, email: str = "eve@example.com", once: str = "1", late: timedelta | None = None) -> NewLetter:
    now = SettableClock()()
    return NewLetter(
        once=once,
        thread=f"thread {once[0]}",
        account=cast.ada.account,
        kind=Kind.INVITATION,
        email=email,
        subject=f"Letter {once}",
        content=Content(text="The link is https://parley.example.com/join/1/secret", writer="Olga"),
        meeting=7,
        expires_at=None if late is None else now + late,
    )


async def _write(store: Store, clock: SettableClock, *new: NewLetter) -> int:
    return await store.write(write_letters, [enveloped(each, ring=RING, now=clock()) for each in new])


async def _states(store: Store) -> list[State]:
    def read(db: Connection) -> list[State]:
        return [State(state) for state in db.execute(select(letters.c.state).order_by(letters.c.id)).scalars()]

    return await store.read(read)


async def test_a_letter_is_sent_once_and_what_stood_in_it_is_forgotten(
    store: Store, clock: SettableClock, cast: Cast, postbox: Postbox
) -> None:
    assert await _write(store, clock, _new(cast)) == 1
    assert await _write(store, clock, _new(cast)) == 0, "there is one for the same"
    row = (await store.read(lambda db: db.execute(select(letters)).one()))._asdict()
    assert "secret" not in str(row), "a link that lets somebody in is not readable in the database"
    delivery = _delivery(store, clock, postbox.url)
    assert (await delivery.deliver(), await delivery.deliver()) == (1, 0)
    (mail,) = postbox.mails()
    assert (mail["To"], mail["Subject"]) == ("eve@example.com", "Letter 1")
    assert "join/1/secret" in mail.get_content()
    after = await store.read(lambda db: db.execute(select(letters)).one())
    assert (after.state, after.sealed) == (State.SENT, None)


async def test_who_is_refused_for_good_has_failed_and_who_is_refused_for_now_waits(
    store: Store, clock: SettableClock, cast: Cast, postbox: Postbox
) -> None:
    addresses = ("code-550@example.com", "code-450@example.com", "not an address", "eve@example.com")
    await _write(store, clock, *(_new(cast, email=email, once=f"{at}") for at, email in enumerate(addresses)))
    delivery = _delivery(store, clock, postbox.url)
    await delivery.deliver()
    assert await _states(store) == [State.FAILED, State.WAITING, State.FAILED, State.SENT]
    assert await delivery.deliver() == 0, "it waits a while"
    for _ in range(40):
        clock.advance(hours=4)
        await delivery.deliver()
    assert await _states(store) == [State.FAILED, State.FAILED, State.FAILED, State.SENT]
    found = await store.read(lambda db: db.execute(select(letters.c.error).order_by(letters.c.id)).scalars().first())
    assert found == {
        "message": "The mail server refused the message: %(code)s %(answer)s",
        "parameters": {"code": "550", "answer": "no"},
    }


async def test_a_mail_server_that_is_away_loses_nothing_and_is_not_asked_for_every_letter(
    store: Store, clock: SettableClock, cast: Cast, postbox: Postbox
) -> None:
    await _write(store, clock, *(_new(cast, once=f"{number}") for number in range(TOGETHER + 20)))
    tried = await _delivery(store, clock, f"smtp://127.0.0.1:{free_port()}").deliver()
    assert (tried, {*await _states(store)}) == (TOGETHER, {State.WAITING})
    clock.advance(minutes=1)
    await _delivery(store, clock, postbox.url).deliver()
    assert len(postbox.taken) == TOGETHER + 20


async def test_what_a_killed_server_was_sending_is_sent_by_the_next_one_and_by_one_only(
    store: Store, clock: SettableClock, cast: Cast, postbox: Postbox
) -> None:
    await _write(store, clock, _new(cast))
    assert len(await store.write(claim, now=clock(), limit=9)) == 1, "and then it is killed"
    delivery = _delivery(store, clock, postbox.url)
    assert await delivery.deliver() == 0
    clock.advance(seconds=CLAIM.total_seconds())
    assert await delivery.deliver() == 1


async def test_of_two_servers_at_once_each_letter_is_sent_by_one(
    store: Store, clock: SettableClock, cast: Cast, postbox: Postbox
) -> None:
    await _write(store, clock, *(_new(cast, once=f"{number}") for number in range(2 * TOGETHER)))
    servers = [_delivery(store, clock, postbox.url) for _ in range(3)]
    sent = await asyncio.gather(*(server.deliver() for server in servers))
    assert (sum(sent), len(postbox.taken)) == (2 * TOGETHER, 2 * TOGETHER)


async def test_what_is_late_is_not_sent(store: Store, clock: SettableClock, cast: Cast, postbox: Postbox) -> None:
    await _write(store, clock, _new(cast, late=timedelta(minutes=15)))
    clock.advance(minutes=15)
    assert await _delivery(store, clock, postbox.url).deliver() == 0
    assert (await _states(store), postbox.taken) == ([State.WITHHELD], [])


async def test_a_newer_letter_overtakes_what_did_not_leave(store: Store, clock: SettableClock, cast: Cast) -> None:
    await _write(store, clock, _new(cast, once="1"), _new(cast, once="2"))
    await store.write(withhold_threads, ["thread 1"], now=clock())
    assert await _states(store) == [State.WITHHELD, State.WAITING]


async def test_a_letter_that_comes_back_has_failed(
    store: Store, clock: SettableClock, cast: Cast, postbox: Postbox
) -> None:
    await _write(store, clock, _new(cast))
    await _delivery(store, clock, postbox.url).deliver()
    number = postbox.mails()[0]["Message-ID"].strip("<>").partition("@")[0]
    error = {"message": "It came back.", "parameters": {}}
    for message, email, came in ((number, "x@example.com", False), (number, "EVE@example.com", True)):
        assert await store.write(return_letter, message, email=email, error=error, now=clock()) is came
    assert await _states(store) == [State.FAILED]
