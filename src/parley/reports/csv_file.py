"""Sheets as CSV (RFC 4180), written a few rows at a time."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import StringIO

from parley.reports.sheet import Cell, Share

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


class CsvFile:
    """A file of one table. Text that a spreadsheet would take for a formula has an apostrophe before it.

    For programs times are as in RFC 3339; for people without the zone, as spreadsheets read them.
    """

    media_type = "text/csv"
    ending = "csv"

    def __init__(self, *, for_people: bool) -> None:
        self._for_people = for_people
        self._begun = False

    def begin(self, title: str, heads: Sequence[str]) -> bytes:  # noqa: ARG002 (its name is that of the file)
        """Return the head of the table; for people with the mark by which spreadsheets know UTF-8."""
        head = self._written([heads])
        return (_BOM + head if self._for_people else head).encode()

    def rows(self, cells: Iterable[Sequence[Cell]]) -> bytes:
        """Return these rows."""
        return self._written([self._text(cell) for cell in row] for row in cells).encode()

    def end(self) -> bytes:
        """Return what closes the file: nothing."""
        return b""

    @staticmethod
    def _written(rows: Iterable[Sequence[str]]) -> str:
        line = StringIO()
        csv.writer(line).writerows(rows)
        return line.getvalue()

    def _text(self, cell: Cell) -> str:
        if cell is None:
            return ""
        if isinstance(cell, str):
            return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else str(cell)
        if isinstance(cell, datetime):
            if self._for_people:
                return f"{cell:%Y-%m-%d %H:%M:%S}"
            return cell.isoformat(timespec="seconds").replace("+00:00", "Z")
        if isinstance(cell, bool):
            return "true" if cell else "false"
        return f"{100 * cell:g} %" if isinstance(cell, Share) and self._for_people else f"{cell:.15g}"
