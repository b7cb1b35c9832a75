"""Who may read the record, and how it is found."""

from datetime import timedelta

import pytest

from parley.ground.faults import Forbidden, Invalid, NotFound
from parley.people import Caller, operator
from parley.sessions import (
    Departure,
    Session,
    attendance_of,
    history,
    messages_of,
    participants_of,
    participations_of,
    session_seen_by,
)
from tests.cast import let_max_manage
from tests.sessions.stage import Stage, open_at

RECORD = (session_seen_by, participants_of, attendance_of, participations_of, messages_of)


@pytest.mark.parametrize("name", ["olga", "otto", "ada", "max"])
async def test_hosts_overseers_and_managers_read_the_record_without_being_there(stage: Stage, name: str) -> None:
    await stage.store.write(let_max_manage, stage.cast, stage.cast.olga, now=stage.clock())
    for question in RECORD:
        await stage.store.read(question, stage.session.id, by=getattr(stage.cast, name))
    assert len((await stage.store.read(history, by=getattr(stage.cast, name))).items) == 1


async def test_the_operator_reads_the_record(stage: Stage) -> None:
    by = operator(stage.session.account)
    assert (await stage.store.read(session_seen_by, stage.session.id, by=by)).id == stage.session.id


async def test_who_was_there_reads_the_record(stage: Stage) -> None:
    await stage.come(stage.cast.mia)
    for question in RECORD:
        await stage.store.read(question, stage.session.id, by=stage.cast.mia)


@pytest.mark.parametrize("name", ["mia", "zoe"])
async def test_for_everybody_else_there_is_nothing(stage: Stage, name: str) -> None:
    by: Caller = getattr(stage.cast, name)
    for question in RECORD:
        with pytest.raises(NotFound):
            await stage.store.read(question, stage.session.id, by=by)
    assert (await stage.store.read(history, by=by)).items == ()


async def test_a_token_without_the_right_reads_nothing(stage: Stage) -> None:
    cut = stage.cast.olga.restricted_to(frozenset({"me"}))
    for question in RECORD:
        with pytest.raises(Forbidden):
            await stage.store.read(question, stage.session.id, by=cut)
    with pytest.raises(Forbidden):
        await stage.store.read(history, by=cut)


async def test_everybody_stands_beside_their_stays(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    stage.clock.advance(minutes=3)
    await stage.go(mia, Departure.LOST)
    stage.clock.advance(minutes=4)
    await stage.come(stage.cast.mia)
    everybody = await stage.store.read(participations_of, stage.session.id, by=stage.cast.olga)
    assert [(one.participant.name, len(one.stays)) for one in everybody] == [("Olga", 0), ("Otto", 0), ("Mia", 2)]
    assert everybody[2].duration(stage.clock.advance(minutes=1)) == timedelta(minutes=4)


async def runs(stage: Stage, count: int) -> list[Session]:
    """Hold more sessions, one every day, in turn of Olga's meeting 2 and Otto's meeting 3."""
    held = []
    for number in range(count):
        now = stage.clock.advance(days=1)
        olgas = number % 2 == 0
        host, meeting = (stage.cast.olga, 2) if olgas else (stage.cast.otto, 3)
        session = await stage.store.write(open_at, host=host, meeting=meeting, now=now)
        await Stage(stage.store, stage.clock, stage.cast, session).end()
        held.append(session)
    return held


async def test_history_is_newest_first(stage: Stage) -> None:
    held = await runs(stage, 3)
    found = await stage.store.read(history, by=stage.cast.ada)
    assert [session.id for session in found.items] == [*(one.id for one in reversed(held)), stage.session.id]


async def test_history_is_ones_own(stage: Stage) -> None:
    held = await runs(stage, 4)
    found = await stage.store.read(history, by=stage.cast.otto)
    assert [session.id for session in found.items] == [held[3].id, held[1].id, stage.session.id]


@pytest.mark.parametrize("name", ["ada", "olga"])
async def test_history_by_meeting_organizer_and_date(stage: Stage, name: str) -> None:
    held = await runs(stage, 4)
    by: Caller = getattr(stage.cast, name)

    async def found(**filters: object) -> set[int]:
        page = await stage.store.read(history, by=by, **filters)  # type: ignore[arg-type]
        return {session.id for session in page.items}

    assert await found(meeting=2) == {held[0].id, held[2].id}
    assert await found(organizer=stage.cast.olga.person) == {stage.session.id, held[0].id, held[2].id}
    assert await found(since=held[2].started_at, organizer=stage.cast.olga.person) == {held[2].id}
    assert await found(until=held[0].started_at) == {stage.session.id}
    assert await found(meeting=9) == set()


@pytest.mark.parametrize("name", ["ada", "otto"])
async def test_history_in_pages_is_the_history(stage: Stage, name: str) -> None:
    await runs(stage, 5)
    by: Caller = getattr(stage.cast, name)
    whole = (await stage.store.read(history, by=by)).items
    pages: list[Session] = []
    cursor = None
    while True:
        page = await stage.store.read(history, by=by, limit=2, cursor=cursor)
        assert len(page.items) <= 2
        pages += page.items
        if (cursor := page.next) is None:
            break
    assert tuple(pages) == whole


async def test_a_session_that_begins_does_not_move_the_pages(stage: Stage) -> None:
    held = await runs(stage, 3)
    first = await stage.store.read(history, by=stage.cast.ada, limit=2)
    await runs(stage, 1)
    second = await stage.store.read(history, by=stage.cast.ada, limit=2, cursor=first.next)
    assert [session.id for session in second.items] == [held[0].id, stage.session.id]


@pytest.mark.parametrize("cursor", ["", "x", "bm9wZQ", "WzEsMl0", "WyIyMDI2LTAzLTAyVDA5OjAwOjAwIiw1XQ"])
async def test_what_is_no_cursor_is_refused(stage: Stage, cursor: str) -> None:
    with pytest.raises(Invalid):
        await stage.store.read(history, by=stage.cast.ada, cursor=cursor)


@pytest.mark.parametrize("limit", [0, -1, 201])
async def test_a_page_has_a_size(stage: Stage, limit: int) -> None:
    with pytest.raises(Invalid):
        await stage.store.read(history, by=stage.cast.ada, limit=limit)
