"""Lengths of time in SQL, on both databases."""

from typing import Any

from sqlalchemy import ColumnElement, Float
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class seconds_between(FunctionElement[float]):  # noqa: N801 (it is written like a function of SQL)
    """How many seconds lie between two moments, the earlier first; exact to two milliseconds."""

    name = "seconds_between"
    type = Float()
    inherit_cache = True

    def __init__(self, earlier: ColumnElement[Any], later: ColumnElement[Any]) -> None:
        super().__init__(earlier, later)


@compiles(seconds_between, "postgresql")
def _on_postgresql(span: seconds_between, compiler: Any, **named: Any) -> str:  # noqa: ANN401 (as SQLAlchemy hands it)
    earlier, later = (compiler.process(moment, **named) for moment in span.clauses)
    return f"CAST(extract(epoch FROM ({later} - {earlier})) AS double precision)"


@compiles(seconds_between, "sqlite")
def _on_sqlite(span: seconds_between, compiler: Any, **named: Any) -> str:  # noqa: ANN401 (as SQLAlchemy hands it)
    earlier, later = (compiler.process(moment, **named) for moment in span.clauses)
    return f"((julianday({later}) - julianday({earlier})) * 86400.0)"
