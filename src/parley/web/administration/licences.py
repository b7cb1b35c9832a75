"""Administration of licences: how many there are of each product, how many are used, and what else is limited."""

from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

from parley.access import Context, needs
from parley.ground.db import Connection, Store
from parley.ground.faults import FieldError, Invalid
from parley.ground.words import N_
from parley.people import PRODUCT_NAMES, Caller, Limits, LimitsChange, Product, find_limits, set_limits
from parley.sessions import live_sessions
from parley.web.administration.licence_form import limit_in
from parley.web.shell import Form, Note, Page, go


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """The limits of an account, and how many sessions run."""

    limits: Limits
    live: int


@get("/administration/licences", opt=needs("people:write"))
async def licences_page(caller: NamedDependency[Caller], store: NamedDependency[Store]) -> Template:
    """Show the limits and their use, to change them."""
    return await _licences(None, store=store, caller=caller)


@post("/administration/licences", opt=needs("people:write"))
async def change(
    request: Request[Any, Any, Any], caller: NamedDependency[Caller], context: NamedDependency[Context]
) -> Template | Redirect:
    """Set the limits."""
    form = await Form.sent(request)
    try:
        await context.store.write(set_limits, _change(form), by=caller, now=context.clock())
    except Invalid as fault:
        return await _licences(form.refused(fault), store=context.store, caller=caller)
    return go("/administration/licences", Note(message=N_("Saved.")))


def _change(form: Form) -> LimitsChange:
    """Return what was typed; raises Invalid with every field that is no number."""
    errors: list[FieldError] = []
    found: dict[str, int | None] = {}
    for field in ("sessions_at_once", *(f"products.{product}" for product in Product)):
        try:
            found[field] = limit_in(form, field)
        except Invalid as fault:
            errors += fault.errors
    if errors:
        raise Invalid(*errors)
    return LimitsChange(
        products={product: found[f"products.{product}"] for product in Product},
        sessions_at_once=found["sessions_at_once"],
    )


async def _licences(typed: Form | None, *, store: Store, caller: Caller) -> Template:
    usage = await store.read(_usage, by=caller)
    form = _showing(usage.limits) if typed is None else typed
    return Page(
        "administration/licences.html",
        status=form.status,
        form=form,
        limits=usage.limits,
        live=usage.live,
        names=PRODUCT_NAMES,
    )


def _usage(db: Connection, *, by: Caller) -> Usage:
    return Usage(limits=find_limits(db, by=by), live=live_sessions(db, by.account))


def _showing(limits: Limits) -> Form:
    products = {f"products.{limit.product}": limit.most for limit in limits.products}
    return Form.of(**products, sessions_at_once=limits.sessions_at_once)


routes = [licences_page, change]
