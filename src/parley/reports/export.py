"""Exports: the record as a file, written as it is read, a few rows at a time and however many there are."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from parley.ground.db import Connection, Store
from parley.ground.ids import text as id_text
from parley.people import Caller
from parley.reports.csv_file import CsvFile
from parley.reports.find_attendance import attendance_of_session
from parley.reports.rows import attendance as rows
from parley.reports.sheet import Reading, Sheet
from parley.reports.sheets import ATTENDANCE, CHAT, HISTORY, STAYS, NamedStay
from parley.reports.wanted import Wanted, bound, need_answer_for
from parley.reports.xlsx_file import XlsxFile
from parley.sessions import Message, Paging, Sight, messages_of, participations_of, session_seen_by

AT_ONCE = 500
"""How many sessions, or people in them, are read in one go."""

_MESSAGES = 200
_Batches = AsyncIterator[list[Any]]
_Reader = Callable[[Connection, dict[str, object]], list[Any]]


class Format(StrEnum):
    """What an export is written as."""

    CSV = "csv"
    XLSX = "xlsx"


class Export(msgspec.Struct, frozen=True):
    """A file that is being written: its name, its type, how many rows it will have, and its pieces."""

    name: str
    media_type: str
    rows: int
    pieces: AsyncIterator[bytes]

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the answer that is the file."""
        return {
            "Content-Disposition": f'attachment; filename="{self.name}"',
            "Cache-Control": "no-store",
            "Parley-Rows": str(self.rows),
        }


async def export_history(
    store: Store, wanted: Wanted, *, format_: Format, reading: Reading, by: Caller, now: datetime
) -> Export:
    """Return every session that `by` may see, oldest first, with what attendance came to."""
    given, total = await store.read_long(_history, wanted, by=by, now=now)

    def page(db: Connection, place: dict[str, object]) -> list[Any]:
        return rows.by_session(db, by, wanted=given | place, sight=Sight.SEEN, limit=AT_ONCE)

    sheets = [(HISTORY, _pages(store, page))]
    return _export(f"history-{now:%Y-%m-%d}", sheets, total, format_=format_, reading=reading)


async def export_attendance(
    store: Store, wanted: Wanted, *, format_: Format, reading: Reading, by: Caller, now: datetime
) -> Export:
    """Return everybody in the sessions that `by` answers for, oldest first."""
    given, total = await store.read_long(_attendance, wanted, by=by, now=now)

    def page(db: Connection, place: dict[str, object]) -> list[Any]:
        return rows.attendance_in(db, by, wanted=given | place, sight=Sight.ANSWERED_FOR, limit=AT_ONCE)

    sheets = [(ATTENDANCE, _pages(store, page))]
    return _export(f"attendance-{now:%Y-%m-%d}", sheets, total, format_=format_, reading=reading)


async def export_session(
    store: Store, session: int, *, format_: Format, reading: Reading, by: Caller, now: datetime
) -> Export:
    """Return everybody in a session; a workbook has their stays and what was written as well."""
    everybody, stays = await store.read_long(_session, session, by=by, now=now)
    sheets = [(ATTENDANCE, _once(everybody))]
    if format_ is Format.XLSX:
        sheets += [(STAYS, _once(stays)), (CHAT, _messages(store, session, by=by))]
    return _export(f"session-{id_text(session)}", sheets, len(everybody), format_=format_, reading=reading)


def _history(db: Connection, wanted: Wanted, *, by: Caller, now: datetime) -> tuple[dict[str, object], int]:
    by.need("sessions:read")
    given = bound(db, wanted, by=by, now=now)
    return given, rows.count(db, by, wanted=given, sight=Sight.SEEN, of=Paging.SESSIONS)


def _attendance(db: Connection, wanted: Wanted, *, by: Caller, now: datetime) -> tuple[dict[str, object], int]:
    by.need("sessions:read")
    need_answer_for(db, wanted, by=by)
    given = bound(db, wanted, by=by, now=now)
    return given, rows.count(db, by, wanted=given, sight=Sight.ANSWERED_FOR, of=Paging.PEOPLE)


def _session(db: Connection, session: int, *, by: Caller, now: datetime) -> tuple[list[Any], list[Any]]:
    session_seen_by(db, session, by=by)
    everybody = participations_of(db, session, by=by)
    stays = [NamedStay(one.participant.name, stay) for one in everybody for stay in one.stays]
    return [*attendance_of_session(db, session, by=by, now=now)], stays


async def _pages(store: Store, page: _Reader) -> _Batches:
    """Yield page after page, each read on its own: nobody waits for a long export."""
    place: dict[str, object] = {}
    while batch := await store.read_long(page, place):
        yield batch
        last = batch[-1]
        place = {"at": last.started_at, "at_session": last.session}
        if hasattr(last, "participant"):
            place["at_participant"] = last.participant


async def _once(batch: list[Any]) -> _Batches:
    yield batch


async def _messages(store: Store, session: int, *, by: Caller) -> _Batches:
    """Yield what was said to all: a file is passed on, and what was said to one alone is not for others."""
    cursor: str | None = None
    while True:
        page = await store.read_long(messages_of, session, by=by, limit=_MESSAGES, cursor=cursor)
        listed: list[Message] = [one for one in page.items if one.visible_to is None]
        yield listed
        cursor = page.next
        if cursor is None:
            return


def _export(
    name: str, sheets: list[tuple[Sheet, _Batches]], total: int, *, format_: Format, reading: Reading
) -> Export:
    file = XlsxFile() if format_ is Format.XLSX else CsvFile(for_people=reading.language is not None)
    pieces = _written(file, sheets, reading)
    return Export(f"{name}.{file.ending}", file.media_type, total, pieces)


async def _written(
    file: CsvFile | XlsxFile, sheets: list[tuple[Sheet, _Batches]], reading: Reading
) -> AsyncIterator[bytes]:
    for sheet, batches in sheets:
        yield file.begin(reading.title(sheet), reading.heads(sheet))
        async for batch in batches:
            yield await asyncio.to_thread(_piece, file, sheet, batch, reading)
    yield file.end()


def _piece(file: CsvFile | XlsxFile, sheet: Sheet, batch: list[Any], reading: Reading) -> bytes:
    return file.rows(reading.cells(sheet, batch))
