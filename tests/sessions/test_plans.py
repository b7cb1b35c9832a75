"""The history is read along an index, however long it is."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import insert, text

from parley.ground.db import Connection
from parley.ground.ids import new_id
from parley.people import Caller
from parley.sessions import history
from parley.sessions.rows.participants import participants
from parley.sessions.rows.sessions import sessions
from tests.plans import plan_of, reads_all
from tests.sessions.stage import Stage

MANY = 5_000


def _fill(db: Connection, stage: Stage) -> None:
    """Write down sessions of one hour each, in turn of Olga's meeting 2 and Otto's meeting 3."""
    held = [_run(stage, number) for number in range(MANY)]
    db.execute(insert(sessions), held)
    db.execute(insert(participants), [_host(one) for one in held])
    db.execute(text("ANALYZE"))


def _run(stage: Stage, number: int) -> dict[str, Any]:
    host = (stage.cast.olga, stage.cast.otto)[number % 2]
    started_at = stage.clock() - timedelta(hours=MANY - number)
    over = started_at + timedelta(hours=1)
    return {
        "id": new_id(),
        "account": host.account,
        "kind": "meeting",
        "meeting": 2 + number % 2,
        "title": "Hourly",
        "host": host.person,
        "host_name": host.name,
        "planned_start": started_at,
        "planned_end": over,
        "state": "ended",
        "started_at": started_at,
        "ended_at": over,
        "ended_by": "host",
    }


def _host(run: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": new_id(),
        "account": run["account"],
        "session": run["id"],
        "person": run["host"],
        "name": run["host_name"],
        "role": "host",
        "invited": True,
        "session_started_at": run["started_at"],
    }


@pytest.mark.parametrize("name", ["ada", "olga", "mia"])
async def test_no_history_reads_all_sessions(stage: Stage, name: str) -> None:
    await stage.store.write(_fill, stage)
    by: Caller = getattr(stage.cast, name)
    day = stage.clock() - timedelta(days=100)
    filters: tuple[dict[str, Any], ...] = (
        {},
        {"organizer": by.person},
        {"meeting": 2},
        {"since": day, "until": day + timedelta(days=1)},
    )
    for wanted in filters:
        plan = await stage.store.read(plan_of, partial(history, by=by, limit=20, **wanted))
        assert not reads_all(plan, "sessions", "participants"), f"{wanted}\n{plan}"
