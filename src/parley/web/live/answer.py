"""Answering an invitation by its personal link: the page asks, and only the button answers."""

from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_404_NOT_FOUND

from parley import meetings
from parley.access import PUBLIC, Context
from parley.ground.faults import Conflict, Invalid, NotFound
from parley.ground.words import N_
from parley.meetings import Reply, Stage, Way
from parley.web.live.door import Door, door_of
from parley.web.shell import Form, Note, Page, go
from parley.web.shell.headers import NO_REFERRER

_ANSWERS = {Reply.ACCEPTED, Reply.TENTATIVE, Reply.DECLINED}


@get("/join/{number:str}/{key:str}/answer", opt=PUBLIC)
async def answer_page(
    request: Request[Any, Any, Any],
    context: NamedDependency[Context],
    *,
    reply: FromQuery[str] = "",
) -> Template:
    """Ask whether they come; `reply` only opens the form with an answer, for mail programs follow links."""
    return await _asked(context, door_of(request, context), reply=reply)


@post("/join/{number:str}/{key:str}/answer", opt=PUBLIC)
async def answer(request: Request[Any, Any, Any], context: NamedDependency[Context]) -> Template | Redirect:
    """Write down what they answer."""
    door, form = door_of(request, context), await Form.sent(request)
    invitation = (await door.look_up(context, by=None)).invitation
    if invitation is None or form.text("reply") not in _ANSWERS:
        return await _asked(context, door, form=form)
    try:
        await context.store.write(
            meetings.respond,
            invitation.id,
            Reply(form.text("reply")),
            comment=form.text("comment"),
            through=Way.LINK,
            at=context.clock(),
        )
    except Invalid as fault:
        return await _asked(context, door, form=form.refused(fault))
    except Conflict as fault:
        return go(f"{door.path}/answer", Note(message=fault.message, kind="warn"))
    return go(f"{door.path}/answer", Note(message=N_("Thank you. Your answer is known to the organizer.")))


async def _asked(context: Context, door: Door, *, form: Form | None = None, reply: str = "") -> Template:
    """Show the form; a link that opens nothing says so, whoever reads."""
    try:
        found = await door.look_up(context, by=None)
    except NotFound:
        found = None
    if found is None or found.invitation is None:
        return Page("live/no_answer.html", status=HTTP_404_NOT_FOUND, headers=NO_REFERRER, join_info=found)
    given = found.invitation.reply if found.invitation.reply in _ANSWERS else ""
    shown = form or Form.of(reply=reply if reply in _ANSWERS else given, comment=found.invitation.comment)
    return Page(
        "live/answer.html",
        status=shown.status,
        headers=NO_REFERRER,
        join_info=found,
        invitation=found.invitation,
        given=given,
        form=shown,
        path=door.path,
        open=found.stage is not Stage.CANCELLED,
    )


routes = [answer_page, answer]
