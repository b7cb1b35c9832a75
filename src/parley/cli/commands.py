"""The commands: what is typed is checked here, what is done is a verb's. Every one speaks JSON with `--json`."""

import os
from typing import Annotated

import typer

from parley import __version__
from parley.cli import demo, doctor, parting, people, tokens
from parley.cli.act import AsJson
from parley.cli.speak import failing, said
from parley.settings import Settings

commands = typer.Typer(
    name="parley",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Parley: live sessions on your own server. Settings are environment variables (docs/reference/settings.md).",
)
commands.add_typer(people.account, name="account")
commands.add_typer(people.user, name="user")
commands.add_typer(tokens.token, name="token")
people.user.command("suspend")(parting.suspend_user)
people.user.command("delete")(parting.delete_user)
commands.command("doctor")(doctor.doctor)
commands.command("demo")(demo.demo)


def run() -> None:
    """Run the command that was given."""
    commands()


@commands.callback(invoke_without_command=True)
def version(*, version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False) -> None:
    """Show the version, when only that is asked for."""
    if version:
        typer.echo(f"parley {__version__}")
        raise typer.Exit


@commands.command()
def serve(
    host: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="The address to listen on, instead of PARLEY_HOST.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(metavar="PORT", help="The port to listen on, instead of PARLEY_PORT.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Bring the database up to date and serve, until Ctrl-C. Without an account, print a link to make the first."""
    with failing(as_json=as_json):
        environ = dict(os.environ)
        given = {"PARLEY_HOST": host, "PARLEY_PORT": None if port is None else str(port)}
        environ.update({name: value for name, value in given.items() if value is not None})
        settings = Settings.read(environ)
        from parley.app.serve import serve as serve_now  # noqa: PLC0415 (the whole application)

        serve_now(settings, announce=lambda words, facts: said(facts, words, as_json=as_json))


@commands.command()
def migrate(*, as_json: AsJson = False) -> None:
    """Bring the database's schema up to date; `serve` does it, too."""
    from parley.ground.db import migrate as migrate_now  # noqa: PLC0415

    with failing(as_json=as_json):
        before, after = migrate_now(Settings.read(os.environ).database)
        words = (
            f"The database stands at {after}."
            if before == after
            else f"The database went from {before or 'nothing'} to {after}."
        )
        said({"before": before, "after": after}, words, as_json=as_json)
