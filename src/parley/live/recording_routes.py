"""The routes of the room about recording: starting one, and what somebody says to being recorded. Both take a seat."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_201_CREATED, HTTP_204_NO_CONTENT

from parley import recordings
from parley.ground import ids
from parley.ground.clock import Clock
from parley.ground.db import Connection, Store
from parley.ground.faults import Forbidden
from parley.ground.words import N_
from parley.live.shown_seat import seat_secret, seat_shown
from parley.people import PUBLIC
from parley.recordings import CHUNK_LIMIT


class NewRecording(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a browser records in: the `mimeType` of its MediaRecorder."""

    format: str


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """A recording, and the secret with which its chunks are sent."""

    id: str
    secret: str
    chunk_bytes: int


class Answer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody says to being recorded: false as soon as they were shown the notice, true when they agree."""

    agreed: bool


@post("/live/v1/recordings", opt=PUBLIC, status_code=HTTP_201_CREATED)
async def start(
    request: Request[Any, Any, Any],
    *,
    data: JSONBody[NewRecording],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
) -> Response[Begun]:
    """Begin to record; for hosts and co-hosts."""
    begun = await store.write(_start, seat_secret(request), format_=data.format, now=clock())
    return Response(Begun(id=ids.text(begun.artefact.id), secret=begun.secret, chunk_bytes=CHUNK_LIMIT))


@post("/live/v1/recordings/{recording:str}/consent", opt=PUBLIC, status_code=HTTP_204_NO_CONTENT)
async def consent(
    request: Request[Any, Any, Any],
    recording: FromPath[str],
    *,
    data: JSONBody[Answer],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
) -> None:
    """Write down that somebody was told, or agreed."""
    await store.write(_answer, ids.parse(recording), seat_secret(request), agreed=data.agreed, now=clock())


def _start(db: Connection, token: str, *, format_: str, now: datetime) -> recordings.StartedRecording:
    seat = seat_shown(db, token)
    if not seat.leads:
        raise Forbidden(N_("Only hosts and co-hosts record."))
    return recordings.start_recording(db, seat.participant, format_=format_, now=now)


def _answer(db: Connection, recording: int, token: str, *, agreed: bool, now: datetime) -> None:
    recordings.agree(db, recording, participant=seat_shown(db, token).participant, agreed=agreed, now=now)


routes = [start, consent]
