"""The one place where everything meets: slices' routes, pages, doors, guards and answers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, Request, Response
from litestar.config.csrf import CSRFConfig
from litestar.di import Provide

from parley import access, web
from parley.access.api import routes as access_routes
from parley.app import health
from parley.app.bodies import KeepingRequest
from parley.app.openapi import openapi
from parley.app.problems import answer, api_fault, problem_of
from parley.app.queries import refuse_unknown_query
from parley.app.readiness import Readiness
from parley.app.trail import Trail, name_request
from parley.ground.clock import Clock, utc_now
from parley.ground.db import open_store
from parley.ground.mail import Mailer
from parley.ground.secrets import keyring
from parley.live import Hub
from parley.live.api import live_socket
from parley.meetings.api import routes as meetings_routes
from parley.people.api import routes as people_routes
from parley.sessions.api import routes as sessions_routes
from parley.settings import Settings

_API = (*access_routes, *people_routes, *meetings_routes, *sessions_routes)

LARGEST_BODY = 1024 * 1024
"""Bytes that a request's body may have, where a route does not say otherwise."""


def create_app(settings: Settings, *, clock: Clock = utc_now) -> Litestar:
    """Return the whole application, not started.

    Raises `WrongKey` when the secret key is none, and `UndeclaredRoute` when a route does not say who may come in.
    """
    ring = keyring(settings.data, written=settings.secret_key)
    store = open_store(settings.database)
    mailer = Mailer(settings.smtp, sender=settings.mail_from)
    desk = access.Desk(store, settings=settings, mailer=mailer, clock=clock)
    gate = access.Gate(store, settings=settings, clock=clock)
    hub = Hub(store, clock, settings)
    readiness = Readiness(settings.database, ring)

    @asynccontextmanager
    async def everything(_app: Litestar) -> AsyncIterator[None]:
        async with store, readiness, gate:
            await hub.start()
            yield
            await hub.stop()
            await desk.close()

    parts = {"settings": settings, "clock": clock, "store": store, "desk": desk, "hub": hub, "readiness": readiness}
    dependencies = {**{name: _constant(part) for name, part in parts.items()}, **gate.dependencies}
    app = Litestar(
        [*health.routes, openapi(_API, dependencies), *_API, live_socket(hub), *web.routes],
        lifespan=[everything],
        dependencies=dependencies,
        guards=[readiness.guard, gate.guard, refuse_unknown_query],
        middleware=[Trail()],
        exception_handlers={Exception: _answer_fault},
        request_class=KeepingRequest,
        request_max_body_size=LARGEST_BODY,
        csrf_config=CSRFConfig(
            secret=ring.derived("csrf"),
            cookie_name="parley_csrf",
            cookie_httponly=True,
            cookie_secure=settings.secure,
            exclude=["^/api/", "^/live/"],
        ),
        before_send=[name_request, web.security_headers(secure=settings.secure)],
        template_config=web.template_config(),
        openapi_config=None,
        logging_config=None,
    )
    app.state.update(parts)
    access.check_routes(app)
    return app


def _constant(part: object) -> Provide:
    return Provide(lambda: part, sync_to_thread=False)


def _answer_fault(request: Request[Any, Any, Any], fault: Exception) -> Response[Any]:
    """Answer with a problem document or a page, as the reader came for one or the other."""
    if request.url.path.startswith("/api/") or request.url.path in {"/metrics", "/readyz", "/healthz"}:
        return api_fault(request, fault)
    problem = problem_of(request, fault, web.language_of(request))
    return answer(problem) if _comes_for_json(request) else web.fault_page(request, problem)


def _comes_for_json(request: Request[Any, Any, Any]) -> bool:
    """Tell whether a script of a page asks."""
    return request.headers.get("accept", "").startswith("application/json")
