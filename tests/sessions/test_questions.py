"""The questions that docs/reference/record.md shows run as they stand."""

import re
from pathlib import Path
from typing import Any

from sqlalchemy import text

from parley.ground.db import Connection
from parley.sessions import Departure, say
from tests.sessions.stage import Stage

RECORD = Path(__file__).parents[2] / "docs/reference/record.md"


def questions(dialect: str) -> dict[str, str]:
    """Return the statements for a database, under the sentence that stands before each."""
    found = re.findall(rf"([^\n]+)\n\n```(?:sql|{dialect})\n(.*?)```", RECORD.read_text(), re.DOTALL)
    return {asked.strip(): statement for asked, statement in found}


def ask(db: Connection, statement: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in db.execute(text(statement))]


async def test_the_questions_are_answered(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    await stage.store.write(say, mia.id, text="Hello", key="k", now=stage.clock())
    stage.clock.advance(minutes=10)
    await stage.go(mia, Departure.LOST)
    await stage.come("Gus")

    answers = [await stage.store.read(ask, statement) for statement in questions(stage.store.dialect).values()]
    came, missing, uncertain, minutes, hosts, said, there, required = answers
    assert [row[1:3] for row in came] == [("Mia", 1), ("Gus", 1)]
    assert [row[2] for row in missing] == ["Olga", "Otto"]
    assert [(row[1], row[4]) for row in uncertain] == [("Mia", "lost")]
    assert ("Weekly", "Mia", 10) in minutes
    assert hosts == [("Olga", 1, 2)]
    assert [row[1:] for row in said] == [("Mia", "Hello")]
    assert [row[1] for row in there] == ["Gus"]
    assert required == []
