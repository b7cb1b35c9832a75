"""API tokens from the command line, where the operator of the server acts."""

from datetime import timedelta
from typing import Annotated, Any

import typer

from parley import access, people
from parley.cli.act import AsJson, day, found_user, run, shown
from parley.cli.speak import columns
from parley.ground import ids
from parley.ground.clock import utc_now

token = typer.Typer(help="API tokens.", no_args_is_help=True)

Owner = Annotated[str, typer.Option("--user", metavar="EMAIL", help="In whose name it acts.")]


@token.command("create")
def create_token(
    *,
    email: Owner,
    scope: Annotated[
        list[str], typer.Option("--scope", metavar="RIGHT", help="A right, or `all`; several times for several.")
    ],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What it is for.")] = "Command line",
    days: Annotated[
        int | None,
        typer.Option(
            "--days",
            metavar="DAYS",
            min=1,
            max=access.LONGEST_TOKEN.days,
            help="How long it works; else until it is revoked.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Create an API token and print it, this once."""

    async def create(context: access.Context) -> dict[str, Any]:
        found = await found_user(context, email)
        now = utc_now()
        _, secret = await context.store.write(
            access.create_token,
            by=people.operator(found.account),
            person=found.id,
            name=name,
            scopes=frozenset(people.RIGHTS[found.role]) if scope == ["all"] else frozenset(scope),
            expires_at=None if days is None else now + timedelta(days=days),
            now=now,
        )
        return {"token": secret}

    run(create, lambda done: str(done["token"]), as_json=as_json)


@token.command("list")
def list_tokens(
    *,
    email: Annotated[str, typer.Option("--user", metavar="EMAIL", help="Whose they are.")],
    as_json: AsJson = False,
) -> None:
    """List somebody's API tokens, newest first; their secrets are kept nowhere."""

    async def find(context: access.Context) -> dict[str, Any]:
        found = await found_user(context, email)
        by = people.operator(found.account)
        return {"tokens": [shown(one) for one in await context.store.read(access.tokens_of, found.id, by=by)]}

    run(find, lambda done: _table(done["tokens"]) or f"{email} has no tokens.", as_json=as_json)


@token.command("revoke")
def revoke_token(
    number: Annotated[str, typer.Argument(metavar="ID", help="Its id, as `parley token list` shows it.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Revoke an API token, and those that were made with it; they work no more."""

    async def revoke(context: access.Context) -> dict[str, Any]:
        found = await context.store.read(access.find_token, ids.parse(number))
        await context.store.write(access.revoke_token, found.id, by=people.operator(found.account), now=utc_now())
        return {"token": shown(found)}

    run(revoke, lambda done: f"Revoked {done['token']['name']}.", as_json=as_json)


def _table(tokens: list[dict[str, Any]]) -> str:
    return columns(
        ("ID", "NAME", "CREATED", "ENDS", "USED", "RIGHTS"),
        [
            (
                one["id"],
                one["name"],
                day(one["created_at"]),
                day(one["expires_at"]),
                day(one["used_at"]),
                " ".join(one["scopes"]),
            )
            for one in tokens
        ],
    )
