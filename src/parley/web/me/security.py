"""The reader's own password, and the browsers in which they are signed in."""

from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from parley import access
from parley.access import Context, Credential, needs
from parley.ground import ids
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.faults import Invalid, OverLimit
from parley.ground.words import N_
from parley.people import Caller
from parley.web.me.browser_name import browser_name
from parley.web.me.profile import own_user
from parley.web.shell import PASSWORD_RULE, Form, Note, Page, go


@get("/me/password", opt=needs("me"))
async def password_page(caller: NamedDependency[Caller], store: NamedDependency[Store]) -> Template:
    """Ask for the password that is, and the one that is to be."""
    return await _password(Form(), store=store, caller=caller)


@post("/me/password", opt=needs("me"))
async def change_password(
    request: Request[Any, Any, Any],
    caller: NamedDependency[Caller],
    credential: NamedDependency[Credential],
    context: NamedDependency[Context],
) -> Template | Redirect:
    """Change the password; other browsers are signed out."""
    form = await Form.sent(request)
    try:
        await access.change_password(
            context, by=caller, current=form.raw("current"), password=form.raw("password"), keep=credential.id
        )
    except Invalid as fault:
        return await _password(form.refused(fault), store=context.store, caller=caller)
    except OverLimit as fault:
        return await _password(form.with_error("", fault), store=context.store, caller=caller)
    return go("/me/password", Note(message=N_("The password is changed. Other browsers are signed out.")))


@get("/me/browsers", opt=needs("me"))
async def browsers_page(
    caller: NamedDependency[Caller], credential: NamedDependency[Credential], store: NamedDependency[Store]
) -> Template:
    """Show where the reader is signed in."""
    browsers = await store.read(access.sessions_of, by=caller)
    named = [(browser, browser_name(browser.agent)) for browser in browsers]
    return Page("me/browsers.html", browsers=named, current=credential.id)


@post("/me/browsers/{browser:str}/signout", opt=needs("me"))
async def sign_out_browser(
    browser: FromPath[str],
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
) -> Redirect:
    """Sign one browser out; this very one is then at the sign-in page."""
    await store.write(access.revoke_session, ids.parse(browser), by=caller, now=clock())
    return go("/me/browsers", Note(message=N_("That browser is signed out.")))


@post("/me/browsers/signout", opt=needs("me"))
async def sign_out_others(
    caller: NamedDependency[Caller],
    credential: NamedDependency[Credential],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
) -> Redirect:
    """Sign out every browser but this one."""
    await store.write(access.sign_out_others, keep=credential.id, by=caller, now=clock())
    return go("/me/browsers", Note(message=N_("All other browsers are signed out.")))


async def _password(form: Form, *, store: Store, caller: Caller) -> Template:
    user = await store.read(own_user, by=caller)
    return Page(
        "me/password.html",
        status=form.status,
        headers=form.headers,
        form=form,
        email=user.email,
        password_rule=PASSWORD_RULE,
    )


routes = [password_page, change_password, browsers_page, sign_out_browser, sign_out_others]
