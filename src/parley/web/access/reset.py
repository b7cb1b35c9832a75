"""Choosing a password by a link: one that was asked for, or one that came with an invitation."""

from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from parley import access
from parley.access import PUBLIC, Context
from parley.ground.faults import Invalid, OverLimit
from parley.web.access.entrance import entered
from parley.web.shell import PASSWORD_RULE, Form, Page, go, left
from parley.web.shell.headers import NO_REFERRER

_SHOWN = 254
"""As much of an address as there can be: what is longer is none."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """To which address a link was asked for."""

    email: str


@get("/reset", opt=PUBLIC)
async def ask_page(request: Request[Any, Any, Any], context: NamedDependency[Context]) -> Template:
    """Ask to which address the link should go, and say so once when it was asked for."""
    return Page("access/reset.html", form=Form(), sent=left(request, Asked), can_mail=context.mailer.can_send)


@post("/reset", opt=PUBLIC)
async def ask(request: Request[Any, Any, Any], context: NamedDependency[Context]) -> Template | Redirect:
    """Mail the link; the answer is the same whether or not somebody has the address."""
    form = await Form.sent(request)
    try:
        await access.request_reset(
            context, form.text("email"), client=access.client_info(request.scope, context.settings)
        )
    except Invalid as fault:
        return _ask_again(form.refused(fault), context)
    except OverLimit as fault:
        return _ask_again(form.with_error("", fault), context)
    return go("/reset", shown=Asked(email=form.text("email")[:_SHOWN]) if context.mailer.can_send else None)


@get("/reset/{secret:str}", opt=PUBLIC)
async def choose_page(secret: FromPath[str], context: NamedDependency[Context]) -> Template:
    """Ask for the new password."""
    return await _choose(context, secret, Form())


@post("/reset/{secret:str}", opt=PUBLIC)
async def choose(
    request: Request[Any, Any, Any], secret: FromPath[str], context: NamedDependency[Context]
) -> Template | Redirect:
    """Set the password and sign in."""
    form = await Form.sent(request)
    try:
        signed_in = await access.redeem_reset(
            context,
            secret,
            password=form.raw("password"),
            client=access.client_info(request.scope, context.settings),
            replaces=access.cookie_of(request.scope),
        )
    except Invalid as fault:
        return await _choose(context, secret, form.refused(fault))
    return entered(signed_in, context.settings, goal="/")


def _ask_again(form: Form, context: Context) -> Template:
    return Page(
        "access/reset.html",
        status=form.status,
        headers=form.headers,
        form=form,
        sent=None,
        can_mail=context.mailer.can_send,
    )


async def _choose(context: Context, secret: str, form: Form) -> Template:
    holder = await context.store.read(access.find_holder, secret, now=context.clock())
    return Page(
        "access/new_password.html",
        status=form.status,
        form=form,
        holder=holder,
        headers=NO_REFERRER,
        password_rule=PASSWORD_RULE,
    )


routes = [ask_page, ask, choose_page, choose]
