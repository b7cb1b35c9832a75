"""Administration of groups: people who belong together."""

from datetime import datetime
from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_412_PRECONDITION_FAILED

from parley.access import Context, needs
from parley.ground import ids
from parley.ground.clock import Clock
from parley.ground.db import Connection, Store
from parley.ground.faults import Conflict, Invalid, Stale
from parley.ground.words import N_
from parley.people import (
    Caller,
    Group,
    GroupChange,
    Role,
    Status,
    User,
    change_group,
    create_group,
    delete_group,
    find_group,
    find_groups,
    find_users,
    possible_parents,
    set_managers,
    set_members,
    users_named,
)
from parley.web.shell import Form, Note, Page, go, sought
from parley.web.shell.choosing import choice, ids_among, looked_for, with_named

_LONGEST_ID = 18
_MOST_MANAGERS = 100


@get("/administration/groups", opt=needs("people:write"))
async def groups_page(
    caller: NamedDependency[Caller], store: NamedDependency[Store], *, cursor: FromQuery[str | None] = None
) -> Template:
    """List the groups."""
    found = await store.read(find_groups, by=caller, cursor=cursor)
    named = dict(await store.read(possible_parents, None, by=caller))
    return Page("administration/groups.html", groups=found.items, next=found.next, named=named)


@get("/administration/groups/new", opt=needs("people:write"))
async def new_page(caller: NamedDependency[Caller], store: NamedDependency[Store]) -> Template:
    """Offer the form that makes a group."""
    return await _group(None, Form(), store=store, caller=caller)


@post("/administration/groups/new", opt=needs("people:write"))
async def add(
    request: Request[Any, Any, Any], caller: NamedDependency[Caller], context: NamedDependency[Context]
) -> Template | Redirect:
    """Make a group."""
    form = await Form.sent(request)
    if form.has("finding"):
        return await _group(None, form, store=context.store, caller=caller)
    form = await context.store.read(with_named, form, "members", by=caller)
    if form.errors:
        return await _group(None, form, store=context.store, caller=caller)
    try:
        made = await context.store.write(_create, form, by=caller, now=context.clock())
    except Invalid as fault:
        return await _group(None, form.refused(fault), store=context.store, caller=caller)
    return go("/administration/groups", Note(message=N_("%(name)s is saved."), parameters={"name": made.name}))


@get("/administration/groups/people", opt=needs("people:write"))
async def people_part(
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    *,
    find: FromQuery[str] = "",
    members: FromQuery[list[str] | None] = None,
) -> Template:
    """Show who else has this in their name, for the form that is open."""
    found = await store.read(choice, by=caller, chosen=members or [], find=sought(find))
    return Page("shell/found.html", name="members", choice=found)


@get("/administration/groups/{group:str}", opt=needs("people:write"))
async def group_page(group: FromPath[str], caller: NamedDependency[Caller], store: NamedDependency[Store]) -> Template:
    """Show a group to change it."""
    found = await store.read(find_group, ids.parse(group), by=caller)
    return await _group(found, _showing(found), store=store, caller=caller)


@post("/administration/groups/{group:str}", opt=needs("people:write"))
async def change(
    request: Request[Any, Any, Any],
    group: FromPath[str],
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Template | Redirect:
    """Change a group and who is in it."""
    form = await Form.sent(request)
    found = await context.store.read(find_group, ids.parse(group), by=caller)
    if form.has("finding"):
        return await _group(found, form, store=context.store, caller=caller)
    form = await context.store.read(with_named, form, "members", by=caller)
    if form.errors:
        return await _group(found, form, store=context.store, caller=caller)
    try:
        saved = await context.store.write(_save, found.id, form, by=caller, now=context.clock())
    except Invalid as fault:
        return await _group(found, form.refused(fault), store=context.store, caller=caller)
    except Stale:
        newer = form.with_values(version=found.version)
        return await _group(found, newer, store=context.store, caller=caller, stale=True)
    return go("/administration/groups", Note(message=N_("%(name)s is saved."), parameters={"name": saved.name}))


@post("/administration/groups/{group:str}/delete", opt=needs("people:write"))
async def delete(
    request: Request[Any, Any, Any],
    group: FromPath[str],
    *,
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
) -> Redirect:
    """Delete a group as it was shown; its people and its parts stay."""
    form = await Form.sent(request)
    try:
        await store.write(delete_group, ids.parse(group), version=form.number("version"), by=caller, now=clock())
    except Conflict as fault:
        return go(f"/administration/groups/{group}", Note(message=fault.message, kind="warn"))
    return go("/administration/groups", Note(message=N_("The group is deleted.")))


def _create(db: Connection, form: Form, *, by: Caller, now: datetime) -> Group:
    """Make a group with its members and managers in one step."""
    made = create_group(
        db,
        form.text("name"),
        description=form.text("description"),
        parent=_parent(form),
        members=ids_among(form.every("members")),
        by=by,
        now=now,
    )
    return set_managers(db, made.id, ids_among(form.every("managers")), version=made.version, by=by, now=now)


def _save(db: Connection, group: int, form: Form, *, by: Caller, now: datetime) -> Group:
    """Change name, members and managers in one step."""
    asked = GroupChange(name=form.text("name"), description=form.text("description"), parent=_parent(form))
    changed = change_group(db, group, asked, version=form.number("version"), by=by, now=now)
    changed = set_members(db, group, ids_among(form.every("members")), version=changed.version, by=by, now=now)
    return set_managers(db, group, ids_among(form.every("managers")), version=changed.version, by=by, now=now)


def _managers(db: Connection, group: Group | None, *, by: Caller) -> tuple[User, ...]:
    """Return who may manage a group, and who is written down as its manager already."""
    found = find_users(db, by=by, role=Role.MANAGER, status=Status.ACTIVE, limit=_MOST_MANAGERS).items
    kept = users_named(db, group.managers if group else (), account=by.account)
    return (*found, *(user for user in kept.values() if user.id not in {one.id for one in found}))


def _parent(form: Form) -> int | None:
    """Return the group that was chosen; what is no id is as good as a group that is not there."""
    written = form.text("parent")
    if not written:
        return None
    return int(written) if written.isascii() and written.isdigit() and len(written) <= _LONGEST_ID else 0


def _showing(group: Group) -> Form:
    return Form.of(
        name=group.name,
        description=group.description,
        parent=group.parent,
        members=group.members,
        managers=group.managers,
        version=group.version,
    )


async def _group(group: Group | None, form: Form, *, store: Store, caller: Caller, stale: bool = False) -> Template:
    parents = await store.read(possible_parents, group.id if group else None, by=caller)
    return Page(
        "administration/group.html",
        status=HTTP_412_PRECONDITION_FAILED if stale else form.status,
        group=group,
        form=form,
        stale=stale,
        parents=[("", N_("No other group")), *((str(parent), name) for parent, name in parents)],
        managers=await store.read(_managers, group, by=caller),
        choice=await store.read(choice, by=caller, chosen=form.every("members"), find=looked_for(form, "members")),
    )


routes = [groups_page, new_page, add, people_part, group_page, change, delete]
