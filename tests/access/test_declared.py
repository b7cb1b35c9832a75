"""Every route declares who may come in, or the app is not started."""

from collections.abc import Mapping
from typing import Any

import pytest
from litestar import Controller, Litestar, MediaType, Router, WebSocket, asgi, get, websocket
from litestar.static_files import create_static_files_router
from litestar.types import ControllerRouterHandler, Receive, Scope, Send

from parley.access import PUBLIC, UndeclaredRoute, check_routes, needs, scope_of


def app_of(*routes: ControllerRouterHandler, opt: Mapping[str, Any] | None = None) -> Litestar:
    return Litestar([*routes], openapi_config=None, opt=opt)


@get("/open", opt=PUBLIC, media_type=MediaType.TEXT)
async def open_door() -> str:
    return "come in"


@get("/mine", opt=needs("me"), media_type=MediaType.TEXT)
async def my_door() -> str:
    return "yours"


@get("/forgotten", media_type=MediaType.TEXT)
async def forgotten() -> str:
    return "oops"


@websocket("/socket")
async def forgotten_socket(socket: WebSocket[Any, Any, Any]) -> None:
    await socket.close()


@asgi("/raw", copy_scope=False)
async def forgotten_app(scope: Scope, receive: Receive, send: Send) -> None: ...


def test_declared_routes_are_fine() -> None:
    check_routes(app_of(open_door, my_door, Router("/deeper", route_handlers=[my_door])))


@pytest.mark.parametrize("route", [forgotten, forgotten_socket, forgotten_app])
def test_a_route_that_declares_nothing_stops_the_app(route: ControllerRouterHandler) -> None:
    with pytest.raises(UndeclaredRoute, match="forgotten"):
        check_routes(app_of(open_door, route))


def test_the_right_of_a_route_can_be_asked_for() -> None:
    assert scope_of(my_door) == "me"
    assert scope_of(open_door) is None
    with pytest.raises(UndeclaredRoute):
        scope_of(forgotten)


def test_static_files_declare_themselves_too() -> None:
    with pytest.raises(UndeclaredRoute, match="/static"):
        check_routes(app_of(create_static_files_router(path="/static", directories=["/nowhere"])))


@pytest.mark.parametrize("inherited", [PUBLIC, needs("me")])
def test_a_declaration_is_not_inherited(inherited: dict[str, Any]) -> None:
    with pytest.raises(UndeclaredRoute, match="forgotten"):
        check_routes(app_of(Router("/deeper", route_handlers=[forgotten], opt=inherited)))
    with pytest.raises(UndeclaredRoute, match="forgotten"):
        check_routes(app_of(forgotten, opt=inherited))

    class Doors(Controller):
        path = "/doors"
        opt = inherited

        @get(media_type=MediaType.TEXT)
        async def forgotten(self) -> str:
            return "oops"

    with pytest.raises(UndeclaredRoute, match="forgotten"):
        check_routes(app_of(Doors))
