"""Refusing unknown query parameters: a filter with a typing error must not silently show everything."""

from typing import Any, get_args

from litestar._parsers import parse_query_string
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.params import QueryParameter
from litestar.types import Scope

from parley.ground.faults import FieldError, Invalid
from parley.ground.words import N_

# By function: what the framework knows of a route it may know of a copy.
_names: dict[Any, dict[str, str]] = {}


def refuse_unknown_query(scope: Scope) -> None:
    """Raise Invalid for every query parameter that the route of the API does not declare."""
    if not scope["query_string"] or not scope["path"].startswith("/api/"):
        return
    known = parameter_names(scope["route_handler"]).values()
    unknown = [name for name in dict(parse_query_string(scope["query_string"])) if name not in known]
    if unknown:
        raise Invalid(*(FieldError(name, N_("There is no such parameter.")) for name in unknown))


def parameter_names(handler: BaseRouteHandler) -> dict[str, str]:
    """Return how requests write each parameter of the route's function: `from`, say, for `since`."""
    if handler.fn not in _names:
        names = {}
        if isinstance(handler, HTTPRouteHandler):
            for name, field in handler.parsed_fn_signature.parameters.items():
                marks = [*field.metadata, field.kwarg_definition, *get_args(field.raw)]
                written = [mark.name for mark in marks if isinstance(mark, QueryParameter) and mark.name]
                names[name] = written[0] if written else name
        _names[handler.fn] = names
    return _names[handler.fn]
