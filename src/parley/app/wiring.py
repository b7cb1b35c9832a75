"""The one place where everything meets: slices' routes, pages, doors, guards and answers."""

from typing import Any

from litestar import Litestar, Request, Response
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.plugins import PluginProtocol
from litestar.plugins.core import MsgspecDIPlugin
from litestar.types import Guard

from parley import access, web
from parley.access.api import routes as access_routes
from parley.app import health
from parley.app.bodies import KeepingRequest
from parley.app.openapi import openapi
from parley.app.parsed import forget_parsed
from parley.app.parts import Parts
from parley.app.problems import answer, api_fault, problem_of
from parley.app.queries import refuse_unknown_query
from parley.app.trail import Trail, name_request
from parley.ground.clock import Clock, utc_now
from parley.live.api import live_socket
from parley.meetings.api import routes as meetings_routes
from parley.people.api import routes as people_routes
from parley.sessions.api import routes as sessions_routes
from parley.settings import Settings

_API = (*access_routes, *people_routes, *meetings_routes, *sessions_routes)

LARGEST_BODY = 1024 * 1024
"""Bytes that a request's body may have, where a route does not say otherwise."""


class Application(Litestar):
    """The framework, without what it adds for libraries that happen to be installed.

    It would import Pydantic, which came with something else: a tenth of a second and 15 MB.
    """

    @staticmethod
    def _get_default_plugins(plugins: list[PluginProtocol]) -> list[PluginProtocol]:
        return [*plugins, MsgspecDIPlugin()]


def create_app(settings: Settings, *, clock: Clock = utc_now) -> Litestar:
    """Return the whole application, not started.

    Raises `WrongKey` when the secret key is none, and `UndeclaredRoute` when a route does not say who may come in.
    """
    parts = Parts.of(settings, clock=clock)
    app = Application(
        [*health.routes, openapi(_API, parts.dependencies), *_API, live_socket(parts.hub), *web.routes],
        lifespan=[parts.running],
        dependencies=parts.dependencies,
        guards=[_guard(parts)],
        middleware=[Trail(), web.against_forgery(parts.ring.derived("csrf"), settings)],
        exception_handlers={Exception: _answer_fault},
        request_class=KeepingRequest,
        request_max_body_size=LARGEST_BODY,
        before_send=[name_request, forget_parsed, web.security_headers(secure=settings.secure)],
        template_config=web.template_config(),
        openapi_config=None,
        logging_config=None,
    )
    access.check_routes(app)
    return app


def _guard(parts: Parts) -> Guard:
    """Return the one guard: Litestar copies the route for each that there is, and hands plain functions to a thread."""

    async def guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
        parts.readiness.guard(connection, handler)
        await parts.gate.guard(connection, handler)
        refuse_unknown_query(connection, handler)

    return guard


def _answer_fault(request: Request[Any, Any, Any], fault: Exception) -> Response[Any]:
    """Answer with a problem document or a page, as the reader came for one or the other."""
    path = request.scope["path"]
    if path.startswith("/api/") or path in {"/metrics", "/readyz", "/healthz"}:
        return api_fault(request, fault)
    problem = problem_of(request, fault, web.language_of(request))
    return answer(problem) if _comes_for_json(request) else web.fault_page(request, problem)


def _comes_for_json(request: Request[Any, Any, Any]) -> bool:
    """Tell whether a script of a page asks."""
    return request.headers.get("accept", "").startswith("application/json")
