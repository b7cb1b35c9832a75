"""Refusing unknown query parameters: a filter with a typing error must not silently show everything."""

from typing import Any, get_args

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.params import QueryParameter

from parley.ground.faults import Invalid, Wrong
from parley.ground.words import N_

# By function: Litestar hands every guard a fresh copy of the handler.
_known: dict[Any, frozenset[str]] = {}


def refuse_unknown_query(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Guard of the API's routes: raise Invalid for every query parameter that the route does not declare."""
    if not connection.scope["query_string"] or not connection.scope["path"].startswith("/api/"):
        return
    known = _parameters_of(handler)
    unknown = [name for name in dict(connection.query_params) if name not in known]
    if unknown:
        raise Invalid(*(Wrong(name, N_("There is no such parameter.")) for name in unknown))


def _parameters_of(handler: BaseRouteHandler) -> frozenset[str]:
    if handler.fn not in _known:
        names = set()
        if isinstance(handler, HTTPRouteHandler):
            for name, field in handler.parsed_fn_signature.parameters.items():
                marks = [*field.metadata, field.kwarg_definition, *get_args(field.raw)]
                named = [mark.name for mark in marks if isinstance(mark, QueryParameter) and mark.name]
                names.add(named[0] if named else name)
        _known[handler.fn] = frozenset(names)
    return _known[handler.fn]
