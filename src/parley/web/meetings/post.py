"""How the mail to the invited fares, on the page of a meeting; and writing to somebody again."""

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from parley import notices
from parley.access import Context, needs
from parley.ground import ids
from parley.ground.db import Connection
from parley.ground.faults import Conflict
from parley.ground.words import N_
from parley.meetings import Meeting
from parley.notices import Post
from parley.people import Caller
from parley.web.shell import Note, go


def post_shown(db: Connection, meeting: Meeting, *, by: Caller) -> Post | None:
    """Return how mail fares, to those who may change the meeting; None where there is nobody to write to."""
    if not meeting.may_be_changed_by(by):
        return None
    found = notices.post_of(db, meeting.id, by=by)
    return found if found.invited or found.failed else None


@post("/meetings/{meeting:str}/invitations/{invitation:str}/letters", opt=needs("meetings:write"))
async def write_again(
    meeting: FromPath[str],
    invitation: FromPath[str],
    *,
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Redirect:
    """Write to somebody again who is invited."""
    number, invited = ids.parse(meeting), ids.parse(invitation)
    try:
        await context.store.write(notices.write_again, number, invited, by=caller, now=context.clock())
    except Conflict as fault:
        return go(f"/meetings/{meeting}", Note(message=fault.message, kind="warn"))
    return go(f"/meetings/{meeting}", Note(message=N_("A new e-mail is on its way.")))


routes = [write_again]
