"""Meetings with Flask on plain sqlite3, a connection per thread."""

import os
import sqlite3
import threading

from flask import Flask, Response, jsonify, request

from bench.peers.api.table import COLUMNS, VARIABLE

app = Flask(__name__)
local = threading.local()

GET = f"SELECT {COLUMNS} FROM meetings WHERE id = ?"  # noqa: S608 (the names of columns)
FIND = f"SELECT {COLUMNS} FROM meetings WHERE organizer = ? ORDER BY start_time DESC LIMIT 20"  # noqa: S608
CREATE = """
INSERT INTO meetings (organizer, subject, start_time, end_time, type, password, status)
VALUES (?, ?, ?, ?, ?, ?, 'INACTIVE')
"""
KEYS = COLUMNS.split(", ")


def db() -> sqlite3.Connection:
    if not hasattr(local, "db"):
        local.db = sqlite3.connect(os.environ[VARIABLE], isolation_level=None)
        for pragma in ("synchronous = NORMAL", "busy_timeout = 5000"):
            local.db.execute(f"PRAGMA {pragma}")
    connection: sqlite3.Connection = local.db
    return connection


@app.post("/meetings")
def create() -> tuple[Response, int]:
    new = request.get_json()
    values = (
        new.get("organizer", "org1"),
        new["subject"],
        new["starttime"],
        new["endtime"],
        new["meetingtype"],
        int(new["passwordrequired"]),
    )
    number = db().execute(CREATE, values).lastrowid
    made = {
        "meetingid": number,
        "joinURL": f"https://local/join/{number}",
        "maxParticipants": 250,
        "conferenceCallInfo": "VoIP",
    }
    return jsonify(made), 201


@app.get("/meetings")
def find() -> Response:
    rows = db().execute(FIND, (request.args["organizer"],))
    return jsonify([dict(zip(KEYS, row, strict=True)) for row in rows])


@app.get("/meetings/<int:number>")
def get(number: int) -> Response:
    return jsonify(dict(zip(KEYS, db().execute(GET, (number,)).fetchone(), strict=True)))
