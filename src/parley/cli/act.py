"""How a command acts: in a context of its own, on the database of the settings."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any, TypeVar

import msgspec
import typer

from parley import access, people
from parley.cli.speak import failing, said
from parley.ground import log
from parley.ground.clock import utc_now
from parley.ground.db import is_current, migrate, open_store
from parley.ground.faults import Conflict, NotFound
from parley.ground.mail import Mailer
from parley.ground.words import N_
from parley.people import User
from parley.settings import Settings

T = TypeVar("T")
Work = Callable[[access.Context], Awaitable[dict[str, Any]]]

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]

_IDS = frozenset({"id", "account", "person", "made_with"})


def run(work: Work, sentence: Callable[[dict[str, Any]], str], *, as_json: bool, migrates: bool = False) -> None:
    """Do the work on the database of the settings, and answer with what came of it.

    The schema is left as it is, for an older server may be running on it; only the first account `migrates` it.
    """
    with failing(as_json=as_json):
        log.set_up(json=False, level="error")  # what a server logs besides is no answer to a command
        settings = Settings.read(os.environ)
        if migrates:
            migrate(settings.database)
        elif not is_current(settings.database):
            raise Conflict(N_("The database does not stand at this version's schema: run `parley migrate`."))
        done = asyncio.run(_in_context(settings, work))
        said(done, sentence(done), as_json=as_json)


async def _in_context(settings: Settings, work: Callable[[access.Context], Awaitable[T]]) -> T:
    async with open_store(settings.database) as store:
        mailer = Mailer(settings.smtp, sender=settings.mail_from)
        context = access.Context(store, settings=settings, mailer=mailer, clock=utc_now)
        try:
            return await work(context)
        finally:
            await context.close()


async def found_user(context: access.Context, email: str) -> User:
    """Return whose e-mail address it is; raises NotFound when it is nobody's."""
    found = await context.store.read(people.user_by_email, email)
    if found is None:
        raise NotFound(N_("Nobody here has the address %(email)s."), email=email)
    return found


def shown(thing: Any) -> dict[str, Any]:  # noqa: ANN401 (an account, a user or a token)
    """Return a value as the API shows it: ids are strings, sets are in order."""
    return {field: _plain(field, getattr(thing, field)) for field in type(thing).__struct_fields__}


def _plain(field: str, value: Any) -> Any:  # noqa: ANN401 (what a field holds)
    if isinstance(value, frozenset):
        return sorted(value)
    plain = msgspec.to_builtins(value)
    return str(plain) if field in _IDS and plain is not None else plain


def day(written: str | None) -> str:
    """Return the day of a moment in an answer; a dash for none."""
    return "-" if written is None else f"{datetime.fromisoformat(written):%Y-%m-%d}"
