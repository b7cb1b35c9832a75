"""Coming in and going out: sign in, sign out, the first administrator's welcome."""

from typing import Annotated, Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Template

from parley import access
from parley.access import PUBLIC, Context, Credential, needs
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.faults import Forbidden, Invalid, OverLimit
from parley.people import Caller, NewUser, any_account
from parley.web.access.entrance import entered
from parley.web.shell import PASSWORD_RULE, Form, Page, go, inside, language_of
from parley.web.shell.headers import NO_REFERRER
from parley.web.shell.zones import zone_meant

NextQuery = Annotated[str, QueryParameter(name="next")]


@get("/signin", opt=PUBLIC)
async def sign_in_page(
    visitor: NamedDependency[Caller | None], store: NamedDependency[Store], *, goal: NextQuery = "/"
) -> Template | Redirect:
    """Ask who it is; who is signed in already goes on."""
    if visitor is not None:
        return go(inside(goal))
    return Page("access/signin.html", form=Form.of(next=inside(goal)), awaited=not await store.read(any_account))


@post("/signin", opt=PUBLIC)
async def sign_in(request: Request[Any, Any, Any], context: NamedDependency[Context]) -> Template | Redirect:
    """Sign in and go where one wanted to."""
    form = await Form.sent(request)
    try:
        signed_in = await access.sign_in(
            context,
            email=form.text("email"),
            password=form.raw("password"),
            client=access.client_info(request.scope, context.settings),
            replaces=access.cookie_of(request.scope),
        )
    except Invalid as fault:
        return _again(form.refused(fault))
    except Forbidden as fault:
        return _again(form.with_error("email", fault))
    except OverLimit as fault:
        return _again(form.with_error("", fault))
    return entered(signed_in, context.settings, goal=inside(form.text("next")))


@post("/signout", opt=needs("me"))
async def sign_out(
    caller: NamedDependency[Caller], credential: NamedDependency[Credential], context: NamedDependency[Context]
) -> Redirect:
    """End this browser's session."""
    await context.store.write(access.sign_out, credential.id, by=caller, now=context.clock())
    left = go("/signin")
    left.set_cookie(access.no_cookie(context.settings))
    return left


@get("/welcome/{secret:str}", opt=PUBLIC)
async def welcome_page(secret: FromPath[str], store: NamedDependency[Store], clock: NamedDependency[Clock]) -> Template:
    """Greet the first administrator."""
    await store.read(access.find_setup, secret, now=clock())
    return _welcome(Form())


@post("/welcome/{secret:str}", opt=PUBLIC)
async def welcome(
    request: Request[Any, Any, Any], secret: FromPath[str], context: NamedDependency[Context]
) -> Template | Redirect:
    """Create the account and its first administrator, who is signed in at once."""
    form = await Form.sent(request)
    language = language_of(request)
    form = form.with_values(time_zone=zone_meant(form.text("time_zone"), language=language) or "UTC")
    first = NewUser(email=form.text("email"), name=form.text("name"), locale=language, time_zone=form.text("time_zone"))
    try:
        signed_in = await access.redeem_setup(
            context,
            secret,
            account=form.text("account"),
            administrator=first,
            password=form.raw("password"),
            client=access.client_info(request.scope, context.settings),
        )
    except Invalid as fault:
        return _welcome(form.refused(fault))
    return entered(signed_in, context.settings, goal="/")


def _again(form: Form) -> Template:
    return Page("access/signin.html", status=form.status, headers=form.headers, form=form, awaited=False)


def _welcome(form: Form) -> Template:
    return Page("access/welcome.html", status=form.status, form=form, headers=NO_REFERRER, password_rule=PASSWORD_RULE)


routes = [sign_in_page, sign_in, sign_out, welcome_page, welcome]
