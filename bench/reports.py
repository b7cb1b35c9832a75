"""Area 9, reports: the record of 100,000 sessions and 1,000,000 stays as files, and attendance over a month of it."""

import asyncio
import http.client
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

from bench import parley
from bench.area import Area, Options
from bench.goals import OURS, Goal
from bench.processes import Server, free_port, running
from bench.rounds import Sample, Task
from parley.access import create_token
from parley.ground.clock import utc_now
from parley.ground.db import open_store
from parley.people import caller_of

SESSIONS = 100_000
PEOPLE_EACH = 5
STAYS_EACH = 2
FEW = 10_000

GROWN = f"history of {SESSIONS:,} rows as CSV, MB grown"
GROWN_XLSX = f"history of {SESSIONS:,} rows as a workbook, MB grown"
GROWN_FEW = f"history of {FEW:,} rows as CSV, MB grown"
PAGE = "attendance of a month, first page, ms"
PEOPLE = "attendance of a month by person, ms"

GOALS = (Goal(what=GROWN, most=48), Goal(what=GROWN_XLSX, most=48))
METHOD = (
    f"{SESSIONS:,} sessions in a year with {PEOPLE_EACH} people each, each of whom came {STAYS_EACH} times: "
    f"{SESSIONS * PEOPLE_EACH * STAYS_EACH:,} stays; SQLite, one client. Of an export the figure is by how much the "
    "server's resident memory grew at most while it was written, looked at after every megabyte; seconds and rows per "
    "second stand beside. A month has about 8,300 sessions and 83,000 stays."
)

_START = datetime(2025, 1, 1, 8, tzinfo=UTC)
_APART = timedelta(days=365) / SESSIONS
_HALF = timedelta(minutes=20)
_MEGABYTE = 1_000_000
_PATIENCE = 600


@contextmanager
def prepared(options: Options) -> Iterator[Area]:
    """Write the record, and start the server."""
    installed = parley.install(options.folder / "parley", meetings=1, organizers=50)
    _fill(installed.folder / "parley.db")
    port = free_port()
    log = options.folder / "parley.log"
    secret = asyncio.run(_token(installed.folder / "parley.db"))
    token = {"Authorization": f"Bearer {secret}"}
    few = (_START + FEW * _APART).isoformat().replace("+00:00", "Z")
    export = "/api/v1/exports/sessions?format="
    month = (
        f"from={(_START + timedelta(days=150)).date()}T00:00:00Z&to={(_START + timedelta(days=180)).date()}T00:00:00Z"
    )
    with running(parley.SERVE, port=port, log=log, environment=installed.environment(port)) as server:
        tasks = [
            Task(what=GROWN_FEW, who=OURS, measure=_growing(server, f"{export}csv&to={few}", token)),
            Task(what=GROWN, who=OURS, measure=_growing(server, f"{export}csv", token)),
            Task(what=GROWN_XLSX, who=OURS, measure=_growing(server, f"{export}xlsx", token)),
            Task(what=PAGE, who=OURS, measure=_taking(server, f"/api/v1/attendance?limit=200&{month}", token)),
            Task(what=PEOPLE, who=OURS, measure=_taking(server, f"/api/v1/attendance/people?{month}", token)),
        ]
        for task in tasks[3:]:
            task.measure()
        yield Area(title="Reports", method=METHOD, tasks=tasks, goals=GOALS)


async def _token(database: Path) -> str:
    """Return a token of an administrator that reads the record."""
    async with open_store(f"sqlite:///{database}") as store:
        with closing(sqlite3.connect(database)) as db:
            (person,) = db.execute("SELECT id FROM users WHERE role = 'administrator' LIMIT 1").fetchone()
        by = await store.read(caller_of, person)
        _, secret = await store.write(
            create_token,
            by=by,
            person=person,
            name="Bench",
            scopes=frozenset({"sessions:read"}),
            expires_at=None,
            now=utc_now(),
        )
        return secret


