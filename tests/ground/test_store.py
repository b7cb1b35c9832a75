"""The two doors: what a verb may count on, whatever the database."""

import asyncio
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, Table, Text, insert, select, text, update

from parley.ground.db import Store, is_current, open_store
from parley.ground.db.sqlite import SqliteStore
from parley.ground.faults import Conflict, StorageFull, Unreachable
from parley.ground.words import N_

notes = Table(
    "notes",
    MetaData(),
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("words", Text, nullable=False),
)


def make(db: Connection) -> None:
    notes.create(db)


def add(db: Connection, number: int, words: str = "x") -> int:
    db.execute(insert(notes).values(id=number, words=words))
    return number


def ids(db: Connection) -> list[int]:
    return list(db.scalars(select(notes.c.id).order_by(notes.c.id)))


@pytest.fixture
async def pad(store: Store) -> Store:
    await store.write(make)
    return store


async def test_what_was_written_is_read(pad: Store) -> None:
    assert await pad.write(add, 7) == 7
    assert await pad.read(ids) == [7]
    assert await pad.read_long(ids) == [7]


async def test_a_verb_that_fails_takes_nothing_with_it(pad: Store) -> None:
    def half(db: Connection) -> None:
        add(db, 2)
        raise Conflict(N_("No."))

    outcomes = await asyncio.gather(pad.write(add, 1), pad.write(half), pad.write(add, 3), return_exceptions=True)
    assert outcomes[0] == 1
    assert isinstance(outcomes[1], Conflict)
    assert await pad.read(ids) == [1, 3]


async def test_a_broken_constraint_is_the_verbs_own_fault(pad: Store) -> None:
    outcomes = await asyncio.gather(pad.write(add, 1), pad.write(add, 1), pad.write(add, 2), return_exceptions=True)
    assert sum(isinstance(outcome, Exception) for outcome in outcomes) == 1
    assert await pad.read(ids) == [1, 2]


async def test_writes_behave_as_if_one_ran_after_another(pad: Store) -> None:
    """Each verb reads a count and writes the next: on any interleaving, none may be lost."""

    def count_up(db: Connection) -> None:
        before = int(db.scalars(select(notes.c.words).where(notes.c.id == 1)).one())
        db.execute(update(notes).where(notes.c.id == 1).values(words=str(before + 1)))

    await pad.write(add, 1, "0")
    await asyncio.gather(*(pad.write(count_up) for _ in range(20)))
    assert await pad.read(lambda db: db.scalars(select(notes.c.words)).one()) == "20"


async def test_a_long_read_sees_one_state_while_others_write(pad: Store) -> None:
    await pad.write(add, 1)
    reading, written = threading.Event(), threading.Event()

    def twice(db: Connection) -> tuple[list[int], list[int]]:
        before = ids(db)
        reading.set()
        assert written.wait(10)
        return before, ids(db)

    long = asyncio.create_task(pad.read_long(twice))
    await asyncio.to_thread(reading.wait, 10)
    await pad.write(add, 2)
    written.set()
    assert await long == ([1], [1])
    assert await pad.read(ids) == [1, 2]


async def test_a_caller_who_went_away_does_not_hold_up_the_others(pad: Store) -> None:
    gone = asyncio.create_task(pad.write(add, 1))
    await asyncio.sleep(0)
    gone.cancel()
    assert await pad.write(add, 2) == 2
    with pytest.raises(asyncio.CancelledError):
        await gone


async def test_closing_finishes_what_was_handed_in(database_url: str) -> None:
    async with open_store(database_url) as store:
        await store.write(make)
        writes = [asyncio.create_task(store.write(add, number)) for number in range(50)]
        await asyncio.sleep(0)
    assert [await write for write in writes] == list(range(50))
    async with open_store(database_url) as store:
        assert await store.read(ids) == list(range(50))


def limited(pages: int) -> object:
    def verb(db: Connection) -> int:
        used = db.execute(text("PRAGMA page_count")).scalar_one()
        return int(db.execute(text(f"PRAGMA max_page_count={used + pages}")).scalar_one())

    return verb


