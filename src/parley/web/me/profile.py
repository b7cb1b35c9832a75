"""The reader's own profile: name, language, time zone, and how Parley looks here."""

from datetime import datetime
from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_412_PRECONDITION_FAILED

from parley.access import PUBLIC, Context, needs
from parley.ground.db import Connection, Store
from parley.ground.faults import Invalid, Stale
from parley.ground.words import LANGUAGES, N_
from parley.people import Caller, User, UserChange, change_user, find_user
from parley.web.shell import Form, Note, Page, go, inside
from parley.web.shell.preferences import language_cookie, theme_cookie
from parley.web.shell.zones import zone_meant


@get("/me", opt=needs("me"))
async def profile_page(caller: NamedDependency[Caller], store: NamedDependency[Store]) -> Template:
    """Show the profile to change it."""
    user = await store.read(own_user, by=caller)
    return _profile(user, _showing(user))


@post("/me", opt=needs("me"))
async def save(
    request: Request[Any, Any, Any], caller: NamedDependency[Caller], context: NamedDependency[Context]
) -> Template | Redirect:
    """Change the profile."""
    form = await Form.sent(request)
    form = form.with_values(time_zone=zone_meant(form.text("time_zone"), language=caller.locale))
    user = await context.store.read(own_user, by=caller)
    change = UserChange(name=form.text("name"), locale=form.text("locale"), time_zone=form.text("time_zone"))
    try:
        changed = await context.store.write(
            change_user, user.id, change, version=form.number("version"), by=caller, now=context.clock()
        )
    except Invalid as fault:
        return _profile(user, form.refused(fault))
    except Stale:
        return _profile(user, form.with_values(version=user.version), stale=True)
    way = go("/me", Note(message=N_("Saved.")))
    way.set_cookie(language_cookie(changed.locale, context.settings))
    return way


@post("/me/locale", opt=PUBLIC)
async def choose_language(
    request: Request[Any, Any, Any], visitor: NamedDependency[Caller | None], context: NamedDependency[Context]
) -> Redirect:
    """Remember the language in this browser, and for those who are signed in also elsewhere."""
    form = await Form.sent(request)
    way = go(inside(form.text("back")))
    if form.text("locale") not in LANGUAGES:
        return way
    if visitor is not None and visitor.person is not None:
        await context.store.write(_speak, form.text("locale"), by=visitor, now=context.clock())
    way.set_cookie(language_cookie(form.text("locale"), context.settings))
    return way


@post("/me/theme", opt=needs("me"))
async def choose_theme(request: Request[Any, Any, Any], context: NamedDependency[Context]) -> Redirect:
    """Remember light or dark in this browser."""
    way = go("/me")
    way.set_cookie(theme_cookie((await Form.sent(request)).text("theme"), context.settings))
    return way


def own_user(db: Connection, *, by: Caller) -> User:
    """Return the reader as a user."""
    return find_user(db, by.person or 0, by=by)


def _speak(db: Connection, language: str, *, by: Caller, now: datetime) -> None:
    user = own_user(db, by=by)
    change_user(db, user.id, UserChange(locale=language), version=user.version, by=by, now=now)


def _showing(user: User) -> Form:
    return Form.of(name=user.name, locale=user.locale, time_zone=user.time_zone, version=user.version)


def _profile(user: User, form: Form, *, stale: bool = False) -> Template:
    status = HTTP_412_PRECONDITION_FAILED if stale else form.status
    return Page("me/profile.html", status=status, user=user, form=form, stale=stale)


routes = [profile_page, save, choose_language, choose_theme]
