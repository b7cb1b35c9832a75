"""Administration of passwords: a link for somebody who forgot theirs."""

from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from parley import access
from parley.access import Context, ResetOffer, needs
from parley.ground import ids
from parley.ground.db import Store
from parley.ground.faults import Conflict
from parley.people import Caller, find_user
from parley.web.shell import Note, Page, go, left


@post("/administration/users/{user:str}/reset", opt=needs("people:write"))
async def offer(user: FromPath[str], caller: NamedDependency[Caller], context: NamedDependency[Context]) -> Redirect:
    """Give out a link with which somebody sets a new password."""
    person = ids.parse(user)
    try:
        offered = await access.offer_reset(context, person, by=caller)
    except Conflict as fault:
        return go(f"/administration/users/{person}", Note(message=fault.message, kind="warn"))
    return go(f"/administration/users/{person}/reset", shown=offered)


@get("/administration/users/{user:str}/reset", opt=needs("people:write"))
async def offered_page(
    request: Request[Any, Any, Any],
    user: FromPath[str],
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
) -> Template | Redirect:
    """Show the link that was just made, this once; afterwards there is only whom it is for."""
    found, offered = await store.read(find_user, ids.parse(user), by=caller), left(request, ResetOffer)
    if offered is None:
        return go(f"/administration/users/{found.id}")
    return Page("administration/reset_link.html", user=found, link=offered.link)


routes = [offer, offered_page]
