"""Pages of single occurrences of a meeting that repeats: change one, or it and all that follow, cancel, bring back."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from parley import meetings
from parley.access import Context, needs
from parley.ground import ids
from parley.ground.db import Connection, Store
from parley.ground.faults import Conflict, FieldError, Invalid, NotFound
from parley.ground.filters import moment_written
from parley.ground.words import N_
from parley.meetings import Occurrence, OccurrenceChange
from parley.people import Caller
from parley.web.meetings.free import who_is_free
from parley.web.meetings.plan_form import change_from, refused, showing, tidy
from parley.web.meetings.repeat_form import offered
from parley.web.shell import Form, Note, Page, go

_NO_OCCURRENCE = N_("This meeting has no occurrence that starts then.")
_PATH = "/meetings/{meeting:str}/occurrences/{original_start:str}"


@get(f"{_PATH}/edit", opt=needs("meetings:write"))
async def edit_page(
    meeting: FromPath[str],
    original_start: FromPath[str],
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
) -> Template:
    """Offer the form with the occurrence as it is planned."""
    one = await store.read(_to_change, meeting, original_start, by=caller)
    return await _edit(one, _shown(one), store=store, caller=caller)


@post(f"{_PATH}/edit", opt=needs("meetings:write"))
async def save(
    request: Request[Any, Any, Any],
    meeting: FromPath[str],
    original_start: FromPath[str],
    *,
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Template | Redirect:
    """Change the occurrence, or it and all that follow."""
    one = await context.store.read(_to_change, meeting, original_start, by=caller)
    form = tidy(await Form.sent(request), language=caller.locale)
    if form.has("checking"):
        return await _edit(one, form, store=context.store, caller=caller)
    try:
        written = context.store.write(
            meetings.change_occurrence,
            one.meeting.id,
            one.original_start,
            _change(one, form),
            version=form.number("version"),
            by=caller,
            now=context.clock(),
        )
        return await _back(meeting, written, N_("Saved. The link and the number are as they were."))
    except Invalid as fault:
        return await _edit(one, refused(form, fault, now=context.clock()), store=context.store, caller=caller)


@post(f"{_PATH}/cancel", opt=needs("meetings:write"))
async def cancel(
    request: Request[Any, Any, Any],
    meeting: FromPath[str],
    original_start: FromPath[str],
    *,
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Redirect:
    """Cancel the occurrence, or it and all that follow, as the meeting was shown."""
    form = await Form.sent(request)
    following = form.has("following")
    written = context.store.write(
        meetings.cancel_occurrence,
        ids.parse(meeting),
        _named(original_start),
        and_following=following,
        version=form.number("version"),
        by=caller,
        now=context.clock(),
    )
    word = N_("This one and all that follow are cancelled.") if following else N_("This one is cancelled.")
    return await _back(meeting, written, word)


@post(f"{_PATH}/restore", opt=needs("meetings:write"))
async def restore(
    request: Request[Any, Any, Any],
    meeting: FromPath[str],
    original_start: FromPath[str],
    *,
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Redirect:
    """Let the occurrence that was cancelled take place again."""
    form = await Form.sent(request)
    written = context.store.write(
        meetings.change_occurrence,
        ids.parse(meeting),
        _named(original_start),
        OccurrenceChange(),
        version=form.number("version"),
        by=caller,
        now=context.clock(),
    )
    return await _back(meeting, written, N_("It takes place again."))


async def _back(meeting: str, written: Awaitable[object], word: str) -> Redirect:
    """Go back to the meeting with a word about what was written; or about why it was not, when it is in conflict."""
    try:
        await written
    except Conflict as fault:
        return go(f"/meetings/{meeting}", Note(message=fault.message, kind="warn"))
    return go(f"/meetings/{meeting}", Note(message=word))


def _to_change(db: Connection, meeting: str, original_start: str, *, by: Caller) -> Occurrence:
    found = meetings.meeting_seen_by(db, ids.parse(meeting), by=by)
    found.need_co_organizer(by)
    found.need_standing()
    return meetings.occurrence_named(db, found, _named(original_start))


def _named(original_start: str) -> datetime:
    try:
        named = moment_written(original_start, filter_="original_start")
    except Invalid as fault:
        raise NotFound(_NO_OCCURRENCE) from fault
    if named is None:
        raise NotFound(_NO_OCCURRENCE)
    return named


def _shown(one: Occurrence) -> Form:
    return showing(one.as_meeting()).with_values(which="one")


def _change(one: Occurrence, form: Form) -> OccurrenceChange:
    asked = change_from(one.as_meeting(), form, may_choose_co_organizers=False)
    if form.text("which") == "following":
        if asked.recurrence is None:
            raise Invalid(FieldError("repeats", N_("Say by which rule it goes on.")))
        return OccurrenceChange(
            starts_at=asked.starts_at,
            ends_at=asked.ends_at,
            time_zone=asked.time_zone,
            recurrence=asked.recurrence,
            and_following=True,
        )
    return OccurrenceChange(starts_at=asked.starts_at, ends_at=asked.ends_at)


async def _edit(one: Occurrence, form: Form, *, store: Store, caller: Caller) -> Template:
    asked = form.with_values(co_organizers=one.meeting.co_organizers)
    free = await store.read_long(who_is_free, asked, by=caller, meeting=one.meeting)
    return Page(
        "meetings/occurrence.html",
        status=form.status,
        form=form,
        meeting=one.meeting,
        one=one,
        free=free,
        may_cancel=one.meeting.may_be_cancelled_by(caller),
        **offered(caller.locale),
    )


routes = [edit_page, save, cancel, restore]
