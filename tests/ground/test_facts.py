"""The log of facts: nothing is missed, whoever writes, and a reader is woken."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from parley.ground.db import Store, open_store
from parley.ground.facts import (
    BEGINNING,
    Fact,
    Forgotten,
    StoredFact,
    _behind,
    adopt,
    after,
    end,
    follow,
    forget,
    tell,
)
from parley.ground.faults import Conflict
from parley.ground.words import N_

DOCUMENT = Path(__file__).parents[2] / "docs" / "reference" / "facts.md"
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class LampLit(Fact, frozen=True, tag="lamp.lit"):
    """A lamp was lit."""

    lamp: int


def light(db: Connection, lamp: int, *, at: datetime = AT) -> None:
    tell(db, LampLit(account=1, subject=lamp, actor=None, at=at, lamp=lamp))


async def test_a_fact_reads_as_it_was_told(store: Store) -> None:
    await store.write(light, 2**62)
    (fact,) = (await store.read(after, BEGINNING)).facts
    assert fact == StoredFact(
        id=fact.id, type="lamp.lit", account=1, subject=2**62, actor=None, at=AT, data={"lamp": 2**62}
    )


async def test_a_verb_that_fails_tells_nothing(store: Store) -> None:
    def light_and_fail(db: Connection) -> None:
        light(db, 1)
        raise Conflict(N_("No."))

    heard: list[frozenset[str] | None] = []
    store.watch(heard.append)
    with pytest.raises(Conflict):
        await store.write(light_and_fail)
    assert not (await store.read(after, BEGINNING)).facts
    assert frozenset({"lamp.lit"}) not in heard


async def test_from_now_on_leaves_out_what_was(store: Store) -> None:
    await store.write(light, 1)
    cursor = await store.read(end)
    await store.write(light, 2)
    assert [fact.subject for fact in (await store.read(after, cursor)).facts] == [2]


async def test_a_cursor_goes_on_where_it_stopped(store: Store) -> None:
    for lamp in range(1, 8):
        await store.write(light, lamp)
    cursor, seen = BEGINNING, []
    while (batch := await store.read(after, cursor, limit=3)).facts:
        seen.append([fact.subject for fact in batch.facts])
        cursor = batch.cursor
    assert seen == [[1, 2, 3], [4, 5, 6], [7]]


async def test_a_cursor_that_is_none_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        await store.read(after, "somewhere")


async def test_no_fact_is_missed_with_many_writers(store: Store, database_url: str) -> None:
    """Two processes' worth of stores write at once while a reader follows: it sees each fact once."""
    seen: list[int] = []
    everything = asyncio.Event()

    async def read() -> None:
        async for batch in follow(store):
            seen.extend(fact.subject for fact in batch.facts)
            if len(seen) >= 600:
                everything.set()

    async with open_store(database_url) as other:
        reader = asyncio.create_task(read())
        await asyncio.sleep(0.05)
        await asyncio.gather(*((store if lamp % 2 else other).write(light, lamp) for lamp in range(1, 601)))
        await asyncio.wait_for(everything.wait(), 20)
        await asyncio.sleep(0.1)
        reader.cancel()
    assert sorted(seen) == list(range(1, 601))


async def test_a_late_commit_cannot_slip_in_behind_a_reader(store: Store, database_url: str) -> None:
    """A transaction that told first and commits last holds readers back; they wait, they do not skip."""
    if store.dialect == "sqlite":
        return  # one writer at a time: there is no late commit
    from parley.ground.db.engines import postgres_engine  # noqa: PLC0415

    engine = postgres_engine(database_url.replace("postgresql://", "postgresql+psycopg://"), connections=1)
    with engine.connect() as slow:
        slow.begin()
        light(slow, 1)
        await store.write(light, 2)
        assert not (await store.read(after, BEGINNING)).facts
        slow.commit()
    engine.dispose()
    assert [fact.subject for fact in (await store.read(after, BEGINNING)).facts] == [1, 2]


async def test_watchers_hear_the_types_before_the_writer_returns(store: Store) -> None:
    heard: list[frozenset[str] | None] = []
    stop = store.watch(heard.append)
    await store.write(light, 1)
    assert frozenset({"lamp.lit"}) in heard
    stop()
    count = len(heard)
    await store.write(light, 2)
    assert len(heard) == count


async def test_another_process_commit_wakes_a_reader(store: Store, database_url: str) -> None:
    woken = asyncio.Event()

    async def read() -> None:
        async for _ in follow(store):
            woken.set()

    reader = asyncio.create_task(read())
    await asyncio.sleep(0.3)
    async with open_store(database_url) as other:
        await other.write(light, 1)
    await asyncio.wait_for(woken.wait(), 5)
    reader.cancel()


