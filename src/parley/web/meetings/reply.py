"""Answering one's own invitation, on the page of the meeting."""

from typing import Any

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from parley import meetings
from parley.access import Context, needs
from parley.ground import ids
from parley.ground.faults import Conflict, NotFound
from parley.ground.words import N_
from parley.meetings import Reply, Way
from parley.people import Caller
from parley.web.shell import Form, Note, go

_ANSWERS = {Reply.ACCEPTED, Reply.TENTATIVE, Reply.DECLINED}


@post("/meetings/{meeting:str}/reply", opt=needs("me"))
async def reply(
    request: Request[Any, Any, Any],
    meeting: FromPath[str],
    *,
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Redirect:
    """Answer one's own invitation."""
    form, number = await Form.sent(request), ids.parse(meeting)
    own = await context.store.read(meetings.invitation_to, number, by=caller)
    if own is None:
        raise NotFound(N_("You are not invited to a meeting under this id."))
    if form.text("reply") not in _ANSWERS:
        return go(f"/meetings/{number}")
    try:
        await context.store.write(
            meetings.respond,
            own.id,
            Reply(form.text("reply")),
            comment=form.text("comment")[: meetings.LONGEST_COMMENT],
            through=Way.ACCOUNT,
            at=context.clock(),
        )
    except Conflict as fault:
        return go(f"/meetings/{number}", Note(message=fault.message, kind="warn"))
    return go(f"/meetings/{number}", Note(message=N_("Thank you. Your answer is known to the organizer.")))


routes = [reply]
