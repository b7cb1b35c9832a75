"""`parley demo`: something to look at."""

from typing import Annotated, Any

import msgspec
import typer

from parley.access import Context
from parley.cli.act import AsJson, run
from parley.cli.speak import columns


def demo(
    *,
    seed: Annotated[int, typer.Option("--seed", metavar="NUMBER", help="Another number makes another year.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Fill a new database with made-up people and a year of their meetings, and say with whom to sign in.

    Called again, it only gives those people new passwords. The database is that of the settings; `make demo` takes one
    of its own and serves it.
    """
    from parley.demo import furnish  # noqa: PLC0415 (nothing else needs it)

    async def fill(context: Context) -> dict[str, Any]:
        with typer.progressbar(length=100, label="A year of meetings", file=_stderr(), hidden=as_json) as bar:
            sign_ins = await furnish(context, seed=seed, told=lambda share: bar.update(round(share * 100) - bar.pos))
        return {"url": context.settings.url, "users": [msgspec.to_builtins(one) for one in sign_ins]}

    run(fill, _table, as_json=as_json, migrates=True)


def _table(done: dict[str, Any]) -> str:
    lines = [(one["email"], one["password"], one["name"], one["role"]) for one in done["users"]]
    return f"Sign in at {done['url']} as one of these:\n" + columns(("E-MAIL", "PASSWORD", "NAME", "ROLE"), lines)


def _stderr() -> Any:  # noqa: ANN401 (as click takes it)
    return typer.get_text_stream("stderr")
