"""Accounts, users and tokens from the command line, where the operator of the server acts."""

import asyncio
import getpass
import logging
import os
import select
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Annotated, Any, TypeVar

import msgspec
import typer

from parley import access, people
from parley.cli.speak import failing, said
from parley.ground.clock import utc_now
from parley.ground.db import is_current, migrate, open_store
from parley.ground.faults import Conflict, Invalid, NotFound, Wrong
from parley.ground.mail import Mailer
from parley.ground.words import N_
from parley.people import NewUser, Role, User
from parley.settings import Settings

T = TypeVar("T")
Work = Callable[[access.Desk], Awaitable[dict[str, Any]]]

account = typer.Typer(help="Accounts: each has people, meetings and a record of its own.", no_args_is_help=True)
user = typer.Typer(help="People: add them, shut them out, set their passwords.", no_args_is_help=True)
token = typer.Typer(help="API tokens.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]
Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The person's e-mail address.")]
Language = Annotated[str, typer.Option("--language", help="en, de, fr or it.")]
Zone = Annotated[str, typer.Option("--time-zone", help="For example Europe/Berlin.")]
FullName = Annotated[str | None, typer.Option("--name", help="The person's name; else the first part of the address.")]

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

    async def create(desk: access.Desk) -> dict[str, Any]:
        _need_strength(password, about=(name, admin, full_name or ""))
        made, first = await desk.store.write(people.create_account, name, administrator=new, now=utc_now())
        return {"account": _shown(made), "user": _shown(first)} | await _let_in(desk, first, password)

    words = f"Created account {name} with administrator {admin}."
    _run(create, lambda done: words + _link_words(done), as_json=as_json, migrates=True)


@user.command("add")
def add_user(
    email: Email,
    *,
    role: Annotated[Role, typer.Option("--role", help="What they may do (docs/reference/roles.md).")],
    of: Annotated[str | None, typer.Option("--account", metavar="NAME", help="Where there are several.")] = None,
    full_name: FullName = None,
    language: Language = "en",
    zone: Zone = "UTC",
    as_json: AsJson = False,
) -> None:
    """Add somebody. A password is read from standard input; without one, a link to set it is printed."""
    new = _new(email, full_name, role=role, language=language, zone=zone)

    password = _piped_password()

    async def add(desk: access.Desk) -> dict[str, Any]:
        into = await desk.store.read(people.account_named, of)
        _need_strength(password, about=(into.name, email, full_name or ""))
        added = await desk.store.write(people.add_user, new, by=people.operator(into.id), now=utc_now())
        return {"user": _shown(added)} | await _let_in(desk, added, password)

    _run(add, lambda done: f"Added {email} as {role}.{_link_words(done)}", as_json=as_json)


@user.command("suspend")
def suspend_user(email: Email, *, as_json: AsJson = False) -> None:
    """Shut somebody out at once, in every browser, token and meeting; their history stays."""

    async def suspend(desk: access.Desk) -> dict[str, Any]:
        found = await _found(desk, email)
        by = people.operator(found.account)
        return {"user": _shown(await desk.store.write(people.suspend_user, found.id, by=by, now=utc_now()))}

    _run(suspend, lambda _: f"Suspended {email}. `parley user reactivate {email}` lets them in again.", as_json=as_json)


@user.command("reactivate")
def reactivate_user(email: Email, *, as_json: AsJson = False) -> None:
    """Let a suspended person in again."""

    async def reactivate(desk: access.Desk) -> dict[str, Any]:
        found = await _found(desk, email)
        by = people.operator(found.account)
        return {"user": _shown(await desk.store.write(people.reactivate_user, found.id, by=by, now=utc_now()))}

    _run(reactivate, lambda _: f"{email} may come in again.", as_json=as_json)


@user.command("password")
def set_password(email: Email, *, as_json: AsJson = False) -> None:
    """Set somebody's password, read from standard input. They are signed out everywhere."""

    async def change(desk: access.Desk) -> dict[str, Any]:
        found = await _found(desk, email)
        await access.set_password(desk, found, _needed_password(), by=people.operator(found.account))
        return {"user": _shown(found)}

    _run(change, lambda _: f"Set the password of {email}.", as_json=as_json)


@token.command("create")
def create_token(
    *,
    email: Annotated[str, typer.Option("--user", metavar="EMAIL", help="In whose name it acts.")],
    scope: Annotated[list[str], typer.Option("--scope", help="A right, or `all`; several times for several.")],
    name: Annotated[str, typer.Option("--name", help="What it is for.")] = "Command line",
    days: Annotated[int | None, typer.Option("--days", help="How long it works; else until it is revoked.")] = None,
    as_json: AsJson = False,
) -> None:
    """Create an API token and print it, this once."""

    async def create(desk: access.Desk) -> dict[str, Any]:
        found = await _found(desk, email)
        now = utc_now()
        _, secret = await desk.store.write(
            access.create_token,
            by=people.operator(found.account),
            user=found.id,
            name=name,
            scopes=frozenset(people.RIGHTS[found.role]) if scope == ["all"] else frozenset(scope),
            expires_at=None if days is None else now + timedelta(days=days),
            now=now,
        )
        return {"token": secret}

    _run(create, lambda done: str(done["token"]), as_json=as_json)


def _run(work: Work, sentence: Callable[[dict[str, Any]], str], *, as_json: bool, migrates: bool = False) -> None:
    """Do the work on the database of the settings, and answer with what came of it.

    The schema is left as it is, for an older server may be running on it; only the first account `migrates` it.
    """
    with failing(as_json=as_json):
        logging.getLogger("parley").setLevel(logging.ERROR)  # what a server logs is no answer to a command
        settings = Settings.read(os.environ)
        if migrates:
            migrate(settings.database)
        elif not is_current(settings.database):
            raise Conflict(N_("The database does not stand at this version's schema: run `parley migrate`."))
        done = asyncio.run(_at_the_desk(settings, work))
        said(done, sentence(done), as_json=as_json)


async def _at_the_desk(settings: Settings, work: Callable[[access.Desk], Awaitable[T]]) -> T:
    async with open_store(settings.database) as store:
        mailer = Mailer(settings.smtp, sender=settings.mail_from)
        desk = access.Desk(store, settings=settings, mailer=mailer, clock=utc_now)
        try:
            return await work(desk)
        finally:
            await desk.close()


async def _found(desk: access.Desk, email: str) -> User:
    found = await desk.store.read(people.user_by_email, email)
    if found is None:
        raise NotFound(N_("Nobody here has the address %(email)s."), email=email)
    return found


async def _let_in(desk: access.Desk, new: User, password: str | None) -> dict[str, Any]:
    """Give somebody new their password or, without one, the link with which they set it."""
    by = people.operator(new.account)
    if password is not None:
        await access.set_password(desk, new, password, by=by)
        return {}
    return {"link": (await access.invite(desk, new.id, by=by)).link}


def _need_strength(password: str | None, *, about: tuple[str, ...]) -> None:
    """Raise Invalid for a password that would be refused, before somebody is added who then has none."""
    if password is not None:
        people.refuse(access.password_wrongs(password, about=about))


def _link_words(done: dict[str, Any]) -> str:
    return f" The password is set here (once, within a week): {done['link']}" if "link" in done else ""


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
        raise Invalid(Wrong("password", N_("The two passwords differ.")))
    return first


def _shown(thing: Any) -> dict[str, Any]:  # noqa: ANN401 (an account or a user)
    """Return a value as the API shows it: ids are strings."""
    shown: dict[str, Any] = msgspec.to_builtins(thing)
    return {field: str(value) if field in {"id", "account"} else value for field, value in shown.items()}
