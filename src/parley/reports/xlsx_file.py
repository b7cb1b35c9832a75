"""Sheets as a workbook of spreadsheets (Office Open XML, ECMA-376), written a few rows at a time.

The workbook is a ZIP archive of XML. It is written straight into the answer, each sheet as its rows come, so that
neither memory nor a disk ever holds the whole; the parts that name the sheets come last, which the archive allows.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import IO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from parley.reports.sheet import Cell, Share

MOST_ROWS = 1_048_576
"""Rows that a sheet can have, its head included; the rows behind go on in another sheet."""

_LONGEST_TEXT = 32_767
_LONGEST_TITLE = 31
_NO_TITLE = re.compile(r"[\[\]:*?/\\']")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 (spreadsheets count days on the clock of the wall)
_WHEN, _SHARE, _HEAD = 1, 2, 3

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_FORMATS = ((0, 0), (164, 0), (9, 0), (0, 1))
"""Of each style: its number format (as it is, a time, per cent, as it is) and its font (plain, bold)."""

_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="{len(_FORMATS)}">'
    + "".join(
        f'<xf numFmtId="{number}" fontId="{font}" fillId="0" borderId="0" xfId="0" '
        'applyNumberFormat="1" applyFont="1"/>'
        for number, font in _FORMATS
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class _Outlet:
    """What the archive is written to: it keeps what nobody has taken yet, and cannot go back."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, piece: bytes, /) -> int:
        self._written.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Do nothing: what is written is there to be taken."""

    def close(self) -> None:
        """Do nothing: there is nothing behind it."""

    def taken(self) -> bytes:
        pieces, self._written = b"".join(self._written), []
        return pieces


class XlsxFile:
    """A workbook of one sheet or several, one after the other."""

    media_type = f"{_TYPE}.sheet"
    ending = "xlsx"

    def __init__(self) -> None:
        self._outlet = _Outlet()
        self._archive = ZipFile(self._outlet, "w", ZIP_DEFLATED)
        self._sheets: list[str] = []
        self._title, self._heads = "", [""]
        self._open: IO[bytes] | None = None
        self._row = 0

    def begin(self, title: str, heads: Sequence[str]) -> bytes:
        """Begin a sheet, and return what there is of the file."""
        self._title, self._heads = title, [*heads]
        self._begin_sheet()
        return self._outlet.taken()

    def rows(self, cells: Iterable[Sequence[Cell]]) -> bytes:
        """Return what these rows add to the file."""
        for row in cells:
            if self._row == MOST_ROWS:
                self._begin_sheet()
            self._write_row(row)
        return self._outlet.taken()

    def end(self) -> bytes:
        """Close the workbook, and return the rest of the file."""
        self._end_sheet()
        for path, text in self._parts():
            self._archive.writestr(path, text)
        self._archive.close()
        return self._outlet.taken()

    def _begin_sheet(self) -> None:
        self._end_sheet()
        self._sheets.append(self._free_title())
        self._open = self._archive.open(f"xl/worksheets/sheet{len(self._sheets)}.xml", "w", force_zip64=True)
        columns = "".join(f'<col min="{at}" max="{at}" width="20"/>' for at in range(1, len(self._heads) + 1))
        pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        self._write(f'{_XML}<worksheet xmlns="{_MAIN}">{view}<cols>{columns}</cols><sheetData>')
        self._row = 0
        self._write_row(self._heads, style=_HEAD)

    def _end_sheet(self) -> None:
        if self._open is not None:
            self._write("</sheetData></worksheet>")
            self._open.close()

    def _free_title(self) -> str:
        """Return what the sheet is called, as no other sheet of the workbook is."""
        plain = _NO_TITLE.sub(" ", self._title)[:_LONGEST_TITLE] or "1"
        again = 1
        title = plain
        while title in self._sheets:
            again += 1
            title = f"{plain[: _LONGEST_TITLE - 8]} {again}"
        return title

    def _write_row(self, cells: Sequence[Cell], *, style: int = 0) -> None:
        self._row += 1
        self._write(f"<row>{''.join(_cell(cell, style=style) for cell in cells)}</row>")

    def _write(self, text: str) -> None:
        if self._open is not None:
            self._open.write(text.encode())

    def _parts(self) -> Iterable[tuple[str, str]]:
        """Yield the parts that say what the others are."""
        numbers = range(1, len(self._sheets) + 1)
        named = "".join(
            f'<sheet name={quoteattr(title)} sheetId="{at}" r:id="rId{at}"/>'
            for at, title in enumerate(self._sheets, start=1)
        )
        related = "".join(_related(f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml") for at in numbers)
        typed = "".join(_typed(f"/xl/worksheets/sheet{at}.xml", "worksheet") for at in numbers)
        yield "xl/styles.xml", _STYLES
        sheets = f"<sheets>{named}</sheets>"
        yield "xl/workbook.xml", f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}">{sheets}</workbook>'
        yield "xl/_rels/workbook.xml.rels", _relations(related + _related("rIdStyles", "styles", "styles.xml"))
        yield "_rels/.rels", _relations(_related("rId1", "officeDocument", "xl/workbook.xml"))
        related = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        typed += _typed("/xl/workbook.xml", "sheet.main") + _typed("/xl/styles.xml", "styles")
        yield "[Content_Types].xml", f'{_XML}<Types xmlns="{_PACKAGE}/content-types">{related}{typed}</Types>'


def _related(number: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{number}" Type="{_DOCUMENT}/{kind}" Target="{target}"/>'


def _relations(related: str) -> str:
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>'


def _typed(part: str, kind: str) -> str:
    return f'<Override PartName="{part}" ContentType="{_TYPE}.{kind}+xml"/>'


def _cell(cell: Cell, *, style: int) -> str:
    if cell is None:
        return "<c/>"
    if isinstance(cell, str):
        text = escape(_NO_XML.sub("", cell)[:_LONGEST_TEXT])
        return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if isinstance(cell, bool):
        return f'<c t="b"><v>{cell:d}</v></c>'
    if isinstance(cell, datetime):
        days = (cell.replace(tzinfo=None) - _EPOCH).total_seconds() / 86_400
        return f'<c s="{_WHEN}"><v>{days:.10f}</v></c>'
    return f'<c s="{_SHARE if isinstance(cell, Share) else 0}"><v>{cell:.15g}</v></c>'
