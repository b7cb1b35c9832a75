"""The peers' servers: how each is started, with its own Python, and what it is asked.

They stand in `bench.peers` and import nothing of this harness, as that would count among what they take to start.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from bench.load import Request
from bench.processes import PEERS_PYTHON

FASTAPI_SQLALCHEMY = "FastAPI + SQLAlchemy async ORM"

_GETS = 10_000
_STEP = 7919  # a prime, so that one id follows another as if by chance

_NEW = {
    "subject": "HR Results Meeting",
    "starttime": "2026-12-01T10:00:00Z",
    "endtime": "2026-12-01T11:00:00Z",
    "passwordrequired": False,
    "conferencecallinfo": "Hybrid",
    "timezonekey": "",
    "meetingtype": "scheduled",
    "organizer": "orgX",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A peer's name, and the command that serves it on a port."""

    who: str
    command: Callable[[int], Sequence[str]]


def _uvicorn(app: str) -> Callable[[int], Sequence[str]]:
    usual = ("--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "error", "--ws", "none")
    return lambda port: [PEERS_PYTHON, "-m", "uvicorn", f"bench.peers.api.{app}:app", "--port", str(port), *usual]


def _waitress(app: str) -> Callable[[int], Sequence[str]]:
    return lambda port: [
        *(PEERS_PYTHON, "-m", "waitress", f"--listen=127.0.0.1:{port}", "--threads=4"),
        f"bench.peers.api.{app}:app",
    ]


PEERS = (
    Peer(who=FASTAPI_SQLALCHEMY, command=_uvicorn("fastapi_sqlalchemy")),
    Peer(who="FastAPI + sqlite3", command=_uvicorn("fastapi_plain")),
    Peer(who="Flask + sqlite3", command=_waitress("flask_plain")),
)


def requests(*, meetings: int, organizers: int) -> Mapping[str, list[Request]]:
    """Return what the peers are asked, in turn."""
    return {
        "get": [Request(path=f"/meetings/{1 + turn * _STEP % meetings}") for turn in range(_GETS)],
        "list 20": [Request(path=f"/meetings?organizer=org{turn}") for turn in range(organizers)],
        "create": [Request(method="POST", path="/meetings", body=msgspec.json.encode(_NEW))],
    }
