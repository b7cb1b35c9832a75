"""Exports: what is in the record is in the file, whoever reads it, and however long it is."""

import csv
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from parley.ground.db import Store
from parley.ground.faults import Forbidden, NotFound
from parley.reports import Export, Format, Reading, Wanted, export_attendance, export_history, export_session
from parley.reports import export as exporting
from parley.reports import xlsx_file as workbook
from parley.reports.csv_file import CsvFile
from parley.reports.sheet import Cell, Share
from parley.reports.sheets import HISTORY
from parley.reports.xlsx_file import XlsxFile
from parley.sessions import Departure, say
from tests.cast import cast_of
from tests.clock import SettableClock
from tests.sessions.stage import Stage, open_at

GERMAN = Reading(language="de", time_zone="Europe/Berlin")


@pytest.fixture
async def stage(store: Store, clock: SettableClock) -> Stage:
    """A session of Olga's in which she stayed for an hour, a guest for half of it, and Otto did not come."""
    cast = await cast_of(store, now=clock())
    session = await store.write(open_at, host=cast.olga, cohosts=[cast.otto], title="=Weekly", now=clock())
    stage = Stage(store, clock, cast, session)
    olga, guest = await stage.come(cast.olga), await stage.come("Gast, <b>")
    await store.write(say, guest.id, text='+1 & "so"\nön', key="k", now=clock())
    await store.write(say, guest.id, text="Between us.", key="l", to=olga.id, now=clock())
    clock.advance(minutes=30)
    await stage.go(guest)
    clock.advance(minutes=30)
    await stage.go(olga, Departure.LOST)
    await stage.end()
    return stage


async def _written(export: Export) -> bytes:
    return b"".join([piece async for piece in export.pieces])


async def _csv(export: Export) -> list[dict[str, str]]:
    assert export.name.endswith(".csv")
    return [*csv.DictReader(StringIO((await _written(export)).decode()))]


async def test_programs_read_the_history_as_csv(stage: Stage) -> None:
    reading, by = Reading(), stage.cast.olga
    export = await export_history(stage.store, Wanted(), format_=Format.CSV, reading=reading, by=by, now=stage.clock())
    assert (export.rows, export.headers["Parley-Rows"]) == (1, "1")
    (row,) = await _csv(export)
    assert row["title"] == "'=Weekly"
    assert (row["started_at"], row["ended_at"]) == ("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z")
    counted = ("length_minutes", "invited", "came", "absent", "early", "long_enough", "minutes")
    assert [row[name] for name in counted] == [
        "60", "2", "2", "1", "1", "1", "90",
    ]  # fmt: skip


async def test_people_read_attendance_in_their_language_and_zone(stage: Stage) -> None:
    export = await export_attendance(
        stage.store, Wanted(), format_=Format.CSV, reading=GERMAN, by=stage.cast.olga, now=stage.clock()
    )
    written = (await _written(export)).decode()
    assert written.startswith("\ufeff")
    olga, otto, guest = csv.DictReader(StringIO(written[1:]))
    assert (olga["Name"], otto["Name"], guest["Name"]) == ("Olga", "Otto", "Gast, <b>")
    assert (olga["Begonnen"], olga["Anteil an der Zeit"], olga["Gekommen"], otto["Gekommen"]) == (
        "2026-03-02 10:00:00", "100 %", "ja", "nein",
    )  # fmt: skip
    assert guest["Zuletzt gegangen"] == "2026-03-02 10:30:00"


async def test_a_session_is_a_workbook_that_others_read(stage: Stage) -> None:
    export = await export_session(
        stage.store, stage.session.id, format_=Format.XLSX, reading=GERMAN, by=stage.cast.olga, now=stage.clock()
    )
    book = openpyxl.load_workbook(BytesIO(await _written(export)))
    assert book.sheetnames == ["Teilnahme", "Aufenthalte", "Chat"]
    attendance, stays, chat = (_table(sheet) for sheet in book.worksheets)
    assert attendance[0]["Titel"] == "=Weekly"
    assert attendance[0]["Begonnen"] == datetime(2026, 3, 2, 10, 0)  # noqa: DTZ001 (cells have no zone)
    assert [(row["Name"], row["Minuten"], row["Anteil an der Zeit"], row["Lange genug da"]) for row in attendance] == [
        ("Olga", 60, 1, "ja"), ("Otto", 0, 0, "nein"), ("Gast, <b>", 30, 0.5, "nein"),
    ]  # fmt: skip
    assert [(row["Name"], row["Grund"]) for row in stays] == [
        ("Olga", "Verbindung verloren"), ("Gast, <b>", "gegangen"),
    ]  # fmt: skip
    assert [row["Nachricht"] for row in chat] == ['+1 & "so"\nön']
    assert book.worksheets[0]["G2"].number_format == "yyyy\\-mm\\-dd\\ hh:mm"
    assert book.worksheets[0].freeze_panes == "A2"