async def test_a_full_disk_loses_no_write_that_was_acknowledged(tmp_path: Path) -> None:
    """One verb too large for the disk undoes the group's whole transaction; what fits of the others is stored."""
    file = tmp_path / "full.db"
    async with open_store(f"sqlite:///{file}") as store:
        await store.write(make)
        await store.write(limited(8))  # type: ignore[arg-type]
        sizes = {number: 200_000 if number % 10 == 5 else 20 for number in range(40)}
        outcomes = await asyncio.gather(
            *(store.write(add, number, "y" * size) for number, size in sizes.items()), return_exceptions=True
        )
        stored = {outcome for outcome in outcomes if isinstance(outcome, int)}
        refused = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
        assert stored == {number for number, size in sizes.items() if size == 20}
        assert {type(fault) for fault in refused} == {StorageFull}
        assert await store.read(ids) == sorted(stored)
    with sqlite3.connect(file) as raw:
        assert {number for (number,) in raw.execute("SELECT id FROM notes")} == stored


async def test_after_a_full_disk_the_next_write_goes_on(tmp_path: Path) -> None:
    async with open_store(f"sqlite:///{tmp_path / 'full.db'}") as store:
        await store.write(make)
        await store.write(limited(4))  # type: ignore[arg-type]
        with pytest.raises(StorageFull):
            await store.write(add, 1, "y" * 500_000)
        await store.write(limited(1000))  # type: ignore[arg-type]
        assert await store.write(add, 1, "y" * 500_000) == 1


async def test_a_server_that_went_away_and_came_back_is_used_again(pad: Store) -> None:
    """PostgreSQL closes our connections; the next read and the next write each find a new one."""
    if pad.dialect == "sqlite":
        return

    def close_all(db: Connection) -> None:
        db.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )

    await asyncio.gather(*(pad.read(lambda db: db.execute(text("SELECT pg_sleep(0.1)")).scalar()) for _ in range(4)))
    await pad.read(close_all)
    assert await pad.write(add, 5) == 5
    assert await pad.read(ids) == [5]


async def test_a_sqlite_file_is_for_our_eyes_only(tmp_path: Path) -> None:
    file = tmp_path / "var" / "parley.db"
    async with open_store(f"sqlite:///{file}") as store:
        await store.write(make)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    assert modes == {"parley.db": 0o600, "parley.db-wal": 0o600, "parley.db-shm": 0o600}
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


async def test_another_process_that_leaves_takes_no_log_away(tmp_path: Path) -> None:
    file = tmp_path / "parley.db"
    program = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute('SELECT * FROM notes'); db.close()"
    async with open_store(f"sqlite:///{file}") as store:
        await store.write(make)
        is_current(f"sqlite:///{file}")  # a second look at the same file, as /readyz takes one
        await asyncio.to_thread(lambda: subprocess.run([sys.executable, "-c", program, file], check=True))
        left = [path.name for path in tmp_path.iterdir()]  # noqa: ASYNC240 (a folder of three)
    assert sorted(left) == ["parley.db", "parley.db-shm", "parley.db-wal"]


async def test_a_write_after_the_end_is_refused_and_does_not_wait(database_url: str) -> None:
    async with open_store(database_url) as store:
        await store.write(make)
    with pytest.raises(Unreachable, match="stopping"):
        await store.write(add, 1)


async def test_a_read_after_the_end_is_refused_too(database_url: str) -> None:
    async with open_store(database_url) as store:
        await store.write(make)
    for read in (store.read, store.read_long):
        with pytest.raises(Unreachable, match="stopping"):
            await read(ids)


def test_asking_about_a_file_that_is_not_there_makes_none(tmp_path: Path) -> None:
    file = tmp_path / "var" / "parley.db"
    assert not is_current(f"sqlite:///{file}")
    assert not file.parent.exists()


async def test_a_file_that_cannot_be_read_is_unreachable_and_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "parley.db"
    async with open_store(f"sqlite:///{file}") as store:
        await store.write(make)
    file.rename(tmp_path / "away.db")
    file.mkdir()
    store = SqliteStore(file)
    with pytest.raises(Unreachable):
        await store.read(ids)
    with pytest.raises(Unreachable):
        await store.read_long(ids)
    file.rmdir()
    (tmp_path / "away.db").rename(file)
    assert await store.read(ids) == []
    await store.start()
    await store.close()
