"""Area 9, the calendar: a month in which 10,000 meetings are planned, beside the bare query for their rows."""

import asyncio
import http.client
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

from bench import parley
from bench.area import Area, Options
from bench.goals import OURS, Goal
from bench.processes import free_port, running
from bench.rounds import Sample, Task
from parley.access import COOKIE, ClientInfo
from parley.access.sign_in import open_session
from parley.ground.clock import utc_now
from parley.ground.db import open_store

MEETINGS = 10_000
MONTH = f"month view of {MEETINGS:,} meetings, ms"
DOCUMENT = "its page without a script, ms"
API = "all of them by the API, ms"
BARE = "bare query"

GOALS = (Goal(what=MONTH, against=BARE, most=3),)
METHOD = (
    f"{MEETINGS:,} meetings of 500 organizers in the weeks that a month view shows, asked for by an administrator who "
    "wants everybody's; SQLite, one connection, each figure the median of what fits in a turn. The bare query selects "
    "what the view needs of these meetings along the index, by Python's own sqlite3, in a loop that does nothing else: "
    "no HTTP, no rights, no sessions, no series, no time zones."
)

_QUERY = """
SELECT id, title, organizer, version, starts_at, ends_at FROM meetings
WHERE account = ? AND repeats_until IS NULL AND cancelled_at IS NULL AND starts_at >= ? AND starts_at < ?
ORDER BY starts_at, id
"""
_DAY = timedelta(days=1)


@contextmanager
def prepared(options: Options) -> Iterator[Area]:
    """Plan the meetings, sign somebody in, and start the server."""
    installed = parley.install(options.folder / "parley", meetings=MEETINGS, organizers=500)
    database = installed.folder / "parley.db"
    first = (date.today().replace(day=1) + 70 * _DAY).replace(day=1)  # noqa: DTZ011 (any month ahead)
    monday = first - first.weekday() * _DAY
    _spread(database, monday)
    secret = asyncio.run(_signed_in(database))
    port = free_port()
    environment = installed.environment(port)
    with running(parley.SERVE, port=port, log=options.folder / "parley.log", environment=environment):
        page = f"/meetings/calendar?on={first}&whose=all"
        view = page.replace("calendar?", "calendar/entries?")
        listed = f"/api/v1/calendar?from={monday}T00:00:00Z&to={monday + 35 * _DAY}T00:00:00Z"
        cookie, token = {"Cookie": f"{COOKIE}={secret}"}, {"Authorization": f"Bearer {installed.tokens[0]}"}
        tasks = [
            Task(what=MONTH, who=OURS, measure=_asking(port, view, cookie, seconds=options.seconds)),
            Task(what=MONTH, who=BARE, measure=_bare(database, monday, seconds=options.seconds)),
            Task(what=DOCUMENT, who=OURS, measure=_asking(port, page, cookie, seconds=options.seconds)),
            Task(what=API, who=OURS, measure=_asking(port, listed, token, seconds=options.seconds)),
        ]
        yield Area(title="Calendar", method=METHOD, tasks=tasks, goals=GOALS)


def _spread(database: Path, monday: date) -> None:
    """Let the meetings take place in the five weeks from this Monday on, from morning to evening."""
    with closing(sqlite3.connect(database)) as db, db:
        for number, (meeting,) in enumerate(db.execute("SELECT id FROM meetings").fetchall()):
            start = datetime(monday.year, monday.month, monday.day, 7 + number % 12) + number % 35 * _DAY  # noqa: DTZ001 (UTC)
            at, until = (f"{moment.isoformat()}.000000Z" for moment in (start, start + timedelta(minutes=45)))
            db.execute("UPDATE meetings SET starts_at = ?, ends_at = ? WHERE id = ?", (at, until, meeting))
            db.execute("UPDATE meeting_organizers SET starts_at = ? WHERE meeting = ?", (at, meeting))


async def _signed_in(database: Path) -> str:
    """Return the secret of a browser in which an administrator is signed in."""
    async with open_store(f"sqlite:///{database}") as store:
        with closing(sqlite3.connect(database)) as db:
            (person,) = db.execute("SELECT id FROM users WHERE role = 'administrator' LIMIT 1").fetchone()
        client = ClientInfo(address="127.0.0.1", agent="bench")
        opened = await store.write(open_session, person, client=client, lifetime=30 * _DAY, now=utc_now())
        return opened.secret


def _asking(port: int, path: str, headers: Mapping[str, str], *, seconds: int) -> Callable[[], Sample]:
    def ask(connection: http.client.HTTPConnection) -> int:
        connection.request("GET", path, headers=dict(headers))
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != HTTPStatus.OK:
            message = f"{answer.status} at {path}"
            raise RuntimeError(message)
        return len(body)

    def measure() -> Sample:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            size = ask(connection)
            return Sample(figure=_median(lambda: ask(connection), seconds), beside={"answer, kB": size / 1000})

    return measure


def _bare(database: Path, monday: date, *, seconds: int) -> Callable[[], Sample]:
    def measure() -> Sample:
        with closing(sqlite3.connect(database)) as db:
            (account,) = db.execute("SELECT account FROM meetings LIMIT 1").fetchone()
            given = (account, f"{monday}T00:00:00.000000Z", f"{monday + 35 * _DAY}T00:00:00.000000Z")
            found = len(db.execute(_QUERY, given).fetchall())
            if found < MEETINGS:
                message = f"{found} meetings in this month"
                raise RuntimeError(message)
            return Sample(figure=_median(lambda: db.execute(_QUERY, given).fetchall(), seconds))

    return measure


def _median(act: Callable[[], object], seconds: int) -> float:
    """Return how many milliseconds it takes."""
    taken, until = list[float](), time.perf_counter() + seconds
    while not taken or time.perf_counter() < until:
        began = time.perf_counter()
        act()
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)
