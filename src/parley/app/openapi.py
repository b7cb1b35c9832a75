"""The API's description: OpenAPI 3.1, made from the routes, with our own error document and closed objects."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from litestar import Litestar, MediaType, Response, get
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.routes import HTTPRoute
from litestar.types import ControllerRouterHandler

from parley import __version__
from parley.people import DECLARED, OPEN, PUBLIC

ABOUT = """Everything that Parley's own pages do, for programs.

Send a personal API token as `Authorization: Bearer …`. Ids are strings of digits (63-bit numbers), times are UTC
(RFC 3339), lists come in pages: `next` is the cursor of the following page. A change names the version that it was made
from in `If-Match`: 428 when it is missing, 412 with what is there now when it is stale. Errors are problem documents
(RFC 9457) that name every wrong field."""

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "description": "urn:parley:problem:… ; what programs look at"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What went wrong, in the language of Accept-Language"},
        "request_id": {"type": "string", "description": "Stands in the server's log, too"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "detail"],
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
        "current": {"description": "With 412: what is there now"},
        "retry_after": {"type": "integer", "description": "With 429: seconds to wait"},
    },
}

config = OpenAPIConfig(
    title="Parley",
    version=__version__,
    description=ABOUT,
    use_handler_docstrings=True,
)


def described(routes: Sequence[ControllerRouterHandler], dependencies: Mapping[str, Provide]) -> bytes:
    """Return the description of these routes as JSON.

    They are given to an application of their own, which is never served: the framework would otherwise add pages of
    its own below the description's path.
    """
    app = Litestar(list(routes), dependencies=dict(dependencies), openapi_config=config, logging_config=None)
    document: dict[str, Any] = app.openapi_schema.to_schema()
    document["paths"] = {path: item for path, item in sorted(document["paths"].items()) if path.startswith("/api/")}
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for schema in schemas.values():
        if schema.get("type") == "object":
            schema.setdefault("additionalProperties", False)
    schemas["Problem"] = PROBLEM
    token = {"type": "http", "scheme": "bearer", "description": "A personal API token"}
    components["securitySchemes"] = {"token": token}
    for route in app.routes:
        if isinstance(route, HTTPRoute) and route.path_format in document["paths"]:
            for handler in route.route_handlers:
                for method in handler.http_methods:
                    _complete(document["paths"][route.path_format].get(method.lower()), handler.opt.get(DECLARED))
    return msgspec.json.format(msgspec.json.encode(document), indent=1)


def _complete(operation: dict[str, Any] | None, scope: str | None) -> None:
    """Say who may, and that everything can also answer a problem."""
    if operation is None:
        return
    operation["security"] = [] if scope == OPEN else [{"token": [scope]}]
    responses = operation["responses"]
    for status in [status for status in responses if status.startswith(("4", "5"))]:
        del responses[status]
    responses["default"] = {
        "description": "A problem (RFC 9457)",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def openapi(routes: Sequence[ControllerRouterHandler], dependencies: Mapping[str, Provide]) -> HTTPRouteHandler:
    """Return the route that answers with the description of these routes; it is made when it is first asked for."""

    @cache
    def document() -> bytes:
        return described(routes, dependencies)

    @get("/api/v1/openapi.json", opt=PUBLIC, include_in_schema=False, sync_to_thread=True)
    def answer() -> Response[bytes]:
        return Response(document(), media_type=MediaType.JSON)

    return answer
