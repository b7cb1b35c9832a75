"""Accounts and users from the command line, where the operator of the server acts."""

import getpass
import select
import sys
from typing import Annotated, Any

import typer

from parley import access, people
from parley.cli.act import AsJson, day, found_user, run, shown
from parley.cli.speak import columns
from parley.ground.clock import utc_now
from parley.ground.faults import FieldError, Invalid
from parley.ground.paging import MOST
from parley.ground.words import N_
from parley.people import NewUser, Role, User

account = typer.Typer(help="Accounts: each has people, meetings and a record of its own.", no_args_is_help=True)
user = typer.Typer(help="People: add them, shut them out, set their passwords.", no_args_is_help=True)

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The person's e-mail address.")]
Language = Annotated[str, typer.Option("--language", metavar="LANGUAGE", help="en, de, fr or it.")]
Zone = Annotated[str, typer.Option("--time-zone", metavar="ZONE", help="For example Europe/Berlin.")]
FullName = Annotated[
    str | None, typer.Option("--name", metavar="NAME", help="The person's name; else the first part of the address.")
]

OfAccount = Annotated[
    str | None, typer.Option("--account", metavar="NAME", help="Its name or id, where there are several.")
]

_ROLES = ", ".join(Role)
_ROLE_HELP = f"What they may do: {_ROLES} (docs/reference/roles.md)."

PIPED_SECONDS = 2.0
"""How long a command that can do without a password waits for one on standard input."""


@account.command("create")
def create_account(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the account is called.")],
    *,
    admin: Annotated[str, typer.Option("--admin", metavar="EMAIL", help="Its first administrator.")],
    full_name: FullName = None,
    language: Language = "en",
    zone: Zone = "UTC",
    as_json: AsJson = False,
) -> None:
    """Create an account. The administrator's password is read from standard input; without one, a link is printed."""
    new = _new(admin, full_name, role=Role.ADMINISTRATOR, language=language, zone=zone)

    password = _piped_password()

    async def create(context: access.Context) -> dict[str, Any]:
        _need_strength(password, about=(name, admin, full_name or ""))
        made, first = await context.store.write(people.create_account, name, administrator=new, now=utc_now())
        return {"account": shown(made), "user": shown(first)} | await _let_in(context, first, password)

    words = f"Created account {name} with administrator {admin}."
    run(create, lambda done: words + _link_words(done), as_json=as_json, migrates=True)


@account.command("list")
def list_accounts(*, as_json: AsJson = False) -> None:
    """List the accounts by name."""

    async def find(context: access.Context) -> dict[str, Any]:
        return {"accounts": [shown(one) for one in await context.store.read(people.find_accounts)]}

    def table(done: dict[str, Any]) -> str:
        lines = [(one["id"], one["name"], day(one["created_at"])) for one in done["accounts"]]
        return columns(("ID", "NAME", "CREATED"), lines) or "There is no account yet."

    run(find, table, as_json=as_json)


@user.command("list")
def list_users(*, of: OfAccount = None, as_json: AsJson = False) -> None:
    """List the people of an account by name."""

    async def find(context: access.Context) -> dict[str, Any]:
        by = people.operator((await context.store.read(people.account_named, of)).id)
        page = await context.store.read(people.find_users, by=by, limit=MOST)
        found = list(page.items)
        while page.next is not None:
            page = await context.store.read(people.find_users, by=by, limit=MOST, cursor=page.next)
            found += page.items
        return {"users": [shown(one) for one in found]}

    def table(done: dict[str, Any]) -> str:
        lines = [(one["id"], one["email"], one["name"], one["role"], one["status"]) for one in done["users"]]
        return columns(("ID", "EMAIL", "NAME", "ROLE", "STATUS"), lines)

    run(find, table, as_json=as_json)


@user.command("add")
def add_user(
    email: Email,
    *,
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help=_ROLE_HELP)],
    of: OfAccount = None,
    full_name: FullName = None,
    language: Language = "en",
    zone: Zone = "UTC",
    as_json: AsJson = False,
) -> None:
    """Add somebody. A password is read from standard input; without one, a link to set it is printed."""
    password = _piped_password()

    async def add(context: access.Context) -> dict[str, Any]:
        new = _new(email, full_name, role=_role(role), language=language, zone=zone)
        into = await context.store.read(people.account_named, of)
        _need_strength(password, about=(into.name, email, full_name or ""))
        added = await context.store.write(people.add_user, new, by=people.operator(into.id), now=utc_now())
        return {"user": shown(added)} | await _let_in(context, added, password)

    run(add, lambda done: f"Added {email} as {role}.{_link_words(done)}", as_json=as_json)


@user.command("reactivate")
def reactivate_user(email: Email, *, as_json: AsJson = False) -> None:
    """Let a suspended person in again."""

    async def reactivate(context: access.Context) -> dict[str, Any]:
        found = await found_user(context, email)
        by = people.operator(found.account)
        return {"user": shown(await context.store.write(people.reactivate_user, found.id, by=by, now=utc_now()))}

    run(reactivate, lambda _: f"{email} may come in again.", as_json=as_json)


@user.command("password")
def set_password(email: Email, *, as_json: AsJson = False) -> None:
    """Set somebody's password, read from standard input. They are signed out everywhere."""

    async def change(context: access.Context) -> dict[str, Any]:
        found = await found_user(context, email)
        await access.set_password(context, found, _needed_password(), by=people.operator(found.account))
        return {"user": shown(found)}

    run(change, lambda _: f"Set the password of {email}.", as_json=as_json)


async def _let_in(context: access.Context, new: User, password: str | None) -> dict[str, Any]:
    """Give somebody new their password or, without one, the link with which they set it."""
    by = people.operator(new.account)
    if password is not None:
        await access.set_password(context, new, password, by=by)
        return {}
    return {"link": (await access.invite(context, new.id, by=by)).link}


def _need_strength(password: str | None, *, about: tuple[str, ...]) -> None:
    """Raise Invalid for a password that would be refused, before somebody is added who then has none."""
    if password is not None:
        people.refuse(access.password_errors(password, about=about))


def _link_words(done: dict[str, Any]) -> str:
    return f" The password is set here (once, within a week): {done['link']}" if "link" in done else ""


def _role(name: str) -> Role:
    if name not in set(Role):
        raise Invalid(
            FieldError("role", N_("There is no role %(role)s; there are %(roles)s."), role=name, roles=_ROLES)
        )
    return Role(name)


def _new(email: str, name: str | None, *, role: Role, language: str, zone: str) -> NewUser:
    return NewUser(email=email, name=name, role=role, locale=language, time_zone=zone)


def _piped_password() -> str | None:
    """Return the line that was piped in; None when nothing was, or when a person sits there."""
    if sys.stdin is None or sys.stdin.isatty() or not select.select([sys.stdin], [], [], PIPED_SECONDS)[0]:
        return None
    return sys.stdin.readline().rstrip("\r\n") or None


def _needed_password() -> str:
    """Return the password from standard input; a person is asked twice."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("New password: ")
    if getpass.getpass("Once more: ") != first:
        raise Invalid(FieldError("password", N_("The two passwords differ.")))
    return first
