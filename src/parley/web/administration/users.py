"""Administration of users: find, add, invite, change, suspend and let in again."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_412_PRECONDITION_FAILED

from parley import access
from parley.access import Context, needs
from parley.ground import ids
from parley.ground.clock import Clock
from parley.ground.db import Connection, Store
from parley.ground.faults import Conflict, FieldError, Invalid, Stale
from parley.ground.words import N_
from parley.live import room_size
from parley.people import (
    PRODUCT_NAMES,
    ROLE_NAMES,
    Caller,
    Limits,
    NewUser,
    Role,
    Status,
    User,
    UserChange,
    add_user,
    change_user,
    find_limits,
    find_user,
    find_users,
    reactivate_user,
    suspend_user,
)
from parley.web.administration.licence_form import limit_in, products_in
from parley.web.shell import Form, Note, Page, Undo, go, left, sought
from parley.web.shell.zones import zone_meant


class Invited(msgspec.Struct, frozen=True, kw_only=True):
    """The link to pass on, or None when it was mailed; and whether somebody was just added."""

    link: str | None
    added: bool


@get("/administration/users", opt=needs("people:write"))
async def users_page(
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    *,
    q: FromQuery[str] = "",
    status: FromQuery[str] = "",
    cursor: FromQuery[str | None] = None,
) -> Template:
    """List the people of the account."""
    wanted = Status(status) if status in set(Status) else None
    found = await store.read_long(find_users, by=caller, query=sought(q) or None, status=wanted, cursor=cursor)
    filters = urlencode({"q": q, "status": status})
    return Page(
        "administration/users.html",
        users=found.items,
        next=found.next,
        query=q,
        chosen=status,
        query_string=f"?{filters}",
    )


@get("/administration/users/new", opt=needs("people:write"))
async def new_page(caller: NamedDependency[Caller], context: NamedDependency[Context]) -> Template:
    """Offer the form that adds somebody, with the administrator's own language and zone."""
    form = Form.of(role=Role.ORGANIZER, locale=caller.locale, time_zone=caller.time_zone)
    return await _new(form, context=context, caller=caller)


@post("/administration/users/new", opt=needs("people:write"))
async def add(
    request: Request[Any, Any, Any], caller: NamedDependency[Caller], context: NamedDependency[Context]
) -> Template | Redirect:
    """Add somebody, and give out the link with which they choose a password."""
    form = await _tidy(request, caller)
    try:
        new = NewUser(
            email=form.text("email"),
            name=form.text("name"),
            role=_role(form),
            locale=form.text("locale"),
            time_zone=form.text("time_zone"),
            products=products_in(form),
            most_attendees=limit_in(form, "most_attendees"),
        )
        user = await context.store.write(add_user, new, by=caller, now=context.clock())
    except Invalid as fault:
        return await _new(form.refused(fault), context=context, caller=caller)
    return await _invited(context, user, by=caller, added=True)


@get("/administration/users/{user:str}/invited", opt=needs("people:write"))
async def invited_page(
    request: Request[Any, Any, Any],
    user: FromPath[str],
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
) -> Template | Redirect:
    """Show the link that was just made, this once; afterwards there is only whom it is for."""
    found, invited = await store.read(find_user, ids.parse(user), by=caller), left(request, Invited)
    if invited is None:
        return go(f"/administration/users/{found.id}")
    return Page("administration/link.html", user=found, invited=invited)


@get("/administration/users/{user:str}", opt=needs("people:write"))
async def user_page(
    user: FromPath[str], caller: NamedDependency[Caller], context: NamedDependency[Context]
) -> Template:
    """Show somebody to change them."""
    return await _user(ids.parse(user), None, context=context, caller=caller)


