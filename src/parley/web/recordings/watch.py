"""A recording by a link: for people without an account, until it expires or is withdrawn."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Stream, Template

from parley import artefacts
from parley.artefacts import Artefact, SharedLink, ViewKind
from parley.ground.clock import Clock
from parley.ground.db import Connection, Store
from parley.ground.storage import Storage
from parley.people import PUBLIC
from parley.web.recordings.views import Chapter, chapters_of, seconds_written
from parley.web.shell import Page

AnyRequest = Request[Any, Any, Any]


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody sees who came by a link."""

    artefact: Artefact
    link: SharedLink
    chapters: tuple[Chapter, ...]


@get("/watch/{key:str}", opt=PUBLIC)
async def watch_page(
    key: FromPath[str],
    *,
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    t: FromQuery[str] = "",
) -> Template:
    """Play what the link opens; that it was opened is counted, and shown to those who keep the recording."""
    shared = await store.write(_opened, key, now=clock())
    return Page(
        "recordings/watch.html",
        shared=shared,
        home=f"/watch/{key}",
        start=seconds_written(t),
        headers={"cache-control": "no-store", "referrer-policy": "no-referrer"},
    )


@get("/watch/{key:str}/content", opt=PUBLIC)
async def watch_content(
    request: AnyRequest,
    key: FromPath[str],
    *,
    store: NamedDependency[Store],
    storage: NamedDependency[Storage],
    clock: NamedDependency[Clock],
) -> Stream:
    """Send what the player asks for."""
    found = await store.write(artefacts.play_by_link, key, now=clock())
    return artefacts.content(found, storage, request.headers, download=False)


@get("/watch/{key:str}/download", opt=PUBLIC)
async def watch_download(
    request: AnyRequest,
    key: FromPath[str],
    *,
    store: NamedDependency[Store],
    storage: NamedDependency[Storage],
    clock: NamedDependency[Clock],
) -> Stream:
    """Send it to be kept, where the link is for that."""
    found, _ = await store.write(artefacts.look_by_link, key, kind=ViewKind.DOWNLOADED, now=clock())
    return artefacts.content(found, storage, request.headers, download=True)


def _opened(db: Connection, key: str, *, now: datetime) -> Shared:
    artefact, link = artefacts.look_by_link(db, key, kind=ViewKind.OPENED, now=now)
    return Shared(artefact=artefact, link=link, chapters=chapters_of(db, artefact))


routes = [watch_page, watch_content, watch_download]
