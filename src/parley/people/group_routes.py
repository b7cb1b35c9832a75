"""The API of groups: who is in them, what they are parts of, and who manages them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from litestar import Response, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from parley import people
from parley.ground import ids
from parley.ground.answers import Answer
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.faults import FieldError, Invalid, NotFound, Stale
from parley.ground.paging import USUAL, Page
from parley.ground.versions import IfMatch, etag, version_named
from parley.ground.words import N_
from parley.people import Caller, needs
from parley.people.views import GroupEdit, GroupView, Managers, Members, NewGroup, parent_named


@get("/api/v1/groups", opt=needs("people:read"), tags=["groups"])
async def list_groups(
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    limit: FromQuery[int] = USUAL,
    cursor: FromQuery[str | None] = None,
) -> Page[GroupView]:
    """List groups of the account by name."""
    page = await store.read(people.find_groups, by=caller, limit=limit, cursor=cursor)
    return Page(items=tuple(map(GroupView.of, page.items)), next=page.next)


@post("/api/v1/groups", opt=needs("people:write"), tags=["groups"])
async def create_group(
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    data: JSONBody[NewGroup],
) -> Response[GroupView]:
    """Create a group."""
    group = await store.write(
        people.create_group,
        data.name,
        description=data.description,
        parent=parent_named(data.parent),
        members=_ids(data.members, field="members"),
        by=caller,
        now=clock(),
    )
    return _group(group)


@get("/api/v1/groups/{group:str}", opt=needs("people:read"), tags=["groups"])
async def show_group(
    store: NamedDependency[Store], caller: NamedDependency[Caller], group: FromPath[str]
) -> Response[GroupView]:
    """Show a group."""
    return _group(await store.read(people.find_group, ids.parse(group), by=caller))


@patch("/api/v1/groups/{group:str}", opt=needs("people:write"), tags=["groups"])
async def change_group(
    *,
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    group: FromPath[str],
    data: JSONBody[GroupEdit],
    if_match: IfMatch = None,
) -> Response[GroupView]:
    """Rename a group, describe it anew, or make it a part of another; what is not named stays."""
    version = version_named(if_match)
    with stale_as(GroupView.of):
        return _group(
            await store.write(
                people.change_group, ids.parse(group), data.as_change(), version=version, by=caller, now=clock()
            )
        )


@delete("/api/v1/groups/{group:str}", opt=needs("people:write"), tags=["groups"])
async def delete_group(
    *,
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    group: FromPath[str],
    if_match: IfMatch = None,
) -> None:
    """Delete a group; the people in it stay, and its parts become parts of its parent."""
    version = version_named(if_match)
    with stale_as(GroupView.of):
        await store.write(people.delete_group, ids.parse(group), version=version, by=caller, now=clock())


@put("/api/v1/groups/{group:str}/members", opt=needs("people:write"), tags=["groups"])
async def set_members(
    *,
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    group: FromPath[str],
    data: JSONBody[Members],
    if_match: IfMatch = None,
) -> Response[GroupView]:
    """Say exactly who is in the group."""
    version, members = version_named(if_match), _ids(data.members, field="members")
    with stale_as(GroupView.of):
        return _group(
            await store.write(people.set_members, ids.parse(group), members, version=version, by=caller, now=clock())
        )


@put("/api/v1/groups/{group:str}/managers", opt=needs("people:write"), tags=["groups"])
async def set_managers(
    *,
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    group: FromPath[str],
    data: JSONBody[Managers],
    if_match: IfMatch = None,
) -> Response[GroupView]:
    """Say exactly who manages the group: they see what its people, and those of its parts, organize."""
    version, managers = version_named(if_match), _ids(data.managers, field="managers")
    with stale_as(GroupView.of):
        return _group(
            await store.write(people.set_managers, ids.parse(group), managers, version=version, by=caller, now=clock())
        )


def _group(group: people.Group) -> Response[GroupView]:
    return Answer(GroupView.of(group), headers=etag(group.version))


@contextmanager
def stale_as(view: Callable[[Any], object]) -> Iterator[None]:
    """Show what is there now, in the answer to a stale edit, as everywhere else in the API."""
    try:
        yield
    except Stale as stale:
        stale.current = view(stale.current)
        raise


def _ids(written: Sequence[str], *, field: str) -> list[int]:
    try:
        return [ids.parse(person) for person in written]
    except NotFound as fault:
        raise Invalid(FieldError(field, N_("These are not all ids of people."))) from fault


group_routes = [list_groups, create_group, show_group, change_group, delete_group, set_members, set_managers]
