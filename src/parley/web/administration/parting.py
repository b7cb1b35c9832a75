"""Administration: parting with somebody, with what becomes of their coming meetings seen before it happens."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from parley.access import Context, needs
from parley.ground import ids
from parley.ground.db import Connection
from parley.ground.faults import Conflict, FieldError, Invalid, NotFound
from parley.ground.words import N_
from parley.meetings import Act, Fate, Outcome, Parting, foresee, part_with
from parley.people import RIGHTS, Caller, Status, User, find_user, find_users
from parley.web.shell import Form, Note, Page, go

_MOST_HEIRS = 200


class Prospect(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody to part with, who could take their meetings over, and what would become of these."""

    user: User
    heirs: tuple[User, ...]
    outcomes: tuple[Outcome, ...]


@get("/administration/users/{user:str}/part", opt=needs("people:write"))
async def parting_page(
    user: FromPath[str],
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
    *,
    act: FromQuery[Act] = Act.SUSPEND,
) -> Template:
    """Show what becomes of somebody's coming meetings, to choose."""
    fate = Fate.KEEP if act is Act.SUSPEND else Fate.HAND_OVER
    return await _parting(ids.parse(user), Form.of(act=act, meetings=fate), context=context, caller=caller)


@post("/administration/users/{user:str}/part", opt=needs("people:write"))
async def part(
    request: Request[Any, Any, Any],
    user: FromPath[str],
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Template | Redirect:
    """Suspend or delete somebody; or show what would happen."""
    form, person = await Form.sent(request), ids.parse(user)
    if form.has("show"):
        return await _parting(person, form, context=context, caller=caller)
    found = await context.store.read(find_user, person, by=caller)
    try:
        await context.store.write(part_with, person, _chosen(form), by=caller, now=context.clock())
    except Invalid as fault:
        return await _parting(person, form.refused(fault), context=context, caller=caller)
    except Conflict as fault:
        return await _parting(person, form.with_error("", fault), context=context, caller=caller)
    done = N_("%(name)s is suspended.") if _act(form) is Act.SUSPEND else N_("%(name)s is deleted.")
    return go("/administration/users", Note(message=done, parameters={"name": found.name}))


def _act(form: Form) -> Act:
    return Act.DELETE if form.text("act") == Act.DELETE else Act.SUSPEND


def _chosen(form: Form) -> Parting:
    if form.text("meetings") not in set(Fate):
        raise Invalid(FieldError("meetings", N_("Choose what becomes of the meetings.")))
    fate = Fate(form.text("meetings"))
    try:
        to = ids.parse(form.text("to")) if fate is Fate.HAND_OVER and form.has("to") else None
    except NotFound as fault:
        raise Invalid(FieldError("to", N_("Choose somebody else, whose role allows to hold meetings."))) from fault
    return Parting(act=_act(form), meetings=fate, to=to, frees_licences=form.has("frees_licences"))


async def _parting(person: int, form: Form, *, context: Context, caller: Caller) -> Template:
    try:
        chosen = _chosen(form)
    except Invalid as fault:
        form = form if form.errors else form.refused(fault)
        chosen = Parting(act=_act(form), meetings=Fate.CANCEL)
    prospect = await context.store.read(_prospect, person, chosen, by=caller, now=context.clock())
    return Page(
        "administration/part.html", status=form.status, form=form, act=_act(form), **msgspec.structs.asdict(prospect)
    )


def _prospect(db: Connection, person: int, chosen: Parting, *, by: Caller, now: datetime) -> Prospect:
    user = find_user(db, person, by=by)
    people = find_users(db, by=by, status=Status.ACTIVE, limit=_MOST_HEIRS).items
    heirs = tuple(one for one in people if one.id != person and "meetings:write" in RIGHTS[one.role])
    try:
        outcomes = foresee(db, person, chosen, by=by, now=now)
    except Invalid:
        outcomes = ()
    return Prospect(user=user, heirs=heirs, outcomes=outcomes)


routes = [parting_page, part]
