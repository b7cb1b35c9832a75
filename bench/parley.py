"""Parley as it is measured: installed in a folder, filled with meetings, served by its own command."""

import asyncio
import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select

from bench.load import Request
from parley.access import create_token
from parley.ground.clock import utc_now
from parley.ground.db import metadata, migrate, open_store
from parley.ground.ids import new_id
from parley.meetings import Meeting, NewMeeting, schedule
from parley.people import NewUser, Role, User, add_user, create_account, operator

COMMAND = Path(sys.executable).with_name("parley")
SERVE = (str(COMMAND), "serve")
SERVE_SINGLE = (sys.executable, "-m", "bench.single_commits", "serve")
"""Serves Parley without group commit: each write waits for a durable commit of its own."""


_GETS = 10_000
_STEP = 7919  # a prime, so that one id follows another as if by chance
_FIRST_NUMBER = 100_000_000
_START = utc_now().replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=90)
_NEW = {
    "title": "HR Results Meeting",
    "starts_at": _START.isoformat(),
    "ends_at": (_START + timedelta(hours=1)).isoformat(),
    "time_zone": "UTC",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Organizer:
    """Somebody with meetings, and a token to ask for them."""

    token: str
    meetings: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A folder with a database, as an administrator would have it."""

    folder: Path
    organizers: list[Organizer]

    def environment(self, port: int) -> Mapping[str, str]:
        """Return the settings to serve it on a port."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
        return kept | {"PARLEY_DATA": str(self.folder), "PARLEY_PORT": str(port), "PARLEY_LOG_LEVEL": "warning"}

    def copied(self, folder: Path) -> "Installation":
        """Return a second installation with the same content."""
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder)

    def requests(self) -> Mapping[str, list[Request]]:
        """Return what it is asked, in turn: by each organizer, for their own meetings, with their own token."""
        count = len(self.organizers)
        return {
            "get": [_get(self.organizers[turn % count], turn // count) for turn in range(_GETS)],
            "list 20": [_asking(organizer, path="/api/v1/meetings?limit=20") for organizer in self.organizers],
            "create": [
                _asking(organizer, method="POST", path="/api/v1/meetings", body=msgspec.json.encode(_NEW))
                for organizer in self.organizers
            ],
        }


def install(folder: Path, *, meetings: int, organizers: int) -> Installation:
    """Make an account with so many organizers, and so many meetings in all."""
    folder.mkdir()
    url = f"sqlite:///{folder / 'parley.db'}"
    migrate(url)
    return Installation(folder=folder, organizers=asyncio.run(_filled(url, meetings=meetings, organizers=organizers)))


async def _filled(url: str, *, meetings: int, organizers: int) -> list[Organizer]:
    async with open_store(url) as store:
        return await store.write(_furnish, meetings=meetings, organizers=organizers, now=utc_now())


def _furnish(db: Connection, *, meetings: int, organizers: int, now: datetime) -> list[Organizer]:
    """Make the account by the verbs that everybody uses; only of the many meetings all but the first are copies."""
    ada = NewUser(email="ada@bench.example", name="Ada")
    account, administrator = create_account(db, "Bench", administrator=ada, now=now)
    new = msgspec.convert(_NEW, NewMeeting)
    first = schedule(db, new, password_hash=None, by=administrator.as_caller(), now=now)
    each = meetings // organizers
    furnished = []
    for turn in range(organizers):
        user = add_user(
            db, NewUser(email=f"org{turn}@bench.example", role=Role.ORGANIZER), by=operator(account.id), now=now
        )
        numbers = range(_FIRST_NUMBER + turn * each, _FIRST_NUMBER + (turn + 1) * each)
        furnished.append(
            Organizer(token=_token(db, user, now=now), meetings=_plan_like(first, db, user, numbers=numbers))
        )
    return furnished


def _token(db: Connection, user: User, *, now: datetime) -> str:
    scopes = ("meetings:read", "meetings:write")
    _, secret = create_token(
        db, by=operator(user.account), user=user.id, name="bench", scopes=scopes, expires_at=None, now=now
    )
    return secret


def _plan_like(meeting: Meeting, db: Connection, user: User, *, numbers: Iterable[int]) -> list[int]:
    """Copy a meeting for somebody, under each of the numbers; return the ids."""
    copies = [_another(meeting, user, number) for number in numbers]
    _copy(db, "meetings", id=meeting.id, changes=copies)
    hosts = [{"meeting": copy["id"], "person": user.id, "starts_at": copy["starts_at"]} for copy in copies]
    _copy(db, "meeting_hosts", meeting=meeting.id, changes=hosts)
    return [copy["id"] for copy in copies]


def _another(meeting: Meeting, user: User, number: int) -> dict[str, Any]:
    """Return what is different about one more meeting like this one."""
    title = f"{meeting.title} {number}"
    starts_at = meeting.starts_at - timedelta(days=number % 28)
    return {
        "id": new_id(),
        "number": number,
        "organizer": user.id,
        "title": title,
        "title_folded": title.casefold(),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=1),
    }


def _copy(db: Connection, name: str, *, changes: Sequence[Mapping[str, object]], **key: int) -> None:
    """Copy the row with this key once for each of the changes, which say what is different about the copy."""
    table = metadata.tables[name]
    row = db.execute(select(table).filter_by(**key)).mappings().one()
    db.execute(insert(table), [{**row, **change} for change in changes])


def _get(organizer: Organizer, turn: int) -> Request:
    number = organizer.meetings[turn * _STEP % len(organizer.meetings)]
    return _asking(organizer, path=f"/api/v1/meetings/{number}")


def _asking(organizer: Organizer, *, method: str = "GET", path: str, body: bytes = b"") -> Request:
    return Request(method=method, path=path, headers={"Authorization": f"Bearer {organizer.token}"}, body=body)
