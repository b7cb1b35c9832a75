"""The routes of the room about files: sharing one, and getting one. Both take a seat."""

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.params import FromPath, FromQuery
from litestar.response import Stream
from litestar.status_codes import HTTP_201_CREATED

from parley import artefacts
from parley.access import Context
from parley.artefacts import REFUSED, Artefact, Stored
from parley.ground import ids
from parley.ground.db import Connection, Store
from parley.ground.faults import FieldError, Forbidden, Invalid
from parley.ground.ids import new_id
from parley.ground.storage import Storage
from parley.ground.words import N_
from parley.live.events import FileView
from parley.live.room_files import file_view
from parley.live.shown_seat import seat_secret, seat_shown
from parley.people import PUBLIC

_MEGABYTE = 1_000_000
AnyRequest = Request[Any, Any, Any]


@post("/live/v1/files", opt=PUBLIC, status_code=HTTP_201_CREATED, request_max_body_size=None)
async def share(
    request: AnyRequest,
    name: FromQuery[str],
    *,
    context: NamedDependency[Context],
    storage: NamedDependency[Storage],
) -> Response[FileView]:
    """Share a file with everybody in the session; the body is the file, `name` what it is called."""
    settings, store = context.settings, context.store
    if not settings.file_limit:
        raise Forbidden(N_("This server takes no files."))
    kept, format_ = artefacts.file_named(name, types=settings.file_types)
    who = await store.read(_may_share, seat_secret(request))
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="file-", dir=settings.data) as folder:
        file = Path(folder) / "file"
        size, sha256 = await _received(request, file, limit=settings.file_limit * _MEGABYTE)
        if settings.scan and not await artefacts.passes(settings.scan, file):
            await store.write(artefacts.refuse_file, who, name=kept, format_=format_, now=context.clock())
            raise Invalid(FieldError("file", REFUSED))
        stored = Stored(key=f"files/{ids.text(new_id())}", bytes=size, sha256=sha256)
        await storage.put_file(stored.key, file)
    try:
        shared = await store.write(
            artefacts.share_file,
            who,
            name=kept,
            format_=format_,
            stored=stored,
            keep=settings.files_keep,
            now=context.clock(),
        )
    except BaseException:
        await storage.delete(stored.key)
        raise
    return Response(file_view(shared.id, shared.participant, shared.name, stored.bytes, at=shared.created_at))


@get("/live/v1/files/{file:str}", opt=PUBLIC)
async def fetch(
    request: AnyRequest,
    file: FromPath[str],
    *,
    store: NamedDependency[Store],
    storage: NamedDependency[Storage],
) -> Stream:
    """Send a file to somebody who is in its session."""
    found = await store.read(_in_reach, ids.parse(file), seat_secret(request))
    return artefacts.content(found, storage, request.headers, download=True)


async def _received(request: AnyRequest, file: Path, *, limit: int) -> tuple[int, str]:
    """Write the body into a file as it comes; return its size and SHA-256."""
    size, digest = 0, hashlib.sha256()
    with file.open("wb") as out:
        async for piece in request.stream():
            size += len(piece)
            if size > limit:
                raise RequestEntityTooLarge
            digest.update(piece)
            out.write(piece)
    if not size:
        raise Invalid(FieldError("file", N_("This file is empty.")))
    return size, digest.hexdigest()


def _may_share(db: Connection, secret: str) -> int:
    seat = seat_shown(db, secret)
    artefacts.need_room_for_file(db, seat.participant)
    return seat.participant


def _in_reach(db: Connection, artefact: int, secret: str) -> Artefact:
    return artefacts.file_of_room(db, artefact, session=seat_shown(db, secret).session)


routes = [share, fetch]
