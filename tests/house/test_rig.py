"""The test rig keeps its own promises: fresh databases, a clock that stands still, no way out of this machine."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError
from sqlalchemy import Connection, text

from parley.ground.db import Store, is_current, migrate
from tests.clock import SettableClock


def _tables(db: Connection, dialect: str) -> list[str]:
    sqlite = "SELECT name FROM sqlite_master WHERE type = 'table'"
    postgresql = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    return list(db.execute(text(sqlite if dialect == "sqlite" else postgresql)).scalars())


@pytest.mark.parametrize("turn", [1, 2])
async def test_each_test_gets_a_migrated_database_of_its_own(store: Store, dialect: str, turn: int) -> None:
    assert store.dialect == dialect
    assert "facts" in await store.read(_tables, dialect)
    await store.write(lambda db: db.execute(text("CREATE TABLE mine (turn INTEGER)")))
    assert "mine" in await store.read(_tables, dialect)


def test_an_empty_database_is_not_migrated_yet(empty_database_url: str) -> None:
    assert not is_current(empty_database_url)
    migrate(empty_database_url)
    assert is_current(empty_database_url)


def test_the_clock_moves_only_when_it_is_told_to(clock: SettableClock) -> None:
    before = clock()
    assert clock() == before
    assert (clock.advance(minutes=1, seconds=5) - before).total_seconds() == 65


def test_nothing_leaves_this_machine() -> None:
    with socket.socket() as outward, pytest.raises(SocketConnectBlockedError):
        outward.connect(("192.0.2.1", 80))
