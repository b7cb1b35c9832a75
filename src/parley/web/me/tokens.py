"""The reader's own API tokens: make one, which is shown once, and revoke."""

from datetime import timedelta
from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_409_CONFLICT, HTTP_422_UNPROCESSABLE_ENTITY

from parley import access
from parley.access import Context, needs
from parley.ground import ids
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.faults import Conflict, Invalid
from parley.ground.words import N_
from parley.people import SCOPES, Caller
from parley.web.shell import Form, Note, Page, go, left

LASTING = (("30", N_("30 days")), ("90", N_("90 days")), ("365", N_("a year")), ("", N_("until it is revoked")))


class Fresh(msgspec.Struct, frozen=True, kw_only=True):
    """The secret of a token that was just made."""

    secret: str


@get("/me/tokens", opt=needs("me"))
async def tokens_page(
    request: Request[Any, Any, Any], caller: NamedDependency[Caller], store: NamedDependency[Store]
) -> Template:
    """Show the reader's tokens, and the form that makes one; the secret of the one just made, this once."""
    fresh = left(request, Fresh)
    secret = fresh.secret if fresh is not None else None
    return await _tokens(Form.of(days="90"), store=store, caller=caller, secret=secret)


@post("/me/tokens", opt=needs("me"))
async def create(
    request: Request[Any, Any, Any], caller: NamedDependency[Caller], context: NamedDependency[Context]
) -> Template | Redirect:
    """Make a token; the page that follows shows its secret."""
    form = await Form.sent(request)
    now = context.clock()
    days = form.number("days") if form.text("days") in dict(LASTING) else int(LASTING[0][0])
    try:
        _, secret = await context.store.write(
            access.create_token,
            by=caller,
            person=caller.person or 0,
            name=form.text("name"),
            scopes=form.every("scopes"),
            expires_at=now + timedelta(days=days) if days else None,
            now=now,
        )
    except Invalid as fault:
        mended = form.refused(fault, fields={"expires_at": "days"})
        return await _tokens(mended, store=context.store, caller=caller, status=HTTP_422_UNPROCESSABLE_ENTITY)
    except Conflict as fault:
        mended = form.with_error("", fault)
        return await _tokens(mended, store=context.store, caller=caller, status=HTTP_409_CONFLICT)
    return go("/me/tokens", shown=Fresh(secret=secret))


@post("/me/tokens/{token:str}/revoke", opt=needs("me"))
async def revoke(
    token: FromPath[str],
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
) -> Redirect:
    """Revoke a token."""
    await store.write(access.revoke_token, ids.parse(token), by=caller, now=clock())
    return go("/me/tokens", Note(message=N_("The token is revoked.")))


async def _tokens(
    form: Form, *, store: Store, caller: Caller, status: int = HTTP_200_OK, secret: str | None = None
) -> Template:
    return Page(
        "me/tokens.html",
        status=status,
        form=form,
        secret=secret,
        tokens=await store.read(access.tokens_of, by=caller),
        scopes=[(scope, words) for scope, words in SCOPES.items() if caller.may(scope)],
        lasting_choices=LASTING,
    )


routes = [tokens_page, create, revoke]
