"""Write the pages of docs/reference that are made from the source: facts, tables, settings and the command line.

    make reference

A house test compares the pages with the source, so that neither says what the other does not.
"""

import enum
import importlib
import types
import typing
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec
import typer
from sqlalchemy import Column, Table
from sqlalchemy.dialects import postgresql, sqlite

import parley
from parley.cli.commands import commands
from parley.ground.db import metadata
from parley.ground.facts import Fact, type_of
from parley.settings import as_markdown

REFERENCE = Path(__file__).parent.parent / "docs/reference"

FACTS = """# Facts

A fact is what became true, written in the same transaction as the change itself. Facts stand in the table `facts`, and
are never changed. Each has an `id`, the `account` that it is about, its `type`, its `subject` (the id of the thing that
it is about), its `actor` (the user who did it; null for the system and the command line), the time `at`, and `data`:
the fields below, in JSON.

Programs follow them by SQL, with a login that may only read. Whoever remembers the place of the last fact that they
read, and asks again for what lies behind it, misses none and reads none twice. The place is its `position` on SQLite
(0 before the first):

```sql
SELECT position, id, type, account, subject, actor, at, data FROM facts
WHERE position > 17
ORDER BY position LIMIT 500;
```

On PostgreSQL it is `xid` and `position` (0 and 0 before the first); a fact is read once no older transaction is open
that could still put one before it:

```sql
SELECT xid, position, id, type, account, subject, actor, at, data FROM facts
WHERE (xid, position) > ('741', 17) AND xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY xid, position LIMIT 500;
```

A PostgreSQL database that was restored into another server has facts with `xid` 1: go on from there, at the same
position.

They are kept for `PARLEY_FACTS_KEEP` days (400; 0 for ever, see [settings](settings.md)) and then forgotten, from the
oldest on and a few at a time; what they told of stays in the other tables. The table `facts_forgotten` holds the place
of the newest that was forgotten (`17`, or `741.17`), once there is one: whoever has not read as far has missed some.
"""

COMMANDS = """# Command line

`make` puts it at `.venv/bin/parley`. It reads the same [settings](settings.md) as the server, may be used while that
runs, and ends with status 0 when what was asked for is done, 1 when it is refused, and 2 when settings or the command
itself are not well-formed. Passwords are read from standard input, never from an argument. With `--json` a command
answers one JSON document; what is refused is JSON on standard error.
"""

TABLES = """# Tables

What Parley keeps in the database, for people who query it. Ids are positive 63-bit integers in the order in which they
were given out. Times are in UTC; SQLite has them as text such as `2026-03-02T09:00:00.000000Z`, which sorts as the
moments do.
"""


def import_declarations() -> None:
    """Import what declares facts and tables: the ground, and every slice's `facts` and `rows`."""
    source = Path(parley.__file__).parent
    for file in sorted(source.rglob("*.py")):
        parts = file.relative_to(source.parent).with_suffix("").parts
        if {"facts", "ground", "rows"} & set(parts):
            importlib.import_module(".".join(parts).removesuffix(".__init__"))


def facts() -> list[type[Fact]]:
    """Return every kind of fact that Parley tells, in the order of their types."""
    import_declarations()
    return sorted((fact for fact in Fact.__subclasses__() if fact.__module__.startswith("parley.")), key=type_of)


def facts_page() -> str:
    """Return docs/reference/facts.md."""
    return FACTS + "".join(f"\n## {type_of(fact)}\n\n{_promise(fact)}\n{_fields(fact)}" for fact in facts())


def _promise(fact: type[Fact]) -> str:
    return " ".join((fact.__doc__ or "").split())


def _fields(fact: type[Fact]) -> str:
    shared = Fact.__struct_fields__
    own = {field.name: field.type for field in msgspec.structs.fields(fact) if field.name not in shared}
    rows = [f"| `{name}` | {_words(kind)} |\n" for name, kind in own.items()]
    return "\n| field | value |\n|---|---|\n" + "".join(rows) if rows else ""


def _words(kind: typing.Any) -> str:  # noqa: ANN401 (a type expression)
    """Return a type in the words of somebody who reads JSON."""
    plain = {int: "integer", str: "text", bool: "true or false", datetime: "time", type(None): "null"}
    if kind in plain:
        return plain[kind]
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return " or ".join(f"`{member.value}`" for member in kind)
    parts = [part for part in typing.get_args(kind) if part is not ...]
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        return " or ".join(_words(part) for part in parts)
    return "list of " + " or ".join(_words(part) for part in parts)


def tables_page() -> str:
    """Return docs/reference/tables.md."""
    import_declarations()
    return TABLES + "".join(f"\n## {table.name}\n\n{_table(table)}" for table in metadata.sorted_tables)


def _table(table: Table) -> str:
    rows = "".join(f"| `{column.name}` | {_column(column)} |\n" for column in table.columns)
    return f"{table.comment}.\n\n| column | PostgreSQL | SQLite | what it holds |\n|---|---|---|---|\n{rows}"


def _column(column: Column[typing.Any]) -> str:
    kinds = [column.type.compile(dialect()) for dialect in (postgresql.dialect, sqlite.dialect)]
    points = "".join(f" → `{key.target_fullname}`" for key in column.foreign_keys)
    return f"{' | '.join(kinds)} | {column.comment}{points}"


def commands_page() -> str:
    """Return docs/reference/cli.md."""
    return COMMANDS + "".join(_command(name, command) for name, command in leaves())


def leaves() -> Iterator[tuple[str, typing.Any]]:
    """Yield every command that does something, under its whole name."""
    groups = [("parley", typing.cast("typing.Any", typer.main.get_command(commands)))]
    while groups:
        name, group = groups.pop(0)
        for word, command in group.commands.items():
            if hasattr(command, "commands"):
                groups.append((f"{name} {word}", command))
            else:
                yield f"{name} {word}", command


def _command(name: str, command: typing.Any) -> str:  # noqa: ANN401 (typer does not name the type)
    context = typer.Context(command, info_name=name)
    usage = " ".join([name, *command.collect_usage_pieces(context)]).translate({ord("{"): None, ord("}"): None})
    records = [record for parameter in command.params if (record := parameter.get_help_record(context))]
    rows = "".join(f"| `{_in_cell(what)}` | {_in_cell(words)} |\n" for what, words in records)
    return f"\n## {name}\n\n`{usage}`\n\n{command.help}\n\n| | |\n|---|---|\n{rows}"


def _in_cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")


def settings_page() -> str:
    """Return docs/reference/settings.md: its own introduction, and the table."""
    introduction, _, _ = (REFERENCE / "settings.md").read_text().partition("| setting ")
    return introduction + as_markdown()


def pages() -> Iterator[tuple[Path, str]]:
    """Yield every page that is made from the source, and what it should hold."""
    yield REFERENCE / "cli.md", commands_page()
    yield REFERENCE / "facts.md", facts_page()
    yield REFERENCE / "settings.md", settings_page()
    yield REFERENCE / "tables.md", tables_page()


if __name__ == "__main__":
    for page, text in pages():
        page.write_text(text)
