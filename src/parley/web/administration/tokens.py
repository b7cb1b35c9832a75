"""Administration of API tokens: everybody's, to see and to revoke."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from parley import access
from parley.access import Token, needs
from parley.ground import ids
from parley.ground.clock import Clock
from parley.ground.db import Connection, Store
from parley.ground.paging import Page as Listed
from parley.ground.words import N_
from parley.people import Caller, User, users_named
from parley.web.shell import Note, Page, go


@get("/administration/tokens", opt=needs("people:write"))
async def tokens_page(
    caller: NamedDependency[Caller], store: NamedDependency[Store], *, cursor: FromQuery[str | None] = None
) -> Template:
    """List everybody's tokens."""
    found, owners = await store.read(_with_owners, by=caller, cursor=cursor)
    return Page("administration/tokens.html", tokens=found.items, next=found.next, owners=owners)


@post("/administration/tokens/{token:str}/revoke", opt=needs("people:write"))
async def revoke(
    token: FromPath[str],
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
) -> Redirect:
    """Revoke somebody's token."""
    await store.write(access.revoke_token, ids.parse(token), by=caller, now=clock())
    return go("/administration/tokens", Note(message=N_("The token is revoked.")))


def _with_owners(db: Connection, *, by: Caller, cursor: str | None) -> tuple[Listed[Token], dict[int, User]]:
    found = access.find_tokens(db, by=by, cursor=cursor)
    return found, users_named(db, {token.person for token in found.items}, account=by.account)


routes = [tokens_page, revoke]
