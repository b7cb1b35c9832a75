"""Every route says who may come in, and every route of the API is described for those who write programs."""

from collections.abc import Iterator
from typing import Any

import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute
from litestar.testing import TestClient

from parley.access import scope_of
from parley.app import create_app
from parley.settings import Settings
from tests.house.tree import ROOT

Operations = dict[tuple[str, str], dict[str, Any]]

DESCRIPTION = "/api/v1/openapi.json"
METHODS = {"DELETE", "GET", "PATCH", "POST", "PUT"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Litestar:
    """The application, which refuses to be made when a route does not say who may come in."""
    folder = tmp_path_factory.mktemp("var")
    return create_app(Settings(data=folder, database=f"sqlite:///{folder / 'parley.db'}"))


@pytest.fixture(scope="module")
def operations(app: Litestar) -> Operations:
    """What the API's description says, by method and path."""
    with TestClient(app) as client:
        paths = client.get(DESCRIPTION).raise_for_status().json()["paths"]
    return {(method.upper(), path): about for path, item in paths.items() for method, about in item.items()}


def _handlers(app: Litestar) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                yield from ((str(method), route.path_format, handler) for method in handler.http_methods)


def test_every_route_of_the_api_is_described(app: Litestar, operations: Operations) -> None:
    served = {(method, path) for method, path, _ in _handlers(app) if path.startswith("/api/") and method in METHODS}
    assert served - {("GET", DESCRIPTION)} == operations.keys()


def test_every_operation_says_what_it_does(operations: Operations) -> None:
    assert [operation for operation, about in operations.items() if not about.get("description")] == []
    names = [about["operationId"] for about in operations.values()]
    assert len(set(names)) == len(names)


def test_every_right_that_a_route_needs_is_documented(app: Litestar) -> None:
    rights = {scope_of(handler) for method, _, handler in _handlers(app) if method in METHODS} - {None}
    documented = (ROOT / "docs/reference/roles.md").read_text()
    assert {right for right in rights if f"`{right}`" not in documented} == set()
