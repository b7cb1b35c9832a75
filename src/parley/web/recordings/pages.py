"""The pages of a recording for those who may read its session's record, and what its hosts may do with it."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Stream, Template

from parley import artefacts, recordings
from parley.access import Context, needs
from parley.artefacts import Artefact, ArtefactKind, ViewKind
from parley.ground import ids
from parley.ground.clock import Clock
from parley.ground.db import Connection, Store
from parley.ground.faults import NotFound
from parley.ground.storage import Storage
from parley.ground.words import N_
from parley.people import Caller
from parley.web.recordings.views import Played, played, seconds_written
from parley.web.shell import Form, Note, Page, go, left

_DAYS = {"1": 1, "7": 7, "30": 30, "365": 365}
DAY_WORDS = (("1", N_("for a day")), ("7", N_("for a week")), ("30", N_("for a month")), ("365", N_("for a year")))
AnyRequest = Request[Any, Any, Any]


class FreshLink(msgspec.Struct, frozen=True, kw_only=True):
    """A link that was just made, to be shown once."""

    url: str


@get("/recordings/{artefact:str}", opt=needs("sessions:read"))
async def recording_page(
    request: AnyRequest,
    artefact: FromPath[str],
    *,
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    t: FromQuery[str] = "",
) -> Template:
    """Play a recording; that somebody opened it is shown to those who keep it."""
    found = await store.write(_opened, ids.parse(artefact), by=caller, now=clock())
    return Page(
        "recordings/player.html",
        played=found,
        start=seconds_written(t),
        form=Form.of(days="7", label=""),
        days=DAY_WORDS,
        fresh=left(request, FreshLink),
        headers={"cache-control": "no-store"},
    )


@get("/recordings/{artefact:str}/content", opt=needs("sessions:read"))
async def content(
    request: AnyRequest,
    artefact: FromPath[str],
    *,
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    storage: NamedDependency[Storage],
    clock: NamedDependency[Clock],
) -> Stream:
    """Send what the player asks for; who asks without its page is written down, too."""
    found = await store.write(artefacts.look, ids.parse(artefact), kind=ViewKind.OPENED, by=caller, now=clock())
    if found.kind is not ArtefactKind.RECORDING:
        raise NotFound(N_("There is no recording or file under this id."))
    return artefacts.content(found, storage, request.headers, download=False)


@get("/artefacts/{artefact:str}/download", opt=needs("sessions:read"))
async def download(
    request: AnyRequest,
    artefact: FromPath[str],
    *,
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    storage: NamedDependency[Storage],
    clock: NamedDependency[Clock],
) -> Stream:
    """Send a recording or file to be kept; that somebody did is shown to those who keep it."""
    found = await store.write(artefacts.look, ids.parse(artefact), kind=ViewKind.DOWNLOADED, by=caller, now=clock())
    return artefacts.content(found, storage, request.headers, download=True)


@post("/recordings/{artefact:str}/links", opt=needs("meetings:write"))
async def share(
    request: AnyRequest, artefact: FromPath[str], *, caller: NamedDependency[Caller], context: NamedDependency[Context]
) -> Redirect:
    """Make a link, shown once on the page that follows."""
    form, now = await Form.sent(request), context.clock()
    number = ids.parse(artefact)
    issued = await context.store.write(
        artefacts.share,
        number,
        label=form.text("label")[:100],
        downloads=form.has("downloads"),
        expires_at=now + timedelta(days=_DAYS.get(form.text("days"), 7)),
        by=caller,
        now=now,
    )
    return go(_home(number), shown=FreshLink(url=f"{context.settings.url}/watch/{issued.secret}"))


@post("/recordings/{artefact:str}/links/{link:str}/withdraw", opt=needs("meetings:write"))
async def withdraw(
    artefact: FromPath[str], link: FromPath[str], *, caller: NamedDependency[Caller], context: NamedDependency[Context]
) -> Redirect:
    """Let a link open nothing any more."""
    number, now = ids.parse(artefact), context.clock()
    await context.store.write(artefacts.withdraw_link, number, link=ids.parse(link), by=caller, now=now)
    return go(_home(number), Note(message=N_("The link is withdrawn.")))


@post("/recordings/{artefact:str}/hold", opt=needs("meetings:write"))
async def hold(
    request: AnyRequest, artefact: FromPath[str], *, caller: NamedDependency[Caller], context: NamedDependency[Context]
) -> Redirect:
    """Hold a recording, or release it."""
    number, held = ids.parse(artefact), (await Form.sent(request)).has("held")
    await context.store.write(artefacts.hold_artefact, number, held=held, by=caller, now=context.clock())
    said = N_("It is held: nobody deletes it.") if held else N_("It is released: it can be deleted again.")
    return go(_home(number), Note(message=said))


@post("/recordings/{artefact:str}/retry", opt=needs("meetings:write"))
async def retry(artefact: FromPath[str], *, caller: NamedDependency[Caller], store: NamedDependency[Store]) -> Redirect:
    """Put a recording together again that failed."""
    number = ids.parse(artefact)
    await store.write(recordings.retry_recording, number, by=caller)
    return go(_home(number), Note(message=N_("It is tried again. Look back in a moment.")))


@post("/artefacts/{artefact:str}/delete", opt=needs("meetings:write"))
async def delete(
    artefact: FromPath[str], *, caller: NamedDependency[Caller], context: NamedDependency[Context]
) -> Redirect:
    """Delete a recording or file."""
    number, now = ids.parse(artefact), context.clock()
    gone = await context.store.write(_deleted, number, by=caller, now=now)
    return go(f"/history/{gone.session}", Note(message=N_("“%(name)s” is deleted."), parameters={"name": gone.name}))


def _opened(db: Connection, artefact: int, *, by: Caller, now: datetime) -> Played:
    found = artefacts.artefact_seen_by(db, artefact, by=by)
    if found.there and recordings.recording_of(db, artefact) is not None:
        artefacts.look(db, artefact, kind=ViewKind.OPENED, by=by, now=now)
    return played(db, artefact, by=by, now=now)


def _deleted(db: Connection, artefact: int, *, by: Caller, now: datetime) -> Artefact:
    gone = artefacts.artefact_seen_by(db, artefact, by=by)
    artefacts.delete_artefact(db, artefact, by=by, now=now)
    return gone


def _home(artefact: int) -> str:
    return f"/recordings/{ids.text(artefact)}"


routes = [recording_page, content, download, share, withdraw, hold, retry, delete]
