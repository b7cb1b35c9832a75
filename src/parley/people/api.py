"""The API of people: oneself, users, licences, groups."""

from datetime import datetime
from typing import Annotated

from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK
from msgspec import UNSET

from parley import people
from parley.ground import ids
from parley.ground.answers import Answer
from parley.ground.clock import Clock
from parley.ground.db import Connection, Store
from parley.ground.paging import USUAL, Page
from parley.ground.versions import IfMatch, etag, version_named
from parley.people import (
    Account,
    AttendanceRules,
    AttendanceRulesChange,
    Caller,
    LimitsChange,
    NewUser,
    Role,
    Status,
    User,
    UserChange,
    needs,
)
from parley.people.group_routes import group_routes, stale_as
from parley.people.views import (
    AccountChange,
    AccountView,
    LimitsView,
    MeChange,
    MeView,
    UserView,
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


@get("/api/v1/account", opt=needs("me"), tags=["account"])
async def show_account(store: NamedDependency[Store], caller: NamedDependency[Caller]) -> AccountView:
    """Show the account, and who waits before its meetings."""
    return AccountView.of(await store.read(people.find_account, caller.account))


@patch("/api/v1/account", opt=needs("people:write"), tags=["account"])
async def change_account(
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    data: JSONBody[AccountChange],
) -> AccountView:
    """Change the account: what it is called, and who waits before meetings that say nothing else."""
    return AccountView.of(await store.write(_change_account, data, by=caller, now=clock()))


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


@get("/api/v1/attendance-rules", opt=needs("sessions:read"), tags=["attendance"])
async def show_rules(store: NamedDependency[Store], caller: NamedDependency[Caller]) -> AttendanceRules:
    """Show what is long enough to have attended a session, and after how many minutes one is late."""
    return await store.read(people.find_attendance_rules, by=caller)


@patch("/api/v1/attendance-rules", opt=needs("people:write"), tags=["attendance"])
async def set_rules(
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
    caller: NamedDependency[Caller],
    data: JSONBody[AttendanceRulesChange],
) -> AttendanceRules:
    """Set the rules; what is not named stays. They hold for all sessions, those that are over as well."""
    return await store.write(people.set_attendance_rules, data, by=caller, now=clock())


def _person(caller: Caller) -> int:
    """Return whose token it is; tokens are always somebody's."""
    return caller.person or 0


def _oneself(db: Connection, *, by: Caller) -> tuple[User, Account]:
    return people.find_user(db, _person(by), by=by), people.find_account(db, by.account)


async def _change(
    store: Store, user: int, change: UserChange, *, if_match: str | None, by: Caller, clock: Clock
) -> Response[UserView]:
    version = version_named(if_match)
    with stale_as(UserView.of):
        return _user(await store.write(people.change_user, user, change, version=version, by=by, now=clock()))


def _change_account(db: Connection, change: AccountChange, *, by: Caller, now: datetime) -> Account:
    if change.name is not UNSET:
        people.rename_account(db, change.name, by=by, now=now)
    if change.lobby is not UNSET:
        people.set_lobby(db, change.lobby, by=by, now=now)
    by.need_to_administer(Role.ADMINISTRATOR)
    return people.find_account(db, by.account)


def _user(user: User) -> Response[UserView]:
    return Answer(UserView.of(user), headers=etag(user.version))


routes = [
    show_me,
    change_me,
    show_account,
    change_account,
    list_users,
    add_user,
    show_user,
    change_user,
    suspend_user,
    reactivate_user,
    show_limits,
    set_limits,
    show_rules,
    set_rules,
    *group_routes,
]