def _fill(database: Path) -> None:
    """Write down the sessions, everybody in them, and their stays."""
    with closing(sqlite3.connect(database)) as db, db:
        people = db.execute("SELECT id, account, name FROM users WHERE role = 'organizer' ORDER BY id").fetchall()
        db.executemany(
            "INSERT INTO sessions (id, account, kind, title, host, host_name, planned_start, planned_end, state, "
            "started_at, ended_at, title_folded) "
            "VALUES (?, ?, 'meeting', 'Weekly', ?, ?, ?, ?, 'ended', ?, ?, 'weekly')",
            _sessions(people),
        )
        db.executemany(
            "INSERT INTO participants (id, account, session, person, name, role, invited, required, admitted_at, "
            "session_started_at) VALUES (?, ?, ?, ?, ?, 'attendee', 1, 0, ?, ?)",
            _participants(people),
        )
        db.executemany(
            "INSERT INTO attendance (id, account, session, participant, joined_at, left_at, last_seen_at, source, "
            "confidence, node, ended_by) VALUES (?, ?, ?, ?, ?, ?, ?, 'heartbeat', 'exact', 'bench', 'left')",
            _stays(people),
        )
        db.execute("ANALYZE")


_Row = tuple[object, ...]
_People = list[tuple[int, int, str]]


def _sessions(people: _People) -> Iterator[_Row]:
    for number in range(SESSIONS):
        host, account, name = people[number % len(people)]
        start = _START + number * _APART
        begun, over = _text(start), _text(start + 3 * _HALF)
        yield number + 1, account, host, name, begun, over, begun, over


def _participants(people: _People) -> Iterator[_Row]:
    for number in range(SESSIONS):
        begun = _text(_START + number * _APART)
        for place in range(PEOPLE_EACH):
            person, account, name = people[(number + place) % len(people)]
            yield number * PEOPLE_EACH + place + 1, account, number + 1, person, name, begun, begun


def _stays(people: _People) -> Iterator[_Row]:
    account = people[0][1]
    for participant in range(SESSIONS * PEOPLE_EACH):
        number = participant // PEOPLE_EACH
        for again in range(STAYS_EACH):
            start = _START + number * _APART + again * 1.5 * _HALF
            came, went = _text(start), _text(start + _HALF)
            yield participant * STAYS_EACH + again + 1, account, number + 1, participant + 1, came, went, went


def _text(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z"


def _growing(server: Server, path: str, headers: Mapping[str, str]) -> Callable[[], Sample]:
    def measure() -> Sample:
        before, highest, size = server.resident_megabytes(), 0.0, 0
        began = time.perf_counter()
        with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=_PATIENCE)) as connection:
            answer = _asked(connection, path, headers)
            while piece := answer.read(_MEGABYTE):
                size += len(piece)
                highest = max(highest, server.resident_megabytes())
            rows = int(answer.headers["Parley-Rows"])
        took = time.perf_counter() - began
        beside = {"s": took, "rows/s": rows / took, "file, MB": size / _MEGABYTE}
        return Sample(figure=max(highest - before, 0.1), beside=beside)

    return measure


def _taking(server: Server, path: str, headers: Mapping[str, str]) -> Callable[[], Sample]:
    def measure() -> Sample:
        began = time.perf_counter()
        with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=_PATIENCE)) as connection:
            size = len(_asked(connection, path, headers).read())
        return Sample(figure=1000 * (time.perf_counter() - began), beside={"answer, kB": size / 1000})

    return measure


def _asked(connection: http.client.HTTPConnection, path: str, headers: Mapping[str, str]) -> http.client.HTTPResponse:
    connection.request("GET", path, headers=dict(headers))
    answer = connection.getresponse()
    if answer.status != HTTPStatus.OK:
        message = f"{answer.status} at {path}: {answer.read(500)!r}"
        raise RuntimeError(message)
    return answer
