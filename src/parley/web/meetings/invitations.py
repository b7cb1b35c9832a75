"""The page of those who are invited to a meeting: who comes, their links, and inviting more."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from parley import meetings
from parley.access import Context, needs
from parley.ground import ids
from parley.ground.db import Connection
from parley.ground.faults import Conflict, FieldError, Invalid, OverLimit
from parley.ground.secrets import Keyring
from parley.ground.words import N_
from parley.meetings import Invitation, Meeting, Reply, personal_link
from parley.people import Caller
from parley.web.meetings.inviting import (
    InviteChoice,
    invite_choice,
    others_than,
    rephrased,
    wanted_in,
    with_invited,
)
from parley.web.shell import Form, Note, Page, go, sought
from parley.web.shell.choosing import choice

REPLY_WORDS: Mapping[Reply, str] = {
    Reply.ACCEPTED: N_("comes"),
    Reply.TENTATIVE: N_("maybe"),
    Reply.DECLINED: N_("does not come"),
    Reply.NEEDS_ACTION: N_("no answer yet"),
}


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation with its personal link."""

    invitation: Invitation
    link: str


class Invited(msgspec.Struct, frozen=True, kw_only=True):
    """A page of those who are invited, and what the form offers that invites more."""

    meeting: Meeting
    counts: dict[Reply, int]
    people: tuple[Invitation, ...]
    next: str | None
    choice: InviteChoice
    most: int | None
    """How many people can be in it at once."""


@get("/meetings/{meeting:str}/invitations", opt=needs("meetings:write"))
async def invitations_page(
    meeting: FromPath[str],
    *,
    ring: NamedDependency[Keyring],
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
    reply: FromQuery[str] = "",
    cursor: FromQuery[str | None] = None,
) -> Template:
    """Show who is invited and what they answered."""
    return await _shown(context, ring, meeting, Form(), by=caller, reply=reply, cursor=cursor)


@post("/meetings/{meeting:str}/invitations", opt=needs("meetings:write"))
async def invite(
    request: Request[Any, Any, Any],
    meeting: FromPath[str],
    *,
    ring: NamedDependency[Keyring],
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Template | Redirect:
    """Invite who is named, or show what needs mending with everything typed still there."""
    form = await Form.sent(request)
    if form.has("finding"):
        return await _shown(context, ring, meeting, form, by=caller)
    form = await context.store.read(with_invited, form, by=caller)
    wanted = wanted_in(form)
    if not form.errors and not wanted:
        form = form.refused(Invalid(FieldError("invited", N_("Name somebody to invite."))))
    if form.errors:
        return await _shown(context, ring, meeting, form, by=caller)
    try:
        fresh = await context.store.write(meetings.invite, ids.parse(meeting), wanted, by=caller, now=context.clock())
    except Invalid as fault:
        return await _shown(context, ring, meeting, form.refused(rephrased(form, fault)), by=caller)
    except (Conflict, OverLimit) as fault:
        return await _shown(context, ring, meeting, form.with_error("", fault), by=caller)
    return go(f"/meetings/{meeting}/invitations", _word_on(len(fresh)))


def _word_on(count: int) -> Note:
    if count == 0:
        return Note(message=N_("They are invited already, or organize the meeting."), kind="warn")
    if count == 1:
        return Note(message=N_("One person is invited."))
    return Note(message=N_("%(count)s people are invited."), parameters={"count": str(count)})


@get("/meetings/invitees", opt=needs("people:read"))
async def invitees_part(
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
    *,
    find_invited: FromQuery[str] = "",
    invited: FromQuery[list[str] | None] = None,
) -> Template:
    """Show who else has this in their name, for the form that is open."""
    found = await context.store.read(
        choice, by=caller, chosen=invited or (), find=sought(find_invited), may=others_than(caller)
    )
    return Page("shell/found.html", name="invited", choice=found)


@post("/meetings/{meeting:str}/invitations/{invitation:str}/required", opt=needs("meetings:write"))
async def require(
    request: Request[Any, Any, Any],
    meeting: FromPath[str],
    invitation: FromPath[str],
    *,
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Redirect:
    """Change whether somebody is required."""
    required = (await Form.sent(request)).has("required")
    try:
        await context.store.write(
            meetings.require,
            ids.parse(meeting),
            ids.parse(invitation),
            required=required,
            by=caller,
            now=context.clock(),
        )
    except Conflict as fault:
        return go(f"/meetings/{meeting}/invitations", Note(message=fault.message, kind="warn"))
    return go(f"/meetings/{meeting}/invitations")


@post("/meetings/{meeting:str}/invitations/{invitation:str}/withdraw", opt=needs("meetings:write"))
async def withdraw(
    meeting: FromPath[str],
    invitation: FromPath[str],
    *,
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Redirect:
    """Withdraw an invitation."""
    gone = await context.store.write(
        meetings.withdraw, ids.parse(meeting), ids.parse(invitation), by=caller, now=context.clock()
    )
    note = Note(
        message=N_("%(name)s is not invited any more, and their link opens nothing."), parameters={"name": gone.name}
    )
    return go(f"/meetings/{meeting}/invitations", note)


async def _shown(
    context: Context,
    ring: Keyring,
    meeting: str,
    form: Form,
    *,
    by: Caller,
    reply: str = "",
    cursor: str | None = None,
) -> Template:
    wanted = Reply(reply) if reply in set(Reply) else None
    found = await context.store.read_long(
        _invited, ids.parse(meeting), form, by=by, reply=wanted, cursor=cursor, now=context.clock()
    )
    return Page(
        "meetings/invitations.html",
        status=form.status,
        form=form,
        found=found,
        meeting=found.meeting,
        linked=linked(found.meeting, found.people, url=context.settings.url, ring=ring),
        shown=wanted,
        reply_words=REPLY_WORDS,
        can_send=context.mailer.can_send,
    )


def _invited(
    db: Connection, meeting: int, form: Form, *, by: Caller, reply: Reply | None, cursor: str | None, now: datetime
) -> Invited:
    found = to_change(db, meeting, by=by)
    page = meetings.invitations_of(db, meeting, by=by, reply=reply, cursor=cursor)
    return Invited(
        meeting=found,
        counts=meetings.replies_to(db, meeting),
        people=page.items,
        next=page.next,
        choice=invite_choice(db, form, by=by),
        most=meetings.allowance(db, found.organizer, by=by, now=now).most,
    )


def to_change(db: Connection, meeting: int, *, by: Caller) -> Meeting:
    """Return a meeting to somebody who may invite to it."""
    found = meetings.meeting_seen_by(db, meeting, by=by)
    found.need_co_organizer(by)
    return found


def linked(meeting: Meeting, people: tuple[Invitation, ...], *, url: str, ring: Keyring) -> list[Linked]:
    """Return invitations with their personal links."""
    return [
        Linked(invitation=one, link=personal_link(one.id, number=meeting.number, url=url, ring=ring)) for one in people
    ]


routes = [invitations_page, invite, invitees_part, require, withdraw]
