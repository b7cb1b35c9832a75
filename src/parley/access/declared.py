"""Every route declares who may come in; an app with one that does not is not started."""

from collections.abc import Iterator

from litestar import Litestar
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.routes import HTTPRoute

from parley.people import DECLARED, OPEN


class UndeclaredRoute(Exception):
    """Routes declare neither a right nor that they are public; the message names them."""


def scope_of(handler: BaseRouteHandler) -> str | None:
    """Return the right that a route needs; None for a public one. Raises UndeclaredRoute for one that does not say."""
    declared: str | None = handler.opt.get(DECLARED)
    if declared is None:
        raise UndeclaredRoute(f"{handler} declares neither needs(…) nor PUBLIC.")
    return None if declared == OPEN else declared


def check_routes(app: Litestar) -> None:
    """Raise UndeclaredRoute unless every route itself declares who may come in.

    What the framework adds for OPTIONS tells methods and nothing else. A declaration of the app or a router would be
    inherited by routes whose author never thought of it: there it is refused.
    """
    undeclared = sorted({f"{path} ({handler})" for path, handler in _handlers(app) if not _declares(handler)})
    if undeclared:
        raise UndeclaredRoute(f"These routes declare neither needs(…) nor PUBLIC: {', '.join(undeclared)}")


def is_made_by_the_framework(handler: BaseRouteHandler) -> bool:
    """Tell whether this is the handler that Litestar adds to every path for OPTIONS."""
    return isinstance(handler, HTTPRouteHandler) and handler.fn.__module__ == HTTPRoute.__module__


def _declares(handler: BaseRouteHandler) -> bool:
    above = [layer for layer in handler.ownership_layers if layer is not handler]
    return DECLARED in handler.opt and not any(DECLARED in (layer.opt or {}) for layer in above)


def _handlers(app: Litestar) -> Iterator[tuple[str, BaseRouteHandler]]:
    for route in app.routes:
        handlers = route.route_handlers if isinstance(route, HTTPRoute) else [route.route_handler]
        yield from ((route.path, handler) for handler in handlers if not is_made_by_the_framework(handler))
