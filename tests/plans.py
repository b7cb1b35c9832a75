"""How a database answers: the plan of every statement that a verb runs."""

import sqlite3
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from sqlalchemy import event

from parley.ground.db import Connection

P = ParamSpec("P")


def plan_of(
    db: Connection, verb: Callable[Concatenate[Connection, P], object], *args: P.args, **named: P.kwargs
) -> str:
    """Run the verb and return the plans of its statements, one step a line."""
    ran: list[tuple[str, Any]] = []

    def note(_db: Connection, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:  # noqa: ANN401 (the event's)
        ran.append((statement, parameters))

    driver = db.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.set_trace_callback(lambda statement: ran.append((statement, ())))
        verb(db, *args, **named)
        driver.set_trace_callback(None)
    else:
        event.listen(db, "before_cursor_execute", note)
        verb(db, *args, **named)
        event.remove(db, "before_cursor_execute", note)
    explain = "EXPLAIN" if db.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    steps = [row[-1] for sql, given in ran for row in db.exec_driver_sql(f"{explain} {sql}", given)]
    return "\n".join(steps)


def reads_all(plan: str, *tables: str) -> list[str]:
    """Return the steps that read one of the tables from end to end, or (on SQLite) sort what an index could give."""
    signs = [f"{sign} {table}" for table in tables for sign in ("Seq Scan on", "SCAN")]
    return [step for step in plan.splitlines() if "TEMP B-TREE" in step or any(sign in step for sign in signs)]
