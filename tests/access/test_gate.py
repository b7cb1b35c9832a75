"""The gate before every route: tokens for the API, cookies for pages, and nothing in between."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from litestar import Litestar, MediaType, Request, Response, get
from litestar.di import NamedDependency
from litestar.types import ASGIApp, Receive, Scope, Send
from sqlalchemy import text

from parley.access import COOKIE, PUBLIC, Context, Credential, Gate, create_token, needs, sign_in, tokens_of
from parley.ground.db import Store, open_store
from parley.ground.faults import Fault, Forbidden, Unauthenticated, Unreachable
from parley.people import Caller, Role
from tests.access.visitors import HOME, PASSWORD, opened
from tests.clock import SettableClock
from tests.people.staff import hired

STATUS: dict[type[Exception], int] = {Unauthenticated: 401, Forbidden: 403, Unreachable: 503}


@get(["/api/mine", "/mine", "/metrics"], opt=needs("me"), media_type=MediaType.TEXT)
async def mine(caller: NamedDependency[Caller], credential: NamedDependency[Credential]) -> str:
    return f"{caller.name} by {credential.kind}"


@get(["/api/people", "/people"], opt=needs("people:write"), media_type=MediaType.TEXT)
async def people_only(caller: NamedDependency[Caller]) -> str:
    return caller.name


@get(["/api/open", "/open", "/static/style", "/healthz"], opt=PUBLIC, media_type=MediaType.TEXT)
async def open_to_all(visitor: NamedDependency[Caller | None]) -> str:
    return "nobody" if visitor is None else visitor.name


@get("/api/careless", opt=PUBLIC, media_type=MediaType.TEXT)
async def careless(caller: NamedDependency[Caller]) -> str:
    return caller.name


def refused(_request: Request[Any, Any, Any], fault: Exception) -> Response[str]:
    return Response(str(fault), status_code=STATUS[type(fault)])


@pytest.fixture
async def gate(store: Store, context: Context, clock: SettableClock) -> AsyncIterator[Gate]:
    async with Gate(store, settings=context.settings, clock=clock) as gate:
        yield gate


@pytest.fixture
async def client(gate: Gate) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(gate) as client:
        yield client


def before(gate: Gate) -> Callable[[ASGIApp], ASGIApp]:
    def admission(app: ASGIApp) -> ASGIApp:
        async def admit(scope: Scope, receive: Receive, send: Send) -> None:
            await gate.admit(scope)
            await app(scope, receive, send)

        return admit

    return admission


def client_of(gate: Gate) -> httpx.AsyncClient:
    """Return somebody who knocks at the gate of a small app."""
    app = Litestar(
        [mine, people_only, open_to_all, careless],
        middleware=[before(gate)],
        dependencies=gate.dependencies,
        exception_handlers={Fault: refused},
        openapi_config=None,
    )
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
    return httpx.AsyncClient(transport=transport, base_url="http://parley.example")


async def bearer(context: Context, caller: Caller) -> dict[str, str]:
    """Return the header with a token of all rights of the caller."""
    _, secret = await context.store.write(
        create_token,
        by=caller,
        person=caller.person or 0,
        name="Test",
        scopes=caller.scopes,
        expires_at=None,
        now=context.clock(),
    )
    return {"Authorization": f"Bearer {secret}"}


async def cookie(context: Context, email: str = "ada@harbor.example") -> dict[str, str]:
    """Return the header with the cookie of a browser that has signed in."""
    entered = await sign_in(context, email=email, password=PASSWORD, client=HOME)
    return {"Cookie": f"other=1; {COOKIE}={entered.secret}; more=2"}


async def answer(client: httpx.AsyncClient, path: str, headers: dict[str, str]) -> tuple[int, str]:
    response = await client.get(path, headers=headers)
    return response.status_code, response.text


async def test_the_api_takes_tokens_and_pages_take_cookies(context: Context, client: httpx.AsyncClient) -> None:
    ada = await opened(context)
    token, browser = await bearer(context, ada), await cookie(context)
    assert await answer(client, "/api/mine", token) == (200, "Ada by token")
    assert await answer(client, "/metrics", token) == (200, "Ada by token")
    assert await answer(client, "/mine", browser) == (200, "Ada by browser")
    assert await answer(client, "/api/mine", browser) == (401, "Send a token: Authorization: Bearer …")
    assert await answer(client, "/mine", token) == (401, "Please sign in.")


async def test_a_scheme_is_written_as_people_like(context: Context, client: httpx.AsyncClient) -> None:
    ada = await opened(context)
    secret = (await bearer(context, ada))["Authorization"].removeprefix("Bearer ")
    assert await answer(client, "/api/mine", {"Authorization": f"bearer   {secret}"}) == (200, "Ada by token")
    assert (await answer(client, "/api/mine", {"Authorization": f"Basic {secret}"}))[0] == 401
    assert (await answer(client, "/api/mine", {"Authorization": secret}))[0] == 401


async def test_what_is_no_token_is_refused_even_where_none_is_needed(client: httpx.AsyncClient) -> None:
    for path in ("/api/mine", "/api/open"):
        status, words = await answer(client, path, {"Authorization": "Bearer parley_nothing"})
        assert (status, words) == (401, "This token is not valid, or not any more.")


async def test_a_cookie_of_nothing_counts_as_none(client: httpx.AsyncClient) -> None:
    stale = {"Cookie": f"{COOKIE}=nothing"}
    assert await answer(client, "/open", stale) == (200, "nobody")
    assert await answer(client, "/mine", stale) == (401, "Please sign in.")


async def test_rights_are_needed_where_a_route_says_so(context: Context, client: httpx.AsyncClient) -> None:
    ada = await opened(context)
    max_ = await hired(context.store, ada.account, "max@harbor.example", role=Role.MANAGER)
    assert await answer(client, "/api/people", await bearer(context, ada)) == (200, "Ada")
    status, words = await answer(client, "/api/people", await bearer(context, max_))
    assert (status, "people:write" in words) == (403, True)
    cut = ada.restricted_to(frozenset({"me"}))
    assert (await answer(client, "/api/people", await bearer(context, cut)))[0] == 403


async def test_visitors_are_known_on_public_pages_too(context: Context, client: httpx.AsyncClient) -> None:
    await opened(context)
    assert await answer(client, "/open", {}) == (200, "nobody")
    assert await answer(client, "/open", await cookie(context)) == (200, "Ada")
    assert await answer(client, "/static/style", await cookie(context)) == (200, "nobody")


async def test_a_public_route_that_asks_for_a_caller_gets_one_or_refuses(client: httpx.AsyncClient) -> None:
    assert await answer(client, "/api/careless", {}) == (401, "Please sign in.")


async def test_options_tells_methods_and_nothing_else(client: httpx.AsyncClient) -> None:
    response = await client.options("/api/people")
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["allow"] == "GET, OPTIONS"


async def test_uses_are_kept_when_the_gate_closes(store: Store, context: Context, clock: SettableClock) -> None:
    ada = await opened(context)
    token = await bearer(context, ada)
    async with Gate(store, settings=context.settings, clock=clock) as gate, client_of(gate) as client:
        await client.get("/api/mine", headers=token)
        clock.advance(seconds=30)
    (kept,) = await context.store.read(tokens_of, by=ada)
    assert kept.used_at == clock.advance(seconds=-30)


async def test_a_database_that_is_away_shuts_no_public_door(context: Context, clock: SettableClock) -> None:
    stale = {"Cookie": f"{COOKIE}=anything"}
    async with (
        open_store("postgresql://nobody@127.0.0.1:1/nothing") as away,
        Gate(away, settings=context.settings, clock=clock) as gate,
        client_of(gate) as client,
    ):
        assert await answer(client, "/open", stale) == (200, "nobody")
        assert (await answer(client, "/mine", stale))[0] == 503


async def test_upkeep_that_fails_does_not_end_the_gate(store: Store, context: Context, clock: SettableClock) -> None:
    await store.write(lambda db: db.execute(text("ALTER TABLE guesses RENAME TO away")))
    async with Gate(store, settings=context.settings, clock=clock):
        await store.write(lambda _: None)  # the upkeep's first try was handed in before
    await store.write(lambda db: db.execute(text("ALTER TABLE away RENAME TO guesses")))
