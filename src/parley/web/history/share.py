"""The page on which a meeting is given a share of its own that is long enough to have attended it."""

from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from parley.access import Context, needs
from parley.ground import ids
from parley.ground.db import Connection, Store
from parley.ground.faults import FieldError, Invalid
from parley.ground.words import N_
from parley.meetings import Meeting, meeting_seen_by
from parley.people import Caller, find_attendance_rules
from parley.reports import find_share, set_share
from parley.web.shell import Form, Note, Page, go

_MOST_DIGITS = 3


@get("/history/share/{meeting:str}", opt=needs("meetings:write"))
async def share_page(
    meeting: FromPath[str], caller: NamedDependency[Caller], store: NamedDependency[Store]
) -> Template:
    """Show the share to change it."""
    found, own, usual = await store.read(_share, ids.parse(meeting), by=caller)
    return _page(found, Form.of(long_enough_percent=own), usual)


@post("/history/share/{meeting:str}", opt=needs("meetings:write"))
async def change(
    request: Request[Any, Any, Any],
    meeting: FromPath[str],
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Template | Redirect:
    """Give the meeting the share that was typed, or the account's when nothing was."""
    form = await Form.sent(request)
    number = ids.parse(meeting)
    try:
        await context.store.write(set_share, number, _typed(form), by=caller, now=context.clock())
    except Invalid as fault:
        found, _, usual = await context.store.read(_share, number, by=caller)
        return _page(found, form.refused(fault), usual)
    return go(f"/meetings/{meeting}", Note(message=N_("Saved.")))


def _share(db: Connection, meeting: int, *, by: Caller) -> tuple[Meeting, int | None, int]:
    found = meeting_seen_by(db, meeting, by=by)
    found.need_co_organizer(by)
    return found, find_share(db, meeting, by=by), find_attendance_rules(db, by=by).long_enough_percent


def _typed(form: Form) -> int | None:
    written = form.text("long_enough_percent")
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and len(written) <= _MOST_DIGITS):
        raise Invalid(FieldError("long_enough_percent", N_("Write a number from 1 to 100.")))
    return int(written)


def _page(meeting: Meeting, form: Form, usual: int) -> Template:
    return Page("history/share.html", status=form.status, meeting=meeting, form=form, usual=usual)


routes = [share_page, change]
