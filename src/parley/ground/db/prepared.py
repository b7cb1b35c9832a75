"""Statements that are asked so often that they are taken apart once: on SQLite they go straight to the driver.

There a short query takes the driver ten microseconds, and SQLAlchemy's executor around it fifty. On PostgreSQL, where
the way to the server takes longer than either, a prepared statement is executed like any other.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

import msgspec
from sqlalchemy import BindParameter, Connection, Delete, Insert, Select, Update, exc
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import visitors

from parley.ground.db.types import to_json

Values = Mapping[str, Any]
_Convert = Callable[[Any], Any]
_Bound = tuple[str, _Convert | None, object]
_DIALECT = sqlite.dialect(json_serializer=to_json, json_deserializer=msgspec.json.decode)
_NEEDED = object()
_COUNTING = {"preserve_rowcount": True}


class Prepared:
    """A statement of SQLAlchemy's, with bound values only: a list for IN is refused with ValueError.

    `columns` names the columns that an insert or update sets, where the statement does not say it itself. What goes
    wrong is raised as SQLAlchemy would raise it.
    """

    def __init__(
        self, statement: Select[Any] | Insert | Update | Delete, *, columns: Sequence[str] | None = None
    ) -> None:
        if any(isinstance(part, BindParameter) and part.expanding for part in visitors.iterate(statement)):
            message = f"This cannot be prepared, as its text depends on what is bound: {statement}"
            raise ValueError(message)
        self._statement = statement
        self._columns = columns

    def all(self, db: Connection, values: Values) -> Sequence[tuple[Any, ...]]:
        """Return the rows that a query finds, as tuples in the order of its columns."""
        driver = _sqlite(db)
        if driver is None:
            return cast("Sequence[tuple[Any, ...]]", db.execute(self._statement, values).all())
        found: list[tuple[Any, ...]] = self._execute(driver, values).fetchall()
        return [self._converted(row) for row in found]

    def one_or_none(self, db: Connection, values: Values) -> tuple[Any, ...] | None:
        """Return the row that a query by key finds."""
        driver = _sqlite(db)
        if driver is None:
            return db.execute(self._statement, values).one_or_none()
        row: tuple[Any, ...] | None = self._execute(driver, values).fetchone()
        return self._converted(row) if row is not None else None

    def run(self, db: Connection, values: Values) -> int:
        """Insert, update or delete; return how many rows were met."""
        driver = _sqlite(db)
        if driver is None:
            return db.execute(self._statement, values, execution_options=_COUNTING).rowcount
        return self._execute(driver, values).rowcount

    @cached_property
    def _compiled(self) -> tuple[str, list[_Bound], list[tuple[int, _Convert]]]:
        """The text, what is bound where, and what turns which columns into values; made when first asked."""
        compiled = self._statement.compile(dialect=_DIALECT, column_keys=self._columns)
        bound = [_bound(compiled.binds[name]) for name in compiled.positiontup or ()]
        return str(compiled), bound, _converters(self._statement) if isinstance(self._statement, Select) else []

    def _execute(self, driver: sqlite3.Connection, values: Values) -> sqlite3.Cursor:
        sql, bound, _ = self._compiled
        given = []
        for name, convert, usual in bound:
            value = values.get(name, usual)
            if value is _NEEDED:
                message = f"A value is required for bind parameter {name!r}"
                raise exc.StatementError(message, sql, None, None, hide_parameters=True)
            given.append(value if convert is None else convert(value))
        try:
            return driver.execute(sql, given)
        except sqlite3.Error as fault:
            raise exc.DBAPIError.instance(
                sql, None, fault, sqlite3.Error, hide_parameters=True, dialect=_DIALECT
            ) from fault

    def _converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        changed = list(row)
        for place, convert in self._compiled[2]:
            changed[place] = convert(changed[place])
        return tuple(changed)


def _sqlite(db: Connection) -> sqlite3.Connection | None:
    driver = db.connection.driver_connection
    return driver if isinstance(driver, sqlite3.Connection) else None


def _bound(parameter: BindParameter[Any]) -> _Bound:
    """Return a parameter's name, what turns a value into one for the driver, and its value when none is given."""
    convert = parameter.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
    return parameter.key, convert, _NEEDED if parameter.required else parameter.effective_value


def _converters(statement: Select[Any]) -> list[tuple[int, _Convert]]:
    """Return what turns the driver's values into those of each column's type, where they differ."""
    found = [
        column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None) for column in statement.selected_columns
    ]
    return [(place, convert) for place, convert in enumerate(found) if convert is not None]