async def test_the_log_cannot_lose_its_order(store: Store) -> None:
    """A position is never given twice, not even after its fact was removed."""
    await store.write(light, 1)
    cursor = (await store.read(after, BEGINNING)).cursor
    await store.write(lambda db: db.execute(text("DELETE FROM facts")))
    await store.write(light, 2)
    assert [fact.subject for fact in (await store.read(after, cursor)).facts] == [2]


async def light_daily(store: Store, days: int) -> list[str]:
    """Light a lamp on each of some days; return the cursors behind them."""
    cursors: list[str] = []
    for day in range(days):
        await store.write(light, day, at=AT + timedelta(days=day))
        cursors.append((await store.read(after, cursors[-1] if cursors else BEGINNING)).cursor)
    return cursors


async def test_old_facts_are_forgotten_a_few_at_a_time(store: Store) -> None:
    cursors = await light_daily(store, 6)
    before = AT + timedelta(days=3)
    assert [await store.write(forget, before=before, limit=2) for _ in range(3)] == [2, 1, 0]
    assert [fact.subject for fact in (await store.read(after, cursors[2])).facts] == [3, 4, 5]


async def test_a_cursor_before_the_cut_is_refused_and_told_where_to_go_on(store: Store) -> None:
    cursors = await light_daily(store, 5)
    await store.write(forget, before=AT + timedelta(days=3))
    for lost in (BEGINNING, *cursors[:2]):
        with pytest.raises(Forgotten) as refusal:
            await store.read(after, lost)
        assert refusal.value.kept == cursors[2]
        with pytest.raises(Forgotten):
            await anext(follow(store, lost))
    for number, kept in enumerate(cursors[2:], start=3):
        assert [fact.subject for fact in (await store.read(after, kept)).facts] == list(range(number, 5))


async def test_the_newest_fact_is_kept_so_that_from_now_on_stays_true(store: Store) -> None:
    cursors = await light_daily(store, 3)
    now = await store.read(end)
    assert await store.write(forget, before=AT + timedelta(days=99)) == 2
    for cursor in (cursors[-1], now, await store.read(end)):
        assert (await store.read(after, cursor)).facts == ()
    await store.write(light, 7)
    assert [fact.subject for fact in (await store.read(after, now)).facts] == [7]


async def test_a_fact_behind_a_younger_one_waits_for_it(store: Store) -> None:
    """Only from the beginning on: else a cursor could miss what was forgotten in the middle."""
    await store.write(light, 1, at=AT + timedelta(days=9))
    await store.write(light, 2)
    await store.write(light, 3)
    assert await store.write(forget, before=AT + timedelta(days=5)) == 0


async def test_facts_are_followed_by_sql_as_documented(store: Store) -> None:
    for lamp in (1, 2, 3):
        await store.write(light, lamp)
    sqlite, postgresql = re.findall(r"```sql\n(.*?);?\n```", DOCUMENT.read_text(), re.DOTALL)
    query = sqlite if store.dialect == "sqlite" else postgresql

    def behind(db: Connection, xid: str, position: int) -> list[tuple[str, int, int]]:
        place = {"741": xid, "17": str(position)}
        asked = re.sub(r"\b(741|17)\b", lambda example: place[example[0]], query)
        return [(getattr(row, "xid", ""), row.position, row.subject) for row in db.execute(text(asked))]

    first, *others = await store.read(behind, "0", 0)
    assert [lamp for _, _, lamp in (first, *others)] == [1, 2, 3]
    assert await store.read(behind, *first[:2]) == others
    assert await store.read(behind, *others[-1][:2]) == []


async def test_a_log_that_was_restored_elsewhere_is_read_on_from_its_end(store: Store) -> None:
    await store.write(light, 1)
    await store.write(light, 2)

    def restore(db: Connection) -> None:
        """What a dump brings: numbers of another server's transactions, which are far ahead here."""
        if db.dialect.name == "postgresql":
            db.execute(text("UPDATE facts SET xid = ((xid::text)::bigint + 1000000)::text::xid8"))
            db.execute(text("INSERT INTO facts_forgotten VALUES ('1000000.1')"))

    await store.write(restore)
    restored = store.dialect == "postgresql"
    assert len((await store.read(_behind, BEGINNING)).facts) == (0 if restored else 2)
    assert await store.write(adopt) is restored
    assert await store.write(adopt) is False
    assert [fact.subject for fact in (await store.read(_behind, BEGINNING)).facts] == [1, 2]
    cursor = await store.read(end)
    await store.write(light, 3)
    assert [fact.subject for fact in (await store.read(after, cursor)).facts] == [3]
