"""The API's description: OpenAPI 3.1, made from the routes, with our own error document and closed objects."""

from typing import Any

import msgspec
from litestar import MediaType, Request, Response, get
from litestar.openapi import OpenAPIConfig

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
    path="/api/v1/openapi-by-the-framework",
    render_plugins=[],
    enabled_endpoints=set(),
)


def document(app: Any) -> bytes:  # noqa: ANN401 (the framework's app)
    """Return the description of an app's API as JSON."""
    described: dict[str, Any] = app.openapi_schema.to_schema()
    described["paths"] = {path: item for path, item in sorted(described["paths"].items()) if path.startswith("/api/")}
    components = described.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = PROBLEM
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "A personal API token"}
    }
    scopes = _scopes(app)
    for path, item in described["paths"].items():
        for method, operation in item.items():
            _complete(operation, scopes.get((path, method), None))
    for schema in schemas.values():
        if schema.get("type") == "object" and "additionalProperties" not in schema and schema is not PROBLEM:
            schema["additionalProperties"] = False
    return msgspec.json.format(msgspec.json.encode(described), indent=1)


def _scopes(app: Any) -> dict[tuple[str, str], str | None]:  # noqa: ANN401
    return {
        (route.path_format, method.lower()): handler.opt.get(DECLARED)
        for route in app.routes
        if hasattr(route, "route_handler_map")
        for method, handler in route.route_handler_map.items()
    }


def _complete(operation: dict[str, Any], scope: str | None) -> None:
    """Say who may, and that everything can also answer a problem."""
    operation["security"] = [] if scope in (None, OPEN) else [{"token": [scope]}]
    responses = operation["responses"]
    for status in [status for status in responses if status.startswith(("4", "5"))]:
        del responses[status]
    responses["default"] = {
        "description": "A problem (RFC 9457)",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


@get("/api/v1/openapi.json", media_type=MediaType.JSON, opt=PUBLIC, include_in_schema=False, cache=False)
async def openapi(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Answer the description of this API."""
    kept = request.app.state.get("openapi")
    if kept is None:
        kept = request.app.state["openapi"] = document(request.app)
    return Response(kept, media_type="application/json")


routes = [openapi]
