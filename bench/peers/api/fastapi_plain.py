"""Meetings with FastAPI and Pydantic on plain sqlite3, asked on the event loop: the fastest that FastAPI gets."""

import os
import sqlite3

from fastapi import FastAPI
from pydantic import BaseModel

from bench.peers.api.table import COLUMNS, VARIABLE

app = FastAPI()
db = sqlite3.connect(os.environ[VARIABLE], isolation_level=None, check_same_thread=False, cached_statements=256)
for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -65536", "mmap_size = 268435456"):
    db.execute(f"PRAGMA {pragma}")

GET = f"SELECT {COLUMNS} FROM meetings WHERE id = ?"  # noqa: S608 (the names of columns)
FIND = f"SELECT {COLUMNS} FROM meetings WHERE organizer = ? ORDER BY start_time DESC LIMIT 20"  # noqa: S608
CREATE = """
INSERT INTO meetings (organizer, subject, start_time, end_time, type, password, status)
VALUES (?, ?, ?, ?, ?, ?, 'INACTIVE')
"""


class New(BaseModel):
    subject: str
    starttime: str
    endtime: str
    meetingtype: str = "scheduled"
    passwordrequired: bool = False
    organizer: str = "org1"


class Meeting(BaseModel):
    id: int
    organizer: str
    subject: str
    start_time: str
    end_time: str
    type: str
    password: bool
    status: str


def meeting_of(row: tuple[int, str, str, str, str, str, int, str]) -> Meeting:
    return Meeting(
        id=row[0],
        organizer=row[1],
        subject=row[2],
        start_time=row[3],
        end_time=row[4],
        type=row[5],
        password=bool(row[6]),
        status=row[7],
    )


@app.post("/meetings", status_code=201)
async def create(new: New) -> dict[str, object]:
    values = (new.organizer, new.subject, new.starttime, new.endtime, new.meetingtype, int(new.passwordrequired))
    number = db.execute(CREATE, values).lastrowid
    return {
        "meetingid": number,
        "joinURL": f"https://local/join/{number}",
        "maxParticipants": 250,
        "conferenceCallInfo": "VoIP",
    }


@app.get("/meetings")
async def find(organizer: str) -> list[Meeting]:
    return [meeting_of(row) for row in db.execute(FIND, (organizer,)).fetchall()]


@app.get("/meetings/{number}")
async def get(number: int) -> Meeting:
    return meeting_of(db.execute(GET, (number,)).fetchone())
