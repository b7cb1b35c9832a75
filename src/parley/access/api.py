"""The API of access: one's own tokens, and the links with which others set a password."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_201_CREATED

from parley import access
from parley.access import Context, Credential, Invitation, ResetOffer, Token
from parley.ground import ids
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.faults import FieldError
from parley.ground.paging import Page
from parley.people import Caller, needs


class TokenView(msgspec.Struct, frozen=True, kw_only=True):
    """A token as the API shows one: not its secret."""

    id: str
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None

    @classmethod
    def of(cls, token: Token) -> "TokenView":
        """Show a token."""
        return cls(
            id=ids.text(token.id),
            name=token.name,
            scopes=sorted(token.scopes),
            created_at=token.created_at,
            expires_at=token.expires_at,
            used_at=token.used_at,
        )


class CreatedToken(msgspec.Struct, frozen=True, kw_only=True):
    """A token that was just created; `secret` is shown this once."""

    token: TokenView
    secret: str


class NewToken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A token to be created, with rights that the token it is created with has; without an end it ends as that does."""

    name: str
    scopes: list[str]
    expires_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None

    @staticmethod
    def check_readable(readable: Mapping[str, Any], *, by: Caller, now: datetime, errors: list[FieldError]) -> None:
        """Find out what is wrong with those fields that could be read."""
        access.check_token(readable, by=by, now=now, errors=errors)


@get("/api/v1/tokens", opt=needs("me"), tags=["tokens"])
async def list_tokens(store: NamedDependency[Store], caller: NamedDependency[Caller]) -> Page[TokenView]:
    """List your own tokens, newest first."""
    found = await store.read(access.tokens_of, by=caller)
    return Page(items=tuple(map(TokenView.of, found)), next=None)


@post("/api/v1/tokens", opt=needs("me"), tags=["tokens"])
async def create_token(
    *,
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    credential: NamedDependency[Credential],
    data: JSONBody[NewToken],
) -> CreatedToken:
    """Create a token of your own. It may do no more, and lasts no longer, than the one that you create it with."""
    token, secret = await store.write(
        access.create_token,
        by=caller,
        person=caller.person or 0,
        name=data.name,
        scopes=data.scopes,
        expires_at=credential.expires_at if data.expires_at is None else data.expires_at,
        made_with=credential.id,
        now=clock(),
    )
    return CreatedToken(token=TokenView.of(token), secret=secret)


@delete("/api/v1/tokens/{token:str}", opt=needs("me"), tags=["tokens"])
async def revoke_token(
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    token: FromPath[str],
) -> None:
    """Revoke a token, and those that were made with it; they work no more."""
    await store.write(access.revoke_token, ids.parse(token), by=caller, now=clock())


@post("/api/v1/users/{user:str}/invitation", opt=needs("people:write"), tags=["users"], status_code=HTTP_201_CREATED)
async def invite_user(
    context: NamedDependency[Context], caller: NamedDependency[Caller], user: FromPath[str]
) -> Invitation:
    """Make the link with which somebody new sets their first password; it is mailed where mail is set up."""
    return await access.invite(context, ids.parse(user), by=caller)


@post("/api/v1/users/{user:str}/reset", opt=needs("people:write"), tags=["users"], status_code=HTTP_201_CREATED)
async def offer_reset(
    context: NamedDependency[Context], caller: NamedDependency[Caller], user: FromPath[str]
) -> ResetOffer:
    """Make the link with which somebody who forgot their password sets a new one; where mail is set up, it is mailed.

    It takes every right of that person.
    """
    return await access.offer_reset(context, ids.parse(user), by=caller)


routes = [list_tokens, create_token, revoke_token, invite_user, offer_reset]
