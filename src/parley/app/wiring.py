"""The one place where everything meets: slices' routes, pages, doors, guards and answers."""

from collections.abc import Callable
from typing import Any, cast

from litestar import Litestar, Request, Response
from litestar.enums import ScopeType
from litestar.plugins import PluginProtocol
from litestar.plugins.core import MsgspecDIPlugin
from litestar.types import ASGIApp, LifeSpanReceive, LifeSpanScope, LifeSpanSend, Receive, Scope, Send

from parley import access, web
from parley.access.api import routes as access_routes
from parley.app import health
from parley.app.bodies import KeepingRequest
from parley.app.openapi import openapi
from parley.app.parts import Parts
from parley.app.problems import answer, api_fault, problem_of
from parley.app.queries import refuse_unknown_query
from parley.app.request_log import RequestLog
from parley.artefacts.api import routes as artefacts_routes
from parley.ground.answers import Answer
from parley.ground.clock import Clock, utc_now
from parley.live.api import live_socket
from parley.live.api import routes as live_routes
from parley.meetings.api import routes as meetings_routes
from parley.notices.api import routes as notices_routes
from parley.people.api import routes as people_routes
from parley.recordings.api import api_routes as recordings_routes
from parley.recordings.api import routes as recording_routes
from parley.reports.api import routes as reports_routes
from parley.sessions.api import routes as sessions_routes
from parley.settings import Settings

_API = (
    *access_routes,
    *people_routes,
    *meetings_routes,
    *notices_routes,
    *sessions_routes,
    *artefacts_routes,
    *recordings_routes,
    *reports_routes,
)
_ROOM = (*live_routes, *recording_routes)

LARGEST_BODY = 1024 * 1024
"""Bytes that a request's body may have, where a route does not say otherwise."""


class Application(Litestar):
    """The framework with a log line for every request, and without what it adds for libraries that are installed.

    It would import Pydantic, which came with something else: a tenth of a second and 15 MB.
    """

    request_log: RequestLog

    async def __call__(
        self, scope: Scope | LifeSpanScope, receive: Receive | LifeSpanReceive, send: Send | LifeSpanSend
    ) -> None:
        """Serve one connection (ASGI)."""
        if scope["type"] == ScopeType.HTTP:
            await self.request_log.serve(
                super().__call__, cast("Scope", scope), cast("Receive", receive), cast("Send", send)
            )
        else:
            await super().__call__(scope, receive, send)

    @staticmethod
    def _get_default_plugins(plugins: list[PluginProtocol]) -> list[PluginProtocol]:
        return [*plugins, MsgspecDIPlugin()]


def create_app(settings: Settings, *, clock: Clock = utc_now) -> Litestar:
    """Return the whole application, not started.

    Raises `WrongKey` when the secret key is none, and `UndeclaredRoute` when a route does not say who may come in.
    """
    parts = Parts.of(settings, clock=clock)
    app = Application(
        [*health.routes, openapi(_API, parts.dependencies), *_API, live_socket(parts.hub), *_ROOM, *web.routes],
        lifespan=[parts.running],
        dependencies=parts.dependencies,
        middleware=[_admission(parts), web.csrf_protection(parts.ring.derived("csrf"), settings)],
        exception_handlers={Exception: _answer_fault},
        request_class=KeepingRequest,
        response_class=Answer,
        request_max_body_size=LARGEST_BODY,
        template_config=web.template_config(),
        openapi_config=None,
        logging_config=None,
    )
    app.request_log = RequestLog(web.security_headers(secure=settings.secure))
    access.check_routes(app)
    return app


def _admission(parts: Parts) -> Callable[[ASGIApp], ASGIApp]:
    """Return the middleware before every route that lets in whom it may, and says no to all others."""

    def admission(app: ASGIApp) -> ASGIApp:
        async def admit(scope: Scope, receive: Receive, send: Send) -> None:
            parts.readiness.admit(scope)
            await parts.gate.admit(scope)
            refuse_unknown_query(scope)
            await app(scope, receive, send)

        return admit

    return admission


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
