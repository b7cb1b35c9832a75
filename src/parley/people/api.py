"""The API of people: oneself, users, licences, groups."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

from litestar import Response, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK

from parley import people
from parley.ground import ids
from parley.ground.answers import Answer
from parley.ground.clock import Clock
from parley.ground.db import Connection, Store
from parley.ground.faults import FieldError, Invalid, NotFound, Stale
from parley.ground.paging import USUAL, Page
from parley.ground.versions import IfMatch, etag, version_named
from parley.ground.words import N_
from parley.people import Account, Caller, LimitsChange, NewUser, Role, Status, User, UserChange, needs
from parley.people.views import (
    AccountView,
    GroupEdit,
    GroupView,
    LimitsView,
    MeChange,
    Members,
    MeView,
    NewGroup,
    UserView,
    parent_named,
)


@get("/api/v1/me", opt=needs("me"), tags=["me"])
async def show_me(store: NamedDependency[Store], caller: NamedDependency[Caller]) -> Response[MeView]:
    """Show who asks, and what their token may do."""
    user, account = await store.read(_oneself, by=caller)
    view = MeView(user=UserView.of(user), account=AccountView.of(account), scopes=sorted(caller.scopes))
    return Answer(view, headers=etag(user.version))


@patch("/api/v1/me", opt=needs("me"), tags=["me"])
async def change_me(
    *,
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    data: JSONBody[MeChange],
    if_match: IfMatch = None,
) -> Response[UserView]:
    """Change your own name, language or time zone."""
    return await _change(store, _person(caller), data.as_user_change(), if_match=if_match, by=caller, clock=clock)


@get("/api/v1/users", opt=needs("people:read"), tags=["users"])
async def list_users(
    *,
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    part: Annotated[str | None, QueryParameter(name="query")] = None,
    status: FromQuery[Status | None] = None,
    role: FromQuery[Role | None] = None,
    limit: FromQuery[int] = USUAL,
    cursor: FromQuery[str | None] = None,
) -> Page[UserView]:
    """List people of the account by name; `query` is a part of a name or an e-mail address."""
    page = await (store.read_long if part else store.read)(
        people.find_users, by=caller, query=part, status=status, role=role, limit=limit, cursor=cursor
    )
    return Page(items=tuple(map(UserView.of, page.items)), next=page.next)


@post("/api/v1/users", opt=needs("people:write"), tags=["users"])
async def add_user(
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    data: JSONBody[NewUser],
) -> Response[UserView]:
    """Add somebody to the account. They come in by an invitation: POST /api/v1/users/{user}/invitation."""
    return _user(await store.write(people.add_user, data, by=caller, now=clock()))


@get("/api/v1/users/{user:str}", opt=needs("people:read"), tags=["users"])
async def show_user(
    store: NamedDependency[Store], caller: NamedDependency[Caller], user: FromPath[str]
) -> Response[UserView]:
    """Show somebody of the account."""
    return _user(await store.read(people.find_user, ids.parse(user), by=caller))


@patch("/api/v1/users/{user:str}", opt=needs("people:write"), tags=["users"])
async def change_user(
    *,
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    user: FromPath[str],
    data: JSONBody[UserChange],
    if_match: IfMatch = None,
) -> Response[UserView]:
    """Change somebody; what is not named stays."""
    return await _change(store, ids.parse(user), data, if_match=if_match, by=caller, clock=clock)


@post("/api/v1/users/{user:str}/suspend", opt=needs("people:write"), tags=["users"], status_code=HTTP_200_OK)
async def suspend_user(
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    user: FromPath[str],
) -> Response[UserView]:
    """Shut somebody out at once, in every browser, token and socket."""
    return _user(await store.write(people.suspend_user, ids.parse(user), by=caller, now=clock()))


@post("/api/v1/users/{user:str}/reactivate", opt=needs("people:write"), tags=["users"], status_code=HTTP_200_OK)
async def reactivate_user(
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    user: FromPath[str],
) -> Response[UserView]:
    """Let a suspended user in again."""
    return _user(await store.write(people.reactivate_user, ids.parse(user), by=caller, now=clock()))


@get("/api/v1/licences", opt=needs("people:read"), tags=["licences"])
async def show_limits(store: NamedDependency[Store], caller: NamedDependency[Caller]) -> LimitsView:
    """Show how many licences the account has of each product, how many are used, and how many sessions may run."""
    return LimitsView.of(await store.read(people.find_limits, by=caller))


@patch("/api/v1/licences", opt=needs("people:write"), tags=["licences"])
async def set_limits(
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    data: JSONBody[LimitsChange],
) -> LimitsView:
    """Set limits; what is not named stays, and null is no limit. Who holds one is said at each user."""
    return LimitsView.of(await store.write(people.set_limits, data, by=caller, now=clock()))


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
        members=_members(data.members),
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
    with _stale_as(GroupView.of):
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
    with _stale_as(GroupView.of):
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
    version, members = version_named(if_match), _members(data.members)
    with _stale_as(GroupView.of):
        return _group(
            await store.write(people.set_members, ids.parse(group), members, version=version, by=caller, now=clock())
        )


def _person(caller: Caller) -> int:
    """Return whose token it is; tokens are always somebody's."""
    return caller.person or 0


def _oneself(db: Connection, *, by: Caller) -> tuple[User, Account]:
    return people.find_user(db, _person(by), by=by), people.find_account(db, by.account)


async def _change(
    store: Store, user: int, change: UserChange, *, if_match: str | None, by: Caller, clock: Clock
) -> Response[UserView]:
    version = version_named(if_match)
    with _stale_as(UserView.of):
        return _user(await store.write(people.change_user, user, change, version=version, by=by, now=clock()))


def _user(user: User) -> Response[UserView]:
    return Answer(UserView.of(user), headers=etag(user.version))


def _group(group: people.Group) -> Response[GroupView]:
    return Answer(GroupView.of(group), headers=etag(group.version))


@contextmanager
def _stale_as(view: Callable[[Any], object]) -> Iterator[None]:
    """Show what is there now, in the answer to a stale edit, as everywhere else in the API."""
    try:
        yield
    except Stale as stale:
        stale.current = view(stale.current)
        raise


def _members(written: Sequence[str]) -> list[int]:
    try:
        return [ids.parse(member) for member in written]
    except NotFound as fault:
        raise Invalid(FieldError("members", N_("These are not all ids of people."))) from fault


routes = [
    show_me,
    change_me,
    list_users,
    add_user,
    show_user,
    change_user,
    suspend_user,
    reactivate_user,
    show_limits,
    set_limits,
    list_groups,
    create_group,
    show_group,
    change_group,
    delete_group,
    set_members,
]
