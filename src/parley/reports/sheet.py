"""A sheet: a table to take along, by its columns, as programs or people read it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from parley.ground.words import N_, translate


class Share(float):
    """A part of a whole, from 0 to 1, which is shown in per cent."""

    __slots__ = ()


Cell = str | float | datetime | None
"""What stands in a cell; a bool is yes or no."""


class Column(msgspec.Struct, frozen=True):
    """A column: its name for programs, its words for people, and what stands in it."""

    name: str
    words: str
    of: Callable[[Any], Cell]
    says: Mapping[Any, str] | None = None
    """What people call each value, where there are only a few."""


class Sheet(msgspec.Struct, frozen=True):
    """A table with a name."""

    name: str
    words: str
    columns: tuple[Column, ...]


class Reading(msgspec.Struct, frozen=True):
    """Who reads a sheet: a program (`language` None, times in UTC), or somebody in their language and zone."""

    language: str | None = None
    time_zone: str = "UTC"

    def title(self, sheet: Sheet) -> str:
        """Return what the sheet is called."""
        return sheet.name if self.language is None else translate(self.language, sheet.words)

    def heads(self, sheet: Sheet) -> list[str]:
        """Return what stands above the columns."""
        if self.language is None:
            return [column.name for column in sheet.columns]
        return [translate(self.language, column.words) for column in sheet.columns]

    def cells(self, sheet: Sheet, rows: Iterable[object]) -> list[list[Cell]]:
        """Return what stands in these rows; times are in the reader's zone."""
        return [[self._cell(column, column.of(row)) for column in sheet.columns] for row in rows]

    def _cell(self, column: Column, value: Cell) -> Cell:
        if isinstance(value, datetime):
            return value.astimezone(UTC if self.language is None else ZoneInfo(self.time_zone))
        if self.language is None or value is None:
            return value
        if column.says is not None:
            return translate(self.language, column.says[value])
        if isinstance(value, bool):
            return translate(self.language, N_("yes") if value else N_("no"))
        return value