def _table(sheet: Worksheet) -> list[dict[str, object]]:
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


async def test_only_who_may_see_it_takes_it_along(stage: Stage) -> None:
    given: dict[str, Any] = {"format_": Format.CSV, "reading": Reading(), "now": stage.clock()}
    with pytest.raises(NotFound):
        await export_session(stage.store, stage.session.id, by=stage.cast.mia, **given)
    with pytest.raises(Forbidden):
        await export_attendance(
            stage.store, Wanted(organizers=(stage.cast.olga.person or 0,)), by=stage.cast.mia, **given
        )
    assert await _csv(await export_attendance(stage.store, Wanted(), by=stage.cast.otto, **given)) == []
    assert len(await _csv(await export_history(stage.store, Wanted(), by=stage.cast.otto, **given))) == 1


async def test_a_long_export_is_read_page_by_page_and_lacks_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    for number in range(5):
        now = stage.clock.advance(days=1)
        session = await stage.store.write(open_at, host=stage.cast.olga, meeting=number + 2, title=str(number), now=now)
        another = Stage(stage.store, stage.clock, stage.cast, session)
        await another.come("Guest")
        await another.end()
    given: dict[str, Any] = {"format_": Format.CSV, "reading": Reading(), "by": stage.cast.olga, "now": stage.clock()}
    history = await _csv(await export_history(stage.store, Wanted(), **given))
    assert [row["title"] for row in history] == ["'=Weekly", "0", "1", "2", "3", "4"]
    attendance = await export_attendance(stage.store, Wanted(), **given)
    assert attendance.rows == 13
    assert [row["name"] for row in await _csv(attendance)] == ["Olga", "Otto", "Gast, <b>", *["Olga", "Guest"] * 5]


def test_what_begins_like_a_formula_is_text_in_csv() -> None:
    file = CsvFile(for_people=False)
    dangerous: list[Cell] = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "a=b", -1.5, True, None, Share(0.5)]
    (row,) = csv.reader(StringIO(file.rows([dangerous]).decode(), newline=""))
    assert row == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\rx", "a=b", "-1.5", "true", "", "0.5"]


def test_a_workbook_takes_any_text_and_more_rows_than_a_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    file = XlsxFile()
    written = file.begin("A/B: [long] " + "x" * 40, ["Head"])
    rows: list[list[Cell]] = [
        ["=1+1"],
        ["<&>\x00\ud800\uffff"],
        ["x" * 40_000],
        [datetime(2026, 3, 2, 9, 30, tzinfo=UTC)],
        [True],
    ]
    written += b"".join(file.rows([row]) for row in rows) + file.end()
    assert ZipFile(BytesIO(written)).testzip() is None
    first, second, third = openpyxl.load_workbook(BytesIO(written)).worksheets
    assert [sheet.max_row for sheet in (first, second, third)] == [3, 3, 2]
    assert (first["A2"].value, first["A2"].data_type, first["A3"].value) == ("=1+1", "s", "<&>")
    assert len(str(second["A2"].value)) == 32_767
    assert second["A3"].value == datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001 (cells have no zone)
    assert third["A2"].value is True
    assert len({sheet.title for sheet in (first, second, third)}) == 3


async def test_what_breaks_while_a_file_is_written_breaks_the_file(stage: Stage) -> None:
    """Half a table looks like a whole one: the answer must not end as if it were complete."""

    async def broken() -> AsyncIterator[list[object]]:
        yield []
        raise OSError("away")

    pieces = exporting._written(XlsxFile(), [(HISTORY, broken())], Reading())
    with pytest.raises(OSError, match="away"):
        async for _ in pieces:
            pass
