"""Everybody who is invited with their personal links, as a table to take along."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from parley import meetings
from parley.access import Context, needs
from parley.ground import ids
from parley.ground.db import Connection
from parley.ground.secrets import Keyring
from parley.ground.words import N_, translate
from parley.meetings import Invitation, Meeting
from parley.people import Caller
from parley.reports import CsvFile
from parley.web.meetings.invitations import REPLY_WORDS, linked, to_change

_HEADS = (N_("Name"), N_("E-mail"), N_("Required"), N_("Answer"), N_("Comment"), N_("Link"))


@get("/meetings/{meeting:str}/invitations.csv", opt=needs("meetings:write"))
async def links_file(
    meeting: FromPath[str],
    *,
    ring: NamedDependency[Keyring],
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Response[bytes]:
    """Return everybody who is invited with their personal links, as a table for a mail merge, say."""
    found, people = await context.store.read_long(_everybody, ids.parse(meeting), by=caller)
    listed = linked(found, people, url=context.settings.url, ring=ring)

    def said(words: str) -> str:
        return translate(caller.locale, words)

    heads = [said(word) for word in _HEADS]
    rows = [
        (
            one.invitation.name,
            one.invitation.email,
            one.invitation.required,
            said(REPLY_WORDS[one.invitation.reply]),
            one.invitation.comment,
            one.link,
        )
        for one in listed
    ]
    file = CsvFile(for_people=True)
    return Response(
        file.begin("", heads) + file.rows(rows),
        media_type=file.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="invited-{found.number}.csv"',
            "Cache-Control": "no-store",
        },
    )


def _everybody(db: Connection, meeting: int, *, by: Caller) -> tuple[Meeting, tuple[Invitation, ...]]:
    return to_change(db, meeting, by=by), meetings.everybody_invited(db, meeting)


routes = [links_file]