@post("/administration/users/{user:str}", opt=needs("people:write"))
async def change(
    request: Request[Any, Any, Any],
    user: FromPath[str],
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Template | Redirect:
    """Change somebody."""
    form, person = await _tidy(request, caller), ids.parse(user)
    try:
        asked = UserChange(
            email=form.text("email"),
            name=form.text("name"),
            role=_role(form),
            locale=form.text("locale"),
            time_zone=form.text("time_zone"),
            products=products_in(form),
            most_attendees=limit_in(form, "most_attendees"),
        )
        changed = await context.store.write(
            change_user, person, asked, version=form.number("version"), by=caller, now=context.clock()
        )
    except Invalid as fault:
        return await _user(person, form.refused(fault), context=context, caller=caller)
    except Stale:
        return await _user(person, form, context=context, caller=caller, stale=True)
    except Conflict as fault:
        return await _user(person, form.with_error("role", fault), context=context, caller=caller)
    return go("/administration/users", Note(message=N_("%(name)s is saved."), parameters={"name": changed.name}))


@post("/administration/users/{user:str}/invite", opt=needs("people:write"))
async def invite(user: FromPath[str], caller: NamedDependency[Caller], context: NamedDependency[Context]) -> Redirect:
    """Give out a new link to somebody who has not chosen a password yet."""
    found = await context.store.read(find_user, ids.parse(user), by=caller)
    return await _invited(context, found, by=caller, added=False)


@post("/administration/users/{user:str}/suspend", opt=needs("people:write"))
async def suspend(
    user: FromPath[str],
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
) -> Redirect:
    """Shut somebody out at once; it can be undone."""
    try:
        shut_out = await store.write(suspend_user, ids.parse(user), by=caller, now=clock())
    except Conflict as fault:
        return go(f"/administration/users/{user}", Note(message=fault.message, kind="warn"))
    undo = Undo(words=N_("Let in again"), action=f"/administration/users/{shut_out.id}/reactivate")
    name = {"name": shut_out.name}
    return go("/administration/users", Note(message=N_("%(name)s is suspended."), parameters=name, undo=undo))


@post("/administration/users/{user:str}/reactivate", opt=needs("people:write"))
async def reactivate(
    user: FromPath[str],
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
) -> Redirect:
    """Let somebody in again."""
    back = await store.write(reactivate_user, ids.parse(user), by=caller, now=clock())
    note = Note(message=N_("%(name)s may use Parley again."), parameters={"name": back.name})
    return go("/administration/users", note)


async def _tidy(request: Request[Any, Any, Any], caller: Caller) -> Form:
    form = await Form.sent(request)
    return form.with_values(time_zone=zone_meant(form.text("time_zone"), language=caller.locale))


def _role(form: Form) -> Role:
    """Return the role that was chosen; a form without one is refused, for no role is meant by it."""
    if form.text("role") not in set(Role):
        raise Invalid(FieldError("role", N_("Choose a role.")))
    return Role(form.text("role"))


def _roles(caller: Caller) -> list[tuple[str, str]]:
    return [(role, words) for role, words in ROLE_NAMES.items() if caller.may_administer(role)]


async def _new(form: Form, *, context: Context, caller: Caller) -> Template:
    limits, size = await context.store.read(_limits, by=caller, now=context.clock())
    return Page(
        "administration/new_user.html",
        status=form.status,
        form=form,
        roles=_roles(caller),
        limits=limits,
        size=size,
        names=PRODUCT_NAMES,
    )


def _limits(db: Connection, *, by: Caller, now: datetime) -> tuple[Limits, int | None]:
    return find_limits(db, by=by), room_size(db, now=now)


async def _invited(context: Context, user: User, *, by: Caller, added: bool) -> Redirect:
    made = await access.invite(context, user.id, by=by)
    shown = Invited(link=None if made.mailed else made.link, added=added)
    return go(f"/administration/users/{user.id}/invited", shown=shown)


async def _user(person: int, typed: Form | None, *, context: Context, caller: Caller, stale: bool = False) -> Template:
    user, waits = await context.store.read(_with_state, person, by=caller)
    limits, size = await context.store.read(_limits, by=caller, now=context.clock())
    form = _showing(user) if typed is None else typed.with_values(version=user.version)
    status = HTTP_412_PRECONDITION_FAILED if stale else form.status
    return Page(
        "administration/user.html",
        status=status,
        user=user,
        waits_for_password=waits,
        form=form,
        roles=_roles(caller),
        limits=limits,
        size=size,
        names=PRODUCT_NAMES,
        stale=stale,
    )


def _with_state(db: Connection, person: int, *, by: Caller) -> tuple[User, bool]:
    return find_user(db, person, by=by), not access.has_password(db, person, by=by)


def _showing(user: User) -> Form:
    return Form.of(
        name=user.name,
        email=user.email,
        role=user.role,
        locale=user.locale,
        time_zone=user.time_zone,
        products=user.products,
        most_attendees=user.most_attendees,
        version=user.version,
    )


routes = [users_page, new_page, add, invited_page, user_page, change, invite, suspend, reactivate]
