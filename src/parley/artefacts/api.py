"""The API of artefacts: what sessions left behind, its bytes, links to it, and who looked."""

from typing import Any

from litestar import Request, Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.response import Stream
from litestar.status_codes import HTTP_201_CREATED, HTTP_204_NO_CONTENT

from parley import artefacts
from parley.access import Context
from parley.artefacts.view import ViewKind
from parley.artefacts.views import ArtefactChange, ArtefactView, FreshLink, LinkView, NewLink, ViewView
from parley.ground import ids
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.paging import USUAL, Page
from parley.ground.storage import Storage
from parley.people import Caller, needs

_TAGS = ["artefacts"]


@get("/api/v1/sessions/{session:str}/artefacts", opt=needs("sessions:read"), tags=_TAGS)
async def list_artefacts(
    store: NamedDependency[Store], caller: NamedDependency[Caller], session: FromPath[str]
) -> Page[ArtefactView]:
    """List the recordings and files of a session, oldest first, all on one page."""
    found = await store.read(artefacts.artefacts_of, ids.parse(session), by=caller)
    return Page(items=tuple(map(ArtefactView.of, found)), next=None)


@get("/api/v1/artefacts/{artefact:str}", opt=needs("sessions:read"), tags=_TAGS)
async def show_artefact(
    store: NamedDependency[Store], caller: NamedDependency[Caller], artefact: FromPath[str]
) -> ArtefactView:
    """Show a recording or file."""
    return ArtefactView.of(await store.read(artefacts.artefact_seen_by, ids.parse(artefact), by=caller))


@get("/api/v1/artefacts/{artefact:str}/content", opt=needs("sessions:read"), tags=_TAGS)
async def download_artefact(
    request: Request[Any, Any, Any],
    *,
    store: NamedDependency[Store],
    storage: NamedDependency[Storage],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    artefact: FromPath[str],
) -> Stream:
    """Download a recording or file, or a range of it (Range, If-Range). That you did is shown to the hosts."""
    found = await store.write(artefacts.look, ids.parse(artefact), kind=ViewKind.DOWNLOADED, by=caller, now=clock())
    return artefacts.content(found, storage, request.headers, download=True)


@patch("/api/v1/artefacts/{artefact:str}", opt=needs("meetings:write"), tags=_TAGS)
async def change_artefact(
    *,
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    artefact: FromPath[str],
    data: JSONBody[ArtefactChange],
) -> ArtefactView:
    """Hold a recording or file, so that nobody and nothing deletes it; or release it."""
    changed = await store.write(artefacts.hold_artefact, ids.parse(artefact), held=data.held, by=caller, now=clock())
    return ArtefactView.of(changed)


@delete("/api/v1/artefacts/{artefact:str}", opt=needs("meetings:write"), tags=_TAGS, status_code=HTTP_204_NO_CONTENT)
async def delete_artefact(
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    artefact: FromPath[str],
) -> None:
    """Delete a recording or file; hosts of the session may, and who oversees the account."""
    await store.write(artefacts.delete_artefact, ids.parse(artefact), by=caller, now=clock())


@get("/api/v1/artefacts/{artefact:str}/links", opt=needs("meetings:write"), tags=_TAGS)
async def list_links(
    store: NamedDependency[Store], caller: NamedDependency[Caller], artefact: FromPath[str]
) -> Page[LinkView]:
    """List the links by which a recording or file was shared, newest first, all on one page."""
    found = await store.read(artefacts.links_of, ids.parse(artefact), by=caller)
    return Page(items=tuple(map(LinkView.of, found)), next=None)


@post("/api/v1/artefacts/{artefact:str}/links", opt=needs("meetings:write"), tags=_TAGS)
async def share_artefact(
    *,
    context: NamedDependency[Context],
    caller: NamedDependency[Caller],
    artefact: FromPath[str],
    data: JSONBody[NewLink],
) -> Response[FreshLink]:
    """Make a link that opens a recording or file without an account, until it expires; it is shown this once."""
    issued = await context.store.write(
        artefacts.share,
        ids.parse(artefact),
        label=data.label,
        downloads=data.downloads,
        expires_at=data.expires_at,
        by=caller,
        now=context.clock(),
    )
    url = f"{context.settings.url}/watch/{issued.secret}"
    return Response(FreshLink(link=LinkView.of(issued.link), url=url), status_code=HTTP_201_CREATED)


@delete(
    "/api/v1/artefacts/{artefact:str}/links/{link:str}",
    opt=needs("meetings:write"),
    tags=_TAGS,
    status_code=HTTP_204_NO_CONTENT,
)
async def withdraw_link(
    *,
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    artefact: FromPath[str],
    link: FromPath[str],
) -> None:
    """Let a link open nothing any more."""
    await store.write(artefacts.withdraw_link, ids.parse(artefact), link=ids.parse(link), by=caller, now=clock())


@get("/api/v1/artefacts/{artefact:str}/views", opt=needs("meetings:write"), tags=_TAGS)
async def list_views(
    *,
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    artefact: FromPath[str],
    limit: FromQuery[int] = USUAL,
    cursor: FromQuery[str | None] = None,
) -> Page[ViewView]:
    """List who opened or downloaded a recording or file, newest first."""
    page = await store.read(artefacts.views_of, ids.parse(artefact), by=caller, limit=limit, cursor=cursor)
    return Page(items=tuple(map(ViewView.of, page.items)), next=page.next)


routes = [
    list_artefacts,
    show_artefact,
    download_artefact,
    change_artefact,
    delete_artefact,
    list_links,
    share_artefact,
    withdraw_link,
    list_views,
]
