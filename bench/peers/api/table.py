"""The peers' table of meetings, filled as Parley's is: as many meetings, of as many organizers."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

VARIABLE = "BENCH_DATABASE"
"""The environment variable that names the peers' database file."""

COLUMNS = "id, organizer, subject, start_time, end_time, type, password, status"

_CREATE = """
CREATE TABLE meetings (
    id INTEGER PRIMARY KEY,
    organizer TEXT,
    subject TEXT,
    start_time TEXT,
    end_time TEXT,
    type TEXT,
    password INTEGER,
    status TEXT
);
CREATE INDEX ix_meetings_organizer_start_time ON meetings (organizer, start_time);
"""


def fill(file: Path, *, meetings: int, organizers: int) -> None:
    """Make the database."""
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(_CREATE)
        with db:
            db.executemany("INSERT INTO meetings VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _rows(meetings, organizers))


def _rows(meetings: int, organizers: int) -> Iterator[tuple[object, ...]]:
    for number in range(1, meetings + 1):
        day = f"2026-08-{1 + number % 28:02d}"
        times = (f"{day}T10:00:00Z", f"{day}T11:00:00Z")
        subject = f"HR Results Meeting {number}"
        yield (number, f"org{number % organizers}", subject, *times, "scheduled", 0, "INACTIVE")
