"""The pages on which a meeting is made and changed."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_412_PRECONDITION_FAILED

from parley import meetings
from parley.access import Context, needs
from parley.ground import ids
from parley.ground.db import Connection, Store
from parley.ground.faults import Invalid, OverLimit, Stale
from parley.ground.words import N_
from parley.meetings import Meeting
from parley.people import Caller, users_named
from parley.web.meetings.free import Free, who_is_free
from parley.web.meetings.inviting import (
    change_and_invite,
    invite_choice,
    rephrased,
    schedule_and_invite,
    wanted_in,
    with_invited,
)
from parley.web.meetings.opening import opened_from, opened_like, opening
from parley.web.meetings.plan_form import change_from, differences, new_meeting, refused, showing, tidy
from parley.web.meetings.repeat_form import offered
from parley.web.meetings.views import may_co_organize
from parley.web.shell import Form, Note, Page, go, sought
from parley.web.shell.choosing import Choice, May, choice, looked_for, with_named


@get("/meetings/new", opt=needs("meetings:write"))
async def new_page(
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
    *,
    on: FromQuery[str] = "",
    start: FromQuery[str] = "",
    end: FromQuery[str] = "",
    like: FromQuery[str] = "",
    template: FromQuery[str] = "",
) -> Template:
    """Offer the form: at the next half hour, at the time that was pointed at, like another meeting, from a template."""
    now = context.clock()
    if like:
        form = await context.store.read(opened_like, ids.parse(like), by=caller, now=now)
    elif template:
        form = await context.store.read(opened_from, ids.parse(template), by=caller, now=now)
    else:
        form = opening(now, time_zone=caller.time_zone, on=on, start=start, end=end)
    return await _new(form, store=context.store, caller=caller)


@post("/meetings/new", opt=needs("meetings:write"))
async def create(
    request: Request[Any, Any, Any], caller: NamedDependency[Caller], context: NamedDependency[Context]
) -> Template | Redirect:
    """Make the meeting, or show what needs mending with everything typed still there."""
    form = tidy(await Form.sent(request), language=caller.locale)
    if _is_unfinished(form):
        return await _new(form, store=context.store, caller=caller)
    form = await _with_named(form, store=context.store, caller=caller)
    form = await context.store.read(with_invited, form, by=caller)
    if form.errors:
        return await _new(form, store=context.store, caller=caller)
    wanted = new_meeting(form)
    try:
        hashed = await _hashed(context, wanted.password)
        made = await context.store.write(
            schedule_and_invite, wanted, wanted_in(form), password_hash=hashed, by=caller, now=context.clock()
        )
    except Invalid as fault:
        named = refused(form, rephrased(form, fault), now=context.clock())
        return await _new(named, store=context.store, caller=caller)
    except OverLimit as fault:
        return await _new(form.with_error("invited_addresses", fault), store=context.store, caller=caller)
    return go(f"/meetings/{made.id}/created")


@get("/meetings/{meeting:str}/edit", opt=needs("meetings:write"))
async def edit_page(meeting: FromPath[str], caller: NamedDependency[Caller], store: NamedDependency[Store]) -> Template:
    """Offer the form with the meeting as it is now."""
    found = await store.read(_to_change, ids.parse(meeting), by=caller)
    return await _edit(found, showing(found), store=store, caller=caller)


@post("/meetings/{meeting:str}/edit", opt=needs("meetings:write"))
async def save(
    request: Request[Any, Any, Any],
    meeting: FromPath[str],
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Template | Redirect:
    """Change the meeting; where it changed in between, show what is there now beside what was typed."""
    found = await context.store.read(_to_change, ids.parse(meeting), by=caller)
    form = tidy(await Form.sent(request), language=caller.locale)
    if _is_unfinished(form):
        return await _edit(found, form, store=context.store, caller=caller)
    form = await _with_named(form, store=context.store, caller=caller)
    form = await context.store.read(with_invited, form, by=caller)
    if form.errors:
        return await _edit(found, form, store=context.store, caller=caller)
    try:
        await _change(context, found, form, caller=caller)
    except Invalid as fault:
        named = refused(form, rephrased(form, fault), now=context.clock())
        return await _edit(found, named, store=context.store, caller=caller)
    except OverLimit as fault:
        refusal = form.with_error("invited_addresses", fault)
        return await _edit(found, refusal, store=context.store, caller=caller)
    except Stale as fault:
        there = fault.current if isinstance(fault.current, Meeting) else found
        newer = form.with_values(version=there.version)
        return await _edit(there, newer, store=context.store, caller=caller, stale=True)
    return go(f"/meetings/{found.id}", Note(message=N_("Saved. The link and the number are as they were.")))


@get("/meetings/people", opt=needs("people:read"))
async def people_part(
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    *,
    find: FromQuery[str] = "",
    co_organizers: FromQuery[list[str] | None] = None,
) -> Template:
    """Show who else has this in their name and may be a co-organizer, for the form that is open."""
    return Page(
        "shell/found.html",
        name="co_organizers",
        choice=await _choice(co_organizers or [], find, store=store, caller=caller),
    )


@get("/meetings/free", opt=needs("meetings:write"))
async def free_part(
    caller: NamedDependency[Caller],
    store: NamedDependency[Store],
    *,
    date: FromQuery[str] = "",
    start: FromQuery[str] = "",
    end: FromQuery[str] = "",
    end_date: FromQuery[str] = "",
    time_zone: FromQuery[str] = "",
    co_organizers: FromQuery[list[str] | None] = None,
    invited: FromQuery[list[str] | None] = None,
    meeting: FromQuery[str] = "",
) -> Template:
    """Show who is free at the time that is chosen, for the form that is open."""
    form = Form.of(
        date=date,
        start=start,
        end=end,
        end_date=end_date,
        time_zone=time_zone,
        co_organizers=co_organizers or (),
        invited=invited or (),
    )
    found = await store.read(_to_change, ids.parse(meeting), by=caller) if meeting else None
    return Page("meetings/free.html", free=await _free(tidy(form, language=caller.locale), found, store, caller))


async def _change(context: Context, meeting: Meeting, form: Form, *, caller: Caller) -> None:
    asked = change_from(meeting, form, may_choose_co_organizers=meeting.may_be_cancelled_by(caller))
    await context.store.write(
        change_and_invite,
        meeting.id,
        asked,
        wanted_in(form),
        version=form.number("version"),
        password_hash=await _hashed(context, form.text("password")),
        by=caller,
        now=context.clock(),
    )


def _is_unfinished(form: Form) -> bool:
    """Tell whether a button was pressed that only helps with the form."""
    return any(form.has(button) for button in ("finding", "checking", "end_instead"))


async def _hashed(context: Context, password: str | None) -> str | None:
    return await context.hasher.hash(password) if password else None


def _to_change(db: Connection, meeting: int, *, by: Caller) -> Meeting:
    found = meetings.meeting_seen_by(db, meeting, by=by)
    found.need_co_organizer(by)
    found.need_standing()
    return found


async def _new(form: Form, *, store: Store, caller: Caller) -> Template:
    chosen = await _choice(form.every("co_organizers"), looked_for(form, "co_organizers"), store=store, caller=caller)
    return Page(
        "meetings/new.html",
        status=form.status,
        form=form,
        choice=chosen,
        inviting=await store.read(invite_choice, form, by=caller),
        free=await _free(form, None, store, caller),
        **offered(caller.locale),
    )


async def _edit(meeting: Meeting, form: Form, *, store: Store, caller: Caller, stale: bool = False) -> Template:
    names = await store.read(users_named, meeting.co_organizers, account=caller.account) if stale else {}
    return Page(
        "meetings/edit.html",
        status=HTTP_412_PRECONDITION_FAILED if stale else form.status,
        form=form,
        meeting=meeting,
        may_choose_co_organizers=meeting.may_be_cancelled_by(caller),
        **offered(caller.locale),
        free=await _free(form, meeting, store, caller),
        inviting=await store.read(invite_choice, form, by=caller),
        differences=differences(meeting, form, names, language=caller.locale) if stale else None,
        choice=await _choice(
            form.every("co_organizers"), looked_for(form, "co_organizers"), store=store, caller=caller
        ),
    )


async def _free(form: Form, meeting: Meeting | None, store: Store, caller: Caller) -> Free | None:
    return await store.read_long(who_is_free, form, by=caller, meeting=meeting)


async def _choice(chosen: Sequence[str], find: str, *, store: Store, caller: Caller) -> Choice:
    return await store.read(choice, by=caller, chosen=chosen, find=sought(find), may=_others_than(caller))


async def _with_named(form: Form, *, store: Store, caller: Caller) -> Form:
    return await store.read(with_named, form, "co_organizers", by=caller, may=_others_than(caller))


def _others_than(caller: Caller) -> May:
    return lambda user: user.id != caller.person and may_co_organize(user)


routes = [new_page, create, edit_page, save, people_part, free_part]
