"""Parley as it is measured: installed in a folder, filled with meetings, served by its own command."""

import asyncio
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select

from bench.load import Request
from bench.processes import PARLEY_PYTHON
from parley.access import create_token
from parley.ground.clock import utc_now
from parley.ground.db import metadata, migrate, open_store
from parley.ground.ids import new_id
from parley.meetings import Meeting, NewMeeting, schedule
from parley.people import NewUser, Role, User, add_user, create_account, operator

COMMAND = Path(PARLEY_PYTHON).with_name("parley")
SERVE = (str(COMMAND), "serve")
SERVE_SINGLE = (PARLEY_PYTHON, "-m", "bench.single_commits", "serve")
"""Serves Parley without group commit: each write waits for a durable commit of its own."""


_GETS = 10_000
_STEP = 7919  # a prime, so that one id follows another as if by chance
_TOKENS = 32
_FIRST_NUMBER = 100_000_000
_START = utc_now().replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=90)
_NEW = {
    "title": "HR Results Meeting",
    "starts_at": _START.isoformat(),
    "ends_at": (_START + timedelta(hours=1)).isoformat(),
    "time_zone": "UTC",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A folder with a database, as an administrator would have it, and what can be asked of it."""

    folder: Path
    organizers: list[int]
    meetings: list[int]
    tokens: list[str]
    """Of administrators, who see every meeting: what a program of the account's own would be given."""

    def environment(self, port: int) -> Mapping[str, str]:
        """Return the settings to serve it on a port."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
        return kept | {"PARLEY_DATA": str(self.folder), "PARLEY_PORT": str(port), "PARLEY_LOG_LEVEL": "warning"}

    def copied(self, folder: Path) -> "Installation":
        """Return a second installation with the same content."""
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder)

    def requests(self) -> Mapping[str, list[Request]]:
        """Return what it is asked, each by the next token: any meeting, an organizer's latest, a new one."""
        found = [f"/api/v1/meetings/{self.meetings[turn * _STEP % len(self.meetings)]}" for turn in range(_GETS)]
        lists = [f"/api/v1/meetings?organizer={organizer}&limit=20" for organizer in self.organizers]
        body = msgspec.json.encode(_NEW)
        return {
            "get": [_asking(path, token) for path, token in zip(found, cycle(self.tokens), strict=False)],
            "list 20": [_asking(path, token) for path, token in zip(lists, cycle(self.tokens), strict=False)],
            "create": [_asking("/api/v1/meetings", token, method="POST", body=body) for token in self.tokens],
        }


def install(folder: Path, *, meetings: int, organizers: int) -> Installation:
    """Make an account with so many organizers, and so many meetings in all."""
    folder.mkdir()
    url = f"sqlite:///{folder / 'parley.db'}"
    migrate(url)
    return asyncio.run(_filled(url, folder, meetings=meetings, organizers=organizers))


async def _filled(url: str, folder: Path, *, meetings: int, organizers: int) -> Installation:
    async with open_store(url) as store:
        return await store.write(_furnish, folder, meetings=meetings, organizers=organizers, now=utc_now())


def _furnish(db: Connection, folder: Path, *, meetings: int, organizers: int, now: datetime) -> Installation:
    """Make the account by the verbs that everybody uses; only of the many meetings all but the first are copies."""
    ada = NewUser(email="ada@bench.example", name="Ada")
    account, administrator = create_account(db, "Bench", administrator=ada, now=now)
    new = msgspec.convert(_NEW | {"lobby": "off"}, NewMeeting)
    first = schedule(db, new, password_hash=None, by=administrator.as_caller(), now=now)
    people = [_hire(db, account.id, f"org{turn}", role=Role.ORGANIZER, now=now) for turn in range(organizers)]
    programs = [_hire(db, account.id, f"program{turn}", role=Role.ADMINISTRATOR, now=now) for turn in range(_TOKENS)]
    numbers = range(_FIRST_NUMBER, _FIRST_NUMBER + meetings)
    copies = [_another(first, organizer, number) for number, organizer in zip(numbers, cycle(people), strict=False)]
    _copy(db, "meetings", id=first.id, changes=copies)
    rows = [{"meeting": made["id"], "person": made["organizer"], "starts_at": made["starts_at"]} for made in copies]
    _copy(db, "meeting_organizers", meeting=first.id, changes=rows)
    return Installation(
        folder=folder,
        organizers=[user.id for user in people],
        meetings=[made["id"] for made in copies],
        tokens=[_token(db, user, now=now) for user in programs],
    )


def _hire(db: Connection, account: int, name: str, *, role: Role, now: datetime) -> User:
    return add_user(db, NewUser(email=f"{name}@bench.example", role=role), by=operator(account), now=now)


def _token(db: Connection, user: User, *, now: datetime) -> str:
    scopes = ("meetings:read", "meetings:write")
    _, secret = create_token(
        db, by=operator(user.account), person=user.id, name="bench", scopes=scopes, expires_at=None, now=now
    )
    return secret


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


def _asking(path: str, token: str, *, method: str = "GET", body: bytes = b"") -> Request:
    return Request(method=method, path=path, headers={"Authorization": f"Bearer {token}"}, body=body)
